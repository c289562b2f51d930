using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;

namespace DataExchange.TransparencyLog.Witnessing;

/// <summary>The newest checkpoint under a quorum, who waits for it, and which checkpoint is served.</summary>
internal sealed class WitnessedCheckpoints(TilePublisher publisher, TimeSpan maxLag, TimeProvider clock)
{
    private readonly Lock _gate = new(); // Guards the next three.
    private PublishedView? _witnessed;
    private long _since;
    private long _served;

    private readonly PublishedWaiters _waiters = new();

    /// <summary>The newest one under a quorum; null before the first.</summary>
    public PublishedView? Newest
    {
        get
        {
            lock (_gate)
            {
                return _witnessed;
            }
        }
    }

    /// <summary>
    /// What to serve and to prove against: the newest checkpoint under a quorum as long as that keeps up with what is published, and
    /// otherwise what is published. Never smaller than one that was served before: to whoever remembers that one, the log would have
    /// been rolled back.
    /// </summary>
    public PublishedView Serve(WitnessRound? round)
    {
        lock (_gate)
        {
            var published = publisher.View;
            if (_witnessed is { } witnessed && witnessed.Size >= _served
                && (witnessed.Size >= published.Size || clock.GetElapsedTime(_since) < maxLag))
            {
                _served = witnessed.Size;
                return witnessed;
            }

            _served = Math.Max(_served, published.Size);
            return round is not null && round.View.Size == published.Size ? round.Cosigned() : published;
        }
    }

    /// <summary>Takes a round that has gained a cosignature; true when the policy's quorum has cosigned it and none that is newer.</summary>
    public bool Offer(WitnessRound round, TlogPolicy policy)
    {
        if (policy.Quorum is null || !round.Meets(policy))
        {
            return false;
        }

        lock (_gate)
        {
            if (round.View.Size < (_witnessed?.Size ?? 0))
            {
                return false;
            }

            _since = _witnessed?.Size == round.View.Size ? _since : clock.GetTimestamp();
            _witnessed = round.Cosigned();
        }

        _waiters.Release(round.View.Size);
        return true;
    }

    /// <summary>Whether somebody waits for a quorum.</summary>
    public bool IsAwaited => _waiters.Any;

    /// <summary>Completes when a quorum has cosigned a checkpoint of at least this size.</summary>
    public ValueTask WaitAsync(long size, CancellationToken cancellationToken) => _waiters.WaitAsync(size, cancellationToken);

    /// <summary>Nothing more will be cosigned.</summary>
    public void Stop() => _waiters.Stop();
}
