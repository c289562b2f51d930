using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;
using DataExchange.TransparencyLog.Stores;
using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Scrubbing;

/// <summary>
/// Walks a log round the clock at a bounded rate, because a disk tells of what it has lost only to those who read it. Rests while the
/// log is in recovery.
/// </summary>
/// <remarks>
/// Damage to entries is told (a critical event, a metric, <c>/health/ready</c>) and does not stop appends: the head's tree is known from
/// its right edge, so every further checkpoint extends the signed ones whatever has become of an old entry, and refusing to record new
/// exchanges would bring nothing back. Only a restored copy of <c>exchange.db</c> does.
/// </remarks>
internal sealed class Scrubber : IAsyncDisposable
{
    private const int MaxSliceEntries = 1024;
    private const int Attempts = 3;

    // Start-up is busy enough, and what a start checks is the newest part of the log.
    private static readonly TimeSpan FirstPass = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly ScrubParts _parts;
    private readonly TimeProvider _clock;
    private readonly ScrubPace _pace;
    private readonly AsyncSignal _due = new();
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new(); // Guards the next five.
    private ScrubProgress _progress = new(0, default, 0, null, 0, 0);
    private long _damaged;
    private long _repaired;
    private string? _lastFinding;
    private bool _hasToldOfProofs; // Of this pass.
    private Task _loop = Task.CompletedTask;

