namespace DataExchange.Cli.Sources;

/// <summary>
/// A log's resources by their C2SP tlog-tiles paths. Null means that the source answered and has no such resource; a source that
/// cannot answer throws <see cref="FindingCode.SourceUnreadable"/>. Safe for parallel reads.
/// </summary>
internal interface ILogSource : IDisposable
{
    /// <summary>Reads one resource of at most <paramref name="maxLength"/> bytes.</summary>
    Task<byte[]?> ReadAsync(string path, int maxLength, CancellationToken cancellationToken);
}
