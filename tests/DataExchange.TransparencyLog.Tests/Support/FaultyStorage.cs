using DataExchange.Merkle;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Tests.Support;

/// <summary>Where a store's work can be broken off.</summary>
public enum FaultPoint
{
    Begin,

    /// <summary>The commit failed and left nothing.</summary>
    BeforeCommit,

    /// <summary>The commit failed but persisted.</summary>
    AfterCommit,
    EndOfTurn,
    Reopen,

    /// <summary>The store was opened afresh, and the call failed.</summary>
    AfterReopen,
    Contains,
    ReadHead,
    KeepKey,
    ReadBatches,
    WriteTiles,

    /// <summary>The tiles were written, and the call failed.</summary>
    AfterWriteTiles,
    ReadTiles,
    ReadPosition,
    Find,
    ReadOrder,
    BeforeAdopt,

    /// <summary>The logs were retired and begun anew, and the call failed.</summary>
    AfterAdopt,
    ClearDerived,

    /// <summary>What was derived is gone, and the call failed.</summary>
    AfterClearDerived,
    RemoveOrder,

    /// <summary>The order is gone, and the call failed.</summary>
    AfterRemoveOrder,
    ReadRetired,
    ReadKey,
}

/// <summary>A real store that calls back before each step; a callback that throws, or blocks, is the fault.</summary>
public sealed class FaultyStorage(ILogStorage inner, string faulty) : ILogStorage
{
    private Action<FaultPoint>? _hook;

    public void OnEach(Action<FaultPoint>? hook) => Volatile.Write(ref _hook, hook);

    /// <summary>The next time this point is reached, and only then, throws.</summary>
    public void FailOnce(FaultPoint point)
    {
        var armed = 1;
        OnEach(at =>
        {
            if (at == point && Interlocked.Exchange(ref armed, 0) == 1)
            {
                throw new IOException($"Injected at {at}.");
            }
        });
    }

    public ILogStore OpenLog(string name) => name == faulty ? new Store(inner.OpenLog(name), At) : inner.OpenLog(name);

    public ITileStore OpenTiles(string name) => name == faulty ? new Tiles(inner.OpenTiles(name), At) : inner.OpenTiles(name);

    public IAdoptionStore Adoptions => new Adoption(inner.Adoptions, At);

    private void At(FaultPoint point) => Volatile.Read(ref _hook)?.Invoke(point);

    private sealed class Store(ILogStore inner, Action<FaultPoint> at) : ILogStore
    {
        public bool IsPinned => inner.IsPinned;

        public ValueTask<LogHead> ReadHeadAsync(CancellationToken cancellationToken)
        {
            at(FaultPoint.ReadHead);
            return inner.ReadHeadAsync(cancellationToken);
        }

        public ValueTask<string> KeepKeyAsync(string verifierKey, CancellationToken cancellationToken)
        {
            at(FaultPoint.KeepKey);
            return inner.KeepKeyAsync(verifierKey, cancellationToken);
        }

        public async ValueTask<ILogTransaction> BeginAsync(CancellationToken cancellationToken)
        {
            at(FaultPoint.Begin);
            return new Transaction(await inner.BeginAsync(cancellationToken), at);
        }

        public ValueTask<IReadOnlyList<LogBatch>> ReadAsync(long first, long count, BatchParts parts, CancellationToken cancellationToken)
        {
            at(FaultPoint.ReadBatches);
            return inner.ReadAsync(first, count, parts, cancellationToken);
        }

        public ValueTask<IReadOnlyList<LogBatch>> ReadUnkeyedAsync(long first, long count, CancellationToken cancellationToken)
        {
            at(FaultPoint.ReadBatches);
            return inner.ReadUnkeyedAsync(first, count, cancellationToken);
        }

        public ValueTask<bool> ContainsAsync(long firstIndex, BatchId id, CancellationToken cancellationToken)
        {
            at(FaultPoint.Contains);
            return inner.ContainsAsync(firstIndex, id, cancellationToken);
        }

