using DataExchange.Cli.Sources;

namespace DataExchange.Cli.Tests.Logs;

/// <summary>A folder that is read in order, one bundle at a time, until something happens before a chosen resource.</summary>
internal sealed class BreakingSource(string folder, string path, Action happens) : ILogSource
{
    private readonly FolderSource _source = new(folder);

    public SourcePace Pace => new(1, 1);

    public ValueTask<bool> ReadAsync(string resource, ReadBuffer into, int maxLength, CancellationToken cancellationToken)
    {
        if (resource == path)
        {
            happens();
            cancellationToken.ThrowIfCancellationRequested();
        }

        return _source.ReadAsync(resource, into, maxLength, cancellationToken);
    }

    public void Dispose() => _source.Dispose();
}
