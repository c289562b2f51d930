namespace DataExchange.Cli.Sources;

/// <summary>
/// Memory that one read after the other fills. Only so many buffers at a time grow beyond <see cref="Large"/>: that, and not the
/// number of reads under way, bounds the memory of a log whose entries are as long as they may be.
/// </summary>
/// <param name="large">Counts the large buffers that may still be taken; null where there is one buffer only.</param>
internal sealed class ReadBuffer(SemaphoreSlim? large = null) : IDisposable
{
    /// <summary>Bytes from which a buffer is large.</summary>
    public const int Large = 1 << 20;

    private const int Small = 32 * 1024;

    private byte[] _bytes = new byte[Small];
    private bool _isLarge;

    /// <summary>How many bytes the last read brought.</summary>
    public int Length { get; set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <summary>All there is room for.</summary>
    public Memory<byte> Room => _bytes;

    /// <summary>Makes room for so many bytes; what is there stays. May wait until another large buffer is free.</summary>
    public async ValueTask GrowAsync(int length, CancellationToken cancellationToken)
    {
        if (length <= _bytes.Length)
        {
            return;
        }

        if (length > Large && !_isLarge && large is not null)
        {
            await large.WaitAsync(cancellationToken);
            _isLarge = true;
        }

        Array.Resize(ref _bytes, Math.Max(length, Math.Min(2 * _bytes.Length, Large)));
    }

    /// <summary>Gives a large buffer back, and keeps a small one for the next read.</summary>
    public void Dispose()
    {
        if (_isLarge)
        {
            (_bytes, _isLarge, Length) = (new byte[Small], false, 0);
            large?.Release();
        }
    }
}