        public async ValueTask ReopenAsync(CancellationToken cancellationToken)
        {
            at(FaultPoint.Reopen);
            await inner.ReopenAsync(cancellationToken);
            at(FaultPoint.AfterReopen);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Transaction(ILogTransaction inner, Action<FaultPoint> at) : ILogTransaction
    {
        public LogHead Head => inner.Head;

        public long PinnedSize => inner.PinnedSize;

        public async ValueTask CommitAsync(LogBatch batch, LogHead next, IReadOnlyList<IndexedChange> changes, CancellationToken cancellationToken)
        {
            at(FaultPoint.BeforeCommit);
            await inner.CommitAsync(batch, next, changes, cancellationToken);
            at(FaultPoint.AfterCommit);
        }

        public async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            at(FaultPoint.EndOfTurn);
        }
    }

    private sealed class Adoption(IAdoptionStore inner, Action<FaultPoint> at) : IAdoptionStore
    {
        public ValueTask<string?> ReadOrderAsync(CancellationToken cancellationToken)
        {
            at(FaultPoint.ReadOrder);
            return inner.ReadOrderAsync(cancellationToken);
        }

        public async ValueTask RemoveOrderAsync(CancellationToken cancellationToken)
        {
            at(FaultPoint.RemoveOrder);
            await inner.RemoveOrderAsync(cancellationToken);
            at(FaultPoint.AfterRemoveOrder);
        }

        public ValueTask<IReadOnlyList<RetiredLog>> ReadRetiredAsync(CancellationToken cancellationToken)
        {
            at(FaultPoint.ReadRetired);
            return inner.ReadRetiredAsync(cancellationToken);
        }

        public ValueTask<string?> ReadKeyAsync(string log, CancellationToken cancellationToken)
        {
            at(FaultPoint.ReadKey);
            return inner.ReadKeyAsync(log, cancellationToken);
        }

        public async ValueTask AdoptAsync(string order, IReadOnlyList<LogSuccession> successions, CancellationToken cancellationToken)
        {
            at(FaultPoint.BeforeAdopt);
            await inner.AdoptAsync(order, successions, cancellationToken);
            at(FaultPoint.AfterAdopt);
        }

        public async ValueTask ClearDerivedAsync(string log, CancellationToken cancellationToken)
        {
            at(FaultPoint.ClearDerived);
            await inner.ClearDerivedAsync(log, cancellationToken);
            at(FaultPoint.AfterClearDerived);
        }
    }

    private sealed class Tiles(ITileStore inner, Action<FaultPoint> at) : ITileStore
    {
        public ValueTask<DerivedPosition> ReadPositionAsync(CancellationToken cancellationToken)
        {
            at(FaultPoint.ReadPosition);
            return inner.ReadPositionAsync(cancellationToken);
        }

        public async ValueTask WriteAsync(DerivedRows rows, CancellationToken cancellationToken)
        {
            at(FaultPoint.WriteTiles);
            await inner.WriteAsync(rows, cancellationToken);
            at(FaultPoint.AfterWriteTiles);
        }

        public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(int level, long index, CancellationToken cancellationToken)
        {
            at(FaultPoint.ReadTiles);
            return inner.ReadTileAsync(level, index, cancellationToken);
        }

        public ValueTask ReplaceTileAsync(TileId tile, ReadOnlyMemory<byte> hashes, CancellationToken cancellationToken) =>
            inner.ReplaceTileAsync(tile, hashes, cancellationToken);

        public ValueTask<ScrubProgress?> ReadScrubAsync(CancellationToken cancellationToken) => inner.ReadScrubAsync(cancellationToken);

        public ValueTask WriteScrubAsync(ScrubProgress progress, CancellationToken cancellationToken) => inner.WriteScrubAsync(progress, cancellationToken);

        public ValueTask<IReadOnlyList<long>> FindAsync(ReadOnlyMemory<byte> key, long before, CancellationToken cancellationToken)
        {
            at(FaultPoint.Find);
            return inner.FindAsync(key, before, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
