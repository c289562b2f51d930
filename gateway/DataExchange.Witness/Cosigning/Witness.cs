using System.Collections.Immutable;
using System.Threading.Channels;
using DataExchange.Merkle;
using DataExchange.Witness.Http;
using DataExchange.Witness.State;
using DataExchange.Witness.Telemetry;
using Microsoft.Extensions.Logging;

namespace DataExchange.Witness.Cosigning;

/// <summary>
/// The one writer. It takes every submission that waits, decides on each on top of the one before, writes the state once, and then
/// answers them all: check and record are one step, and no answer leaves before what it rests on is durable. A write that fails leaves
/// in doubt what is on the disk, so nothing is answered until the state has been read again and written anew.
/// </summary>
internal sealed class Witness : IAsyncDisposable
{
    /// <summary>Most submissions that may wait; more are refused at once.</summary>
    public const int MaxWaiting = 4096;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Channel<PendingSubmission> _waiting = Channel.CreateBounded<PendingSubmission>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly IStateStore _store;
    private readonly CheckpointCosigner _cosigner;
    private readonly TimeProvider _clock;
    private readonly WitnessMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Task _writing;
    private volatile ImmutableSortedDictionary<string, WitnessedCheckpoint> _state;
    private volatile bool _poisoned;

    /// <param name="store">Where the state stands.</param>
    /// <param name="state">What it holds, read and verified.</param>
    /// <param name="cosigner">The witness's key.</param>
    /// <param name="clock">Gives cosignatures their time.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="logger">Takes what an operator should see.</param>
    public Witness(
        IStateStore store,
        ImmutableSortedDictionary<string, WitnessedCheckpoint> state,
        CheckpointCosigner cosigner,
        TimeProvider clock,
        WitnessMetrics metrics,
        ILogger<Witness> logger)
    {
        (_store, _state, _cosigner, _clock, _metrics, _logger) = (store, state, cosigner, clock, metrics, logger);
        metrics.Observe(() => _state.Values, () => IsTrusted);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Whether what it remembers is known to be on the disk. If not, it answers nothing.</summary>
    public bool IsTrusted => !_poisoned;

    /// <summary>How many logs it has cosigned a checkpoint of.</summary>
    public int Count => _state.Count;

    /// <summary>The latest checkpoint cosigned for a log, which is durable; null when there is none.</summary>
    /// <exception cref="WitnessUnavailableException">What is durable is in doubt.</exception>
    public WitnessedCheckpoint? Latest(string origin)
    {
        var latest = _state.GetValueOrDefault(origin);
        return _poisoned ? throw new WitnessUnavailableException(WitnessProblem.StateInDoubt) : latest;
    }

    /// <summary>Decides on a submission. It is decided on even when the caller no longer waits.</summary>
    /// <exception cref="WitnessUnavailableException">It cannot be decided on now; nothing was cosigned.</exception>
    public Task<WitnessAnswer> SubmitAsync(WitnessSubmission submission)
    {
        if (_poisoned)
        {
            throw new WitnessUnavailableException(WitnessProblem.StateInDoubt);
        }

        var pending = new PendingSubmission(submission);
        return _waiting.Writer.TryWrite(pending) ? pending.Answer : throw new WitnessUnavailableException(WitnessProblem.Busy);
    }

    /// <summary>Answers what waits, then ends. Disposes neither the store nor the key.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _writing;
        _stopping.Dispose();
    }

    private async Task WriteAsync()
    {
        var group = new List<PendingSubmission>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            Take(group);
            if (_poisoned || !TryCommit(group))
            {
                await RecoverAsync(group);
            }

            group.Clear();
        }
    }

    private void Take(List<PendingSubmission> group)
    {
        while (_waiting.Reader.TryRead(out var pending))
        {
            group.Add(pending);
        }
    }

    private bool TryCommit(List<PendingSubmission> group)
    {
        try
        {
            var state = _state;
            foreach (var pending in group)
            {
                state = pending.Decide(state, _cosigner, _clock);
            }

            if (state != _state)
            {
                var began = _clock.GetTimestamp();
                _store.Replace(WitnessState.Encode(_cosigner.Verifier, state));
                _metrics.Written(began, group.Count);
                _state = state;
            }
        }
#pragma warning disable CA1031 // Whatever failed: what is on the disk is in doubt, and nobody may be answered.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _poisoned = true;
            Log.Poisoned(_logger, exception);
            return false;
        }

        group.ForEach(pending => pending.Complete());
        return true;
    }

    private async Task RecoverAsync(List<PendingSubmission> group)
    {
        for (var (attempts, pause) = (1, FirstPause); _poisoned; attempts++, pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            // Those that came in before they could see that it is poisoned are here, too.
            Take(group);
            group.ForEach(pending => pending.Refuse(WitnessProblem.StateInDoubt));
            group.Clear();
            try
            {
                await Task.Delay(pause, _clock, _stopping.Token);
                Recover();
                Log.Recovered(_logger);
            }
            catch (OperationCanceledException)
            {
                break; // Stopping: the next start reads the state again, and verifies it.
            }
#pragma warning disable CA1031 // As above; it stays poisoned.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.RecoveryFailed(_logger, attempts, exception);
            }
        }
    }

    // What is read may be the old state or the one whose write failed; both are consistent, and the cosignatures of the second were
    // never handed out. It is written anew all the same, because what a failed write left in the cache need not be on the disk.
    private void Recover()
    {
        var file = _store.Read() ?? throw new StateDamagedException("it is gone");
        var state = WitnessState.Decode(_cosigner.Verifier, file);
        foreach (var known in _state.Values)
        {
            if (!state.TryGetValue(known.Checkpoint.Origin, out var found) || found.Checkpoint.Size < known.Checkpoint.Size
                || (found.Checkpoint.Size == known.Checkpoint.Size && found.Checkpoint.Root != known.Checkpoint.Root))
            {
                throw new StateDamagedException($"it is older than what was cosigned for {known.Checkpoint.Origin}");
            }
        }

        _store.Replace(file);
        (_state, _poisoned) = (state, false);
    }
}
