using System.Globalization;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Backup;

/// <summary>What has been copied, how fast, and what is left: a line a second while a person watches. Holds the copy to a rate.</summary>
internal sealed class CopyProgress(DxConsole console, TimeProvider clock, double bytesPerSecond, long total)
{
    private readonly long _began = clock.GetTimestamp();
    private readonly long _first = total;
    private double _told;
    private long _copied;

    public long Bytes { get; private set; }

    public void Count(long bytes) => Bytes += bytes;

    /// <summary>Counts a chunk of a log of which <paramref name="left"/> entries are not copied yet, and waits as long as the rate asks for.</summary>
    public async Task AddAsync(string log, long entries, long bytes, long left, CancellationToken cancellationToken)
    {
        (_copied, Bytes) = (_copied + entries, Bytes + bytes);
        var elapsed = clock.GetElapsedTime(_began).TotalSeconds;
        if (console.IsTerminal && elapsed - _told >= 1)
        {
            _told = elapsed;
            var seconds = Math.Min(left * (elapsed / _copied), TimeSpan.FromDays(99).TotalSeconds);
            await console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{log}: {_copied:N0} of {Math.Max(_first, _copied + left):N0} entries, {Bytes / elapsed / 1048576:F1} MiB/s, {TimeSpan.FromSeconds(seconds):hh\\:mm\\:ss} left"));
        }

        if (Bytes / bytesPerSecond - elapsed is > 0 and var wait)
        {
            await Task.Delay(TimeSpan.FromSeconds(wait), clock, cancellationToken);
        }
    }
}
