namespace DataExchange.Storage.Space;

/// <summary>Room on the volume that holds the data folder.</summary>
/// <param name="Free">Bytes that this process may still write.</param>
/// <param name="Total">Bytes of the volume.</param>
public readonly record struct VolumeSpace(long Free, long Total)
{
    /// <summary>What the operating system says now.</summary>
    public static VolumeSpace Of(string folder)
    {
        var volume = new DriveInfo(folder);
        return new VolumeSpace(volume.AvailableFreeSpace, volume.TotalSize);
    }
}