    public Scrubber(ScrubParts parts, TimeProvider clock)
    {
        (_parts, _clock, _pace) = (parts, clock, new ScrubPace(parts.Options, clock));
        _timer = clock.CreateTimer(static due => ((AsyncSignal)due!).Raise(), _due, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        parts.Metrics.Observe(() => Status, clock);
    }

    public ScrubStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new ScrubStatus(
                    _progress.Size,
                    _progress.Completed is { } completed ? DateTimeOffset.FromUnixTimeMilliseconds(completed) : null,
                    Math.Max(_progress.DamagedBefore, _damaged),
                    _repaired,
                    _lastFinding);
            }
        }
    }

    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>
    /// The stored tiles gave no proof: a pass begins at once if none is under way. Not damage by itself: the pass writes the tiles anew, or
    /// says what it cannot. Told once a pass, however many ask for proofs meanwhile.
    /// </summary>
    public void ReportProof(string detail)
    {
        bool isTold;
        lock (_gate)
        {
            _lastFinding = detail;
            (isTold, _hasToldOfProofs) = (_hasToldOfProofs, true);
        }

        _parts.Metrics.Found(new ScrubFinding(FindingKind.Proof, detail));
        if (!isTold)
        {
            ScrubLog.NoProof(_parts.Logger, _parts.Origin, detail);
        }

        _due.Raise();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        await _timer.DisposeAsync();
        _due.Dispose();
        _stopping.Dispose();
        _parts.Metrics.Dispose();
    }

    private async Task RunAsync()
    {
        var token = _stopping.Token;
        try
        {
            var edge = await TryAsync(LoadAsync, () => "how far the last pass had got cannot be read", token);
            var pause = FirstPass < _parts.Options.ScrubInterval ? FirstPass : _parts.Options.ScrubInterval;
            while (true)
            {
                _timer.Change(pause, Timeout.InfiniteTimeSpan);
                await _due.WaitAsync(token);
                await PassAsync(edge ?? Begin(), token);
                edge = null;
                var next = DateTimeOffset.FromUnixTimeMilliseconds(_progress.Began) + _parts.Options.ScrubInterval - _clock.GetUtcNow();
                pause = TimeSpan.FromTicks(Math.Clamp(next.Ticks, 0, _parts.Options.ScrubInterval.Ticks)); // A clock that jumped does not keep it waiting.
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // What was walked since progress was last saved is walked again.
        }
    }

    private async ValueTask<TileEdge?> LoadAsync(CancellationToken cancellationToken)
    {
        if (await _parts.Tiles.ReadScrubAsync(cancellationToken) is not { } saved)
        {
            return null;
        }

        var edge = saved.Size <= _parts.Published().Size ? await ScrubEdge.LoadAsync(saved, _parts.Batches, cancellationToken) : null;
        lock (_gate)
        {
            // A pass that cannot be taken up again begins anew, and what it had found stays told until a whole one finds nothing.
            _progress = edge is not null ? saved : saved with { Size = 0, DamagedBefore = Math.Max(saved.DamagedBefore, saved.Damaged), Damaged = 0 };
            _damaged = _progress.Damaged;
        }

        return edge;
    }

    private TileEdge Begin()
    {
        lock (_gate)
        {
            _progress = _progress with { Size = 0, Edge = default, Began = Now(), Damaged = 0 };
            _damaged = 0;
        }

        return new TileEdge();
    }

    private async Task PassAsync(TileEdge edge, CancellationToken cancellationToken)
    {
        var target = _parts.Published().Checkpoint;
        var pass = new ScrubPass(_parts.Tiles, edge, Found, AttemptAsync);
        var saved = _clock.GetTimestamp();
        while (pass.Size < target.Size)
        {
            await TrustedAsync(cancellationToken);
            if (!await TryAsync(token => SliceAsync(pass, target.Size, token), () => $"what follows entry {_progress.Size} cannot be read", cancellationToken))
            {
                await EndAsync(whole: false, cancellationToken);
                return;
            }

            if (_clock.GetElapsedTime(saved) >= SaveInterval)
            {
                await SaveAsync(pass, cancellationToken);
                saved = _clock.GetTimestamp();
            }
        }

        if (pass.Root != target.Root)
        {
            Found(new ScrubFinding(FindingKind.Tree, $"the entries do not give the root that was signed at {target.Size}."));
        }

        await EndAsync(whole: true, cancellationToken);
    }

    /// <summary>Reads and walks what comes next. False when the pass cannot go on.</summary>
    private async ValueTask<bool> SliceAsync(ScrubPass pass, long end, CancellationToken cancellationToken)
    {
        var count = Math.Clamp(_parts.Options.ScrubEntriesPerSecond / 10, 1, MaxSliceEntries);
        var stored = (await _parts.Tiles.ReadPositionAsync(cancellationToken)).Size;
        var batches = await _parts.Batches.ReadAsync(pass.Size, Math.Min(count, end - pass.Size), BatchParts.All, cancellationToken);
        if (batches.Count == 0)
        {
            Found(new ScrubFinding(FindingKind.Missing, $"the entries from {pass.Size} on are missing."));
            return false;
        }

        foreach (var batch in batches)
        {
            if (!await pass.AddAsync(batch, stored, cancellationToken))
            {
                return false;
            }

            lock (_gate)
            {
                _progress = _progress with { Size = pass.Size };
            }

            _parts.Metrics.Walked(batch.Count);
            await _pace.PayAsync(batch.Count, batch.Leaves.Length + batch.Sealed.Length + batch.Keys.Length, cancellationToken);
        }

        return true;
    }

    // A read that fails once may be a log that was just reopened; one that keeps failing is a finding like any other.
    private async ValueTask<T?> TryAsync<T>(Func<CancellationToken, ValueTask<T>> step, Func<string> failed, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await step(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                ScrubLog.ReadFailed(_parts.Logger, _parts.Origin, _progress.Size, exception);
                if (attempt == Attempts)
                {
                    Found(new ScrubFinding(FindingKind.Unreadable, $"{failed()}: {exception.Message}"));
                    return default;
                }
            }

            await Task.Delay(Rest, _clock, cancellationToken);
        }
    }

    private async ValueTask<bool> AttemptAsync(Func<CancellationToken, ValueTask> step, Func<string> failed, CancellationToken cancellationToken) => await TryAsync(
        async token =>
        {
            await step(token);
            return true;
        },
        failed,
        cancellationToken);

    private async Task TrustedAsync(CancellationToken cancellationToken)
    {
        while (!_parts.IsTrusted())
        {
            await Task.Delay(Rest, _clock, cancellationToken);
        }
    }

    private async Task EndAsync(bool whole, CancellationToken cancellationToken)
    {
        ScrubProgress progress;
        long position;
        lock (_gate)
        {
            position = _progress.Size;
            _progress = progress = _progress with
            {
                Size = 0,
                Edge = default,
                Completed = whole ? Now() : _progress.Completed,
                DamagedBefore = whole ? _damaged : Math.Max(_progress.DamagedBefore, _damaged),
                Damaged = 0,
            };
            (_damaged, _hasToldOfProofs) = (0, false);
        }

        if (whole)
        {
            ScrubLog.Completed(_parts.Logger, _parts.Origin, position, progress.DamagedBefore, _repaired);
        }
        else
        {
            ScrubLog.BrokenOff(_parts.Logger, _parts.Origin, position, progress.DamagedBefore, _repaired);
        }

        await SaveAsync(progress, cancellationToken);
    }

    private ValueTask SaveAsync(ScrubPass pass, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _progress = _progress with { Edge = ScrubEdge.Save(pass.Edge), Damaged = _damaged };
        }

        return SaveAsync(_progress, cancellationToken);
    }

    private async ValueTask SaveAsync(ScrubProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            await _parts.Tiles.WriteScrubAsync(progress, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            ScrubLog.SaveFailed(_parts.Logger, _parts.Origin, exception); // A restart walks again what was walked since the last time.
        }
    }

    private void Found(ScrubFinding finding)
    {
        lock (_gate)
        {
            _lastFinding = finding.Detail;
            (_damaged, _repaired) = finding.Repaired ? (_damaged, _repaired + 1) : (_damaged + 1, _repaired);
        }

        _parts.Metrics.Found(finding);
        if (finding.Repaired)
        {
            ScrubLog.Repaired(_parts.Logger, _parts.Origin, finding.Kind, finding.Detail);
        }
        else
        {
            ScrubLog.Damaged(_parts.Logger, _parts.Origin, finding.Kind, finding.Detail);
        }
    }

    private long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>What a scrubber works on.</summary>
/// <param name="Origin">The log's.</param>
/// <param name="Batches">What is walked.</param>
/// <param name="Tiles">What is compared, and repaired.</param>
/// <param name="Published">The checkpoint that a pass has to arrive at.</param>
/// <param name="IsTrusted">False while the log is in recovery.</param>
/// <param name="Options">Its rates.</param>
/// <param name="Metrics">Owned: disposed with the scrubber.</param>
/// <param name="Logger">Takes the findings.</param>
internal sealed record ScrubParts(
    string Origin,
    ILogStore Batches,
    ITileStore Tiles,
    Func<SignedCheckpoint> Published,
    Func<bool> IsTrusted,
    TransparencyLogOptions Options,
    ScrubMetrics Metrics,
    ILogger Logger);
