using DataExchange.TransparencyLog.Following;
using DataExchange.TransparencyLog.Telemetry;
using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Guards;

/// <summary>
/// Moves the mark behind the signatures, at most once an interval. What was signed within the last interval before a crash may be missing
/// from it: the mark is there to find an older backup, which is older than that. A mark that cannot be written is an alarm and no reason
/// to stop: the log itself is sound.
/// </summary>
internal sealed class HighWaterMarkKeeper(HighWaterMark mark, TimeSpan interval, TimeProvider clock, LogMetrics metrics, ILogger logger) : IDisposable
{
    private readonly AsyncSignal _signal = new();
    private readonly CancellationTokenSource _stopping = new();
    private Func<SignedCheckpoint> _latest = null!;
    private Task _loop = Task.CompletedTask;
    private long _written = -1;
    private bool _failed;

    public void Start(Func<SignedCheckpoint> latest)
    {
        _latest = latest;
        _signal.Raise();
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Something was signed.</summary>
    public void Wake() => _signal.Raise();

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        Write();
    }

    public void Dispose()
    {
        _signal.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _signal.WaitAsync(_stopping.Token);
                Write();
                await Task.Delay(interval, clock, _stopping.Token);
                if (_failed)
                {
                    _signal.Raise();
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The stop writes the last mark.
        }
    }

    private void Write()
    {
        var latest = _latest();
        if (latest.Size <= _written)
        {
            return;
        }

        try
        {
            mark.Write(latest.Note);
            (_written, _failed) = (latest.Size, false);
            metrics.Marked(latest.Size);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _failed = true;
            Log.MarkFailed(logger, latest.Checkpoint.Origin, mark.Path, exception);
        }
    }
}
