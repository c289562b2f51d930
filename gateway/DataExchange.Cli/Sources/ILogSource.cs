namespace DataExchange.Cli.Sources;

/// <summary>
/// A log's resources by their C2SP tlog-tiles paths. False means that the source answered and has no such resource; a source that
/// cannot answer throws <see cref="FindingCode.SourceUnreadable"/>. Safe for parallel reads.
/// </summary>
internal interface ILogSource : IDisposable
{
    /// <summary>How it is read fastest.</summary>
    SourcePace Pace { get; }

    /// <summary>Whether it serves hash tiles of its own, which then can be wrong.</summary>
    bool HasTiles => true;

    /// <summary>Reads one resource of at most <paramref name="maxLength"/> bytes.</summary>
    ValueTask<bool> ReadAsync(string path, ReadBuffer into, int maxLength, CancellationToken cancellationToken);
}
