using DataExchange.TransparencyLog.Guards;
using DataExchange.TransparencyLog.Telemetry;
using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Following;

/// <summary>
/// Follows the writer: reads what was committed back from the store, grows the tiles, and publishes a signed checkpoint once all its
/// tiles can be read. What does not hash to what was signed stops the writer. Rounds keep a distance, so that under load many small
/// batches share one; whoever waits for a size ends the pause.
/// </summary>
internal sealed class TilePublisher : IDisposable
{
    // The checkpoint that a start compares with is stored with a flush: so long after the last one, a quiet log's next entry brings one.
    private static readonly TimeSpan FlushAge = TimeSpan.FromSeconds(10);

    private readonly AsyncSignal _signal = new();
    private readonly AsyncSignal _pauseEnds = new();
    private readonly PublishedWaiters _waiters = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly LogVerification _verification;
    private readonly DerivedBuffer _buffer;
    private readonly TransparencyLogOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ITimer _pause;
    private Func<SignedCheckpoint> _latest = null!;
    private Action<Exception> _distrust = null!;
    private TreeFollower? _tree;
    private PublishedView? _view;
    private Task _loop = Task.CompletedTask;
    private long _flushed;

    public TilePublisher(LogVerification verification, DerivedBuffer buffer, TransparencyLogOptions options, TimeProvider clock, ILogger logger)
    {
        (_verification, _buffer, _options, _clock, _logger) = (verification, buffer, options, clock, logger);
        _pause = clock.CreateTimer(static signal => ((AsyncSignal)signal!).Raise(), _pauseEnds, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Raised after <see cref="View"/> has grown, on the publisher's own task.</summary>
    public Action? Advanced { get; set; }

    public PublishedView View => Volatile.Read(ref _view) ?? throw new InvalidOperationException("The log has not been opened.");

    /// <param name="tree">The verified tree.</param>
    /// <param name="latest">The newest signed checkpoint; now it covers just that tree.</param>
    /// <param name="distrust">Stops the writer until the log has been verified again.</param>
    public void Start(TreeFollower tree, Func<SignedCheckpoint> latest, Action<Exception> distrust)
    {
        (_tree, _latest, _distrust, _flushed) = (tree, latest, distrust, _clock.GetTimestamp());
        Publish(tree, latest());
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Something was committed.</summary>
    public void Wake() => _signal.Raise();

    public ValueTask WaitAsync(long size, CancellationToken cancellationToken)
    {
        var wait = _waiters.WaitAsync(size, cancellationToken);
        if (!wait.IsCompleted)
        {
            _pauseEnds.Raise();
        }

        return wait;
    }

    /// <summary>Publishes what the writer last signed, stores what is buffered and ends. Loses nothing if that fails: all of it can be derived again.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        try
        {
            await FollowAsync(CancellationToken.None);
            await _buffer.FlushAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.FollowingFailed(_logger, _latest().Checkpoint.Origin, exception);
        }

        _waiters.Stop();
    }

    public void Dispose()
    {
        _pause.Dispose();
        _pauseEnds.Dispose();
        _signal.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var delay = _options.RecoveryDelay;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(_stopping.Token);
                delay = _options.RecoveryDelay;
                await PauseAsync();
                await _signal.WaitAsync(_stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                _tree = null; // It may stand amid a batch; the stop follows from the stored tiles.
                return;
            }
            catch (Exception exception)
            {
                await DistrustAsync(exception, delay);
                delay = delay * 2 < _options.MaxRecoveryDelay ? delay * 2 : _options.MaxRecoveryDelay;
            }
        }
    }

    // A timer or a waiter of an earlier pause may end this one early: that costs a round, and loses nothing.
    private async Task PauseAsync()
    {
        if (!_waiters.Any)
        {
            _pause.Change(_options.PublishInterval, Timeout.InfiniteTimeSpan);
            await _pauseEnds.WaitAsync(_stopping.Token);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var target = _latest();
        if (_tree is null)
        {
            // After a failure: from the stored tiles again. What is buffered was checked before it got there, and may stay.
            (_tree, _) = await _verification.RunAsync(new KnownCheckpoint(View.Checkpoint.Checkpoint, "this process"), _buffer, cancellationToken);
            target = _latest();
        }

        if (_tree.Range.Size < target.Size)
        {
            await _tree.AdvanceAsync(target.Size, _buffer, cancellationToken);
        }

        if (_tree.Range.Size == target.Size && target.Size >= View.Checkpoint.Size)
        {
            Publish(_tree, target);
        }

        if (_buffer.IsDue || _clock.GetElapsedTime(_flushed) > FlushAge)
        {
            _tree.CheckTiles();
            await _buffer.FlushAsync(cancellationToken);
            _flushed = _clock.GetTimestamp();
        }
    }

    private void Publish(TreeFollower tree, SignedCheckpoint checkpoint)
    {
        if (tree.Range.Root() != checkpoint.Checkpoint.Root)
        {
            throw new LogCorruptException($"What is stored does not hash to the root that was signed at {checkpoint.Size} entries.");
        }

        _buffer.Note = checkpoint.Note;
        Volatile.Write(ref _view, new PublishedView(checkpoint, new TreeTiles(tree, _buffer)));
        _waiters.Release(checkpoint.Size);
        Advanced?.Invoke();
    }

    private async Task DistrustAsync(Exception exception, TimeSpan delay)
    {
        _tree = null;
        Log.FollowingFailed(_logger, View.Checkpoint.Checkpoint.Origin, exception);
        if (exception is LogCorruptException or LogRolledBackException)
        {
            _distrust(exception);
        }

        await Task.Delay(delay, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
