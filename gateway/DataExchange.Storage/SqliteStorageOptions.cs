namespace DataExchange.Storage;

/// <summary>Settings of the embedded store.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>
    /// The folder that holds <c>exchange.db</c> (both logs and the state of the registers), <c>vault.db</c> (subjects) and
    /// <c>tiles.db</c> (derived, may be deleted while stopped). Made when missing, for its owner only. One process at a time.
    /// </summary>
    public string DataFolder { get; set; } = "";

    /// <summary>
    /// Bytes of the data folder's volume that are kept free: with less, appends are refused. Default 256 MiB; a twentieth of the volume
    /// where that is less; 0 to append until the disk is full.
    /// </summary>
    public long MinFreeBytes { get; set; } = 256 << 20;
}
