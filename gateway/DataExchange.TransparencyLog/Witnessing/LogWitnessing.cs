using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;
using DataExchange.TransparencyLog.Telemetry;
using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Witnessing;

/// <summary>
/// Shows one log's published checkpoints to its witnesses and gathers their cosignatures. Everybody is shown the same checkpoint, a
/// round, so that a quorum comes together on one; the next round begins when the quorum has met, or when everyone who answers at all
/// has. A witness that is slow or gone goes on at its own pace and holds nobody up.
/// </summary>
internal sealed class LogWitnessing(
    NoteVerifier log,
    IWitnessDirectory directory,
    WitnessClient client,
    TilePublisher publisher,
    WitnessedCheckpoints witnessed,
    WitnessSubmissions submissions,
    TransparencyLogOptions options,
    TimeProvider clock,
    ILogger logger) : IDisposable
{
    private readonly Lock _gate = new(); // Guards the fields down to the next blank line. Never held for I/O.
    private readonly Dictionary<string, RunningLink> _links = new(StringComparer.Ordinal);
    private readonly List<Task> _ended = [];
    private WitnessSetup _setup = WitnessSetup.None;
    private WitnessRound? _round;
    private TaskCompletionSource _nextRound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _roundBegan;

    private readonly AsyncSignal _signal = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Whether a release has to wait for <see cref="WaitAsync"/>.</summary>
    public bool MustWait => directory.Current.MustWait;

    /// <inheritdoc cref="WitnessedCheckpoints.Serve"/>
    public PublishedView Served
    {
        get
        {
            WitnessRound? round;
            lock (_gate)
            {
                round = _round;
            }

            return witnessed.Serve(round);
        }
    }

    /// <inheritdoc cref="WitnessedCheckpoints.Newest"/>
    public PublishedView? Newest => witnessed.Newest;

    /// <summary>Every witness of the policy.</summary>
    public IReadOnlyList<WitnessStatus> Witnesses
    {
        get
        {
            lock (_gate)
            {
                var unreachable = _setup.Policy.Witnesses.Where(witness => !_setup.Addresses.ContainsKey(witness.Name)).Select(witness => new WitnessStatus(witness.Name, null, null, "has no address"));
                return [.. _links.Values.Select(running => running.Link.Status).Concat(unreachable).OrderBy(status => status.Name, StringComparer.Ordinal)];
            }
        }
    }

    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>Something was published.</summary>
    public void Wake() => _signal.Raise();

    /// <summary>Completes when a quorum has cosigned a checkpoint of at least this size.</summary>
    /// <exception cref="LogUnavailableException">It did not in time, or the log has stopped.</exception>
    public async ValueTask WaitAsync(long size, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.WitnessPatience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await publisher.WaitAsync(size, either.Token);
            var wait = witnessed.WaitAsync(size, either.Token);
            if (!wait.IsCompleted)
            {
                Advance();
            }

            await wait;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LogUnavailableException($"No quorum of witnesses cosigned the log {log.Name} at {size} entries within {options.WitnessPatience.TotalSeconds:0.#} s.");
        }
    }

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        Task[] running;
        lock (_gate)
        {
            running = [.. _ended, .. _links.Values.Select(link => link.Task)];
        }

        await Task.WhenAll(running);
        witnessed.Stop();
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
                TryAdvance();
                await _signal.WaitAsync(_stopping.Token);

                // Under load many small checkpoints share a round; whoever waits for a quorum does not wait for this.
                await Task.Delay(options.WitnessInterval, clock, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Cosignatures of what was published last are asked for at the next start.
        }
    }

    private void TryAdvance()
    {
        try
        {
            Advance();
        }
        catch (Exception exception)
        {
            // The directory could not say who witnesses. The next publication asks it again.
            Log.WitnessingFailed(logger, log.Name, exception);
        }
    }

    /// <summary>Begins the next round if there is something new to show and the current one has come to its end.</summary>
    private void Advance()
    {
        foreach (var left in Reconcile())
        {
            left.Leaves.Cancel();
            submissions.Forget(left.Link);
        }

        lock (_gate)
        {
            var view = publisher.View;
            if (_links.Count == 0 || view.Size == 0 || _round is { } current && (view.Size <= current.View.Size || !IsOver(current)))
            {
                return;
            }

            (_round, _roundBegan) = (new WitnessRound(view), clock.GetTimestamp());
            _nextRound.SetResult();
            _nextRound = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private bool IsOver(WitnessRound round) =>
        (_setup.Policy.Quorum is not null && round.Meets(_setup.Policy))
        || _links.Values.All(running => running.Done == round || running.Link.Failures > 0)
        || clock.GetElapsedTime(_roundBegan) > options.WitnessTimeout * 2;

    // The policy is the region's and may change at any time: who joins is shown the current round, who leaves is asked no more.
    private RunningLink[] Reconcile()
    {
        var setup = directory.Current;
        lock (_gate)
        {
            return ReferenceEquals(setup, _setup) || _stopping.IsCancellationRequested ? [] : Reconcile(setup);
        }
    }

    private RunningLink[] Reconcile(WitnessSetup setup)
    {
        _setup = setup;
        var wanted = setup.Policy.Witnesses.Where(witness => setup.Addresses.ContainsKey(witness.Name))
            .ToDictionary(witness => $"{witness.Name} {witness.Verifier} {setup.Addresses[witness.Name]}", StringComparer.Ordinal);
        var left = _links.Where(link => !wanted.ContainsKey(link.Key)).ToArray();
        foreach (var (key, running) in left)
        {
            _links.Remove(key);
            _ended.Add(running.Task);
        }

        foreach (var (key, witness) in wanted.Where(wanted => !_links.ContainsKey(wanted.Key)))
        {
            var running = new RunningLink(new WitnessLink(witness, setup.Addresses[witness.Name], client), CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token));
            _links.Add(key, running);
            running.Task = Task.Run(() => RunAsync(running));
        }

        return [.. left.Select(link => link.Value)];
    }

    private async Task RunAsync(RunningLink running)
    {
        var (link, token) = (running.Link, running.Leaves.Token);
        try
        {
            while (true)
            {
                var round = await NextRoundAsync(running.Done, token);
                var isCosigned = await submissions.SubmitAsync(link, round, token);
                running.Done = isCosigned ? round : running.Done;

                // Who fails is not waited for. Only a release that waits makes the next round begin at once; others keep their distance.
                if (witnessed.IsAwaited)
                {
                    TryAdvance();
                }
                else
                {
                    Wake();
                }

                if (!isCosigned)
                {
                    await Task.Delay(Backoff(link.Failures), clock, token);
                }
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Left the policy, or the log is closing.
        }
        finally
        {
            running.Leaves.Dispose();
        }
    }

    private async Task<WitnessRound> NextRoundAsync(WitnessRound? done, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (_round is { } round && round != done)
                {
                    return round;
                }

                next = _nextRound.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private TimeSpan Backoff(int failures)
    {
        var delay = options.WitnessInterval * Math.Pow(2, Math.Min(failures, 16));
        return delay < options.MaxWitnessBackoff ? delay : options.MaxWitnessBackoff;
    }

    private sealed class RunningLink(WitnessLink link, CancellationTokenSource leaves)
    {
        public WitnessLink Link => link;

        public CancellationTokenSource Leaves => leaves;

        public Task Task { get; set; } = Task.CompletedTask;

        public WitnessRound? Done { get; set; }
    }
}
