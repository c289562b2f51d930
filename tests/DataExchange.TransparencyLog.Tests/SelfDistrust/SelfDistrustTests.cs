using DataExchange.TransparencyLog.Stores;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.SelfDistrust;

/// <summary>The log does not believe its own memory, nor that the store kept what it was given.</summary>
public sealed class SelfDistrustTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_bit_that_flips_while_a_batch_is_put_together_is_never_stored()
    {
        var found = 0;
        await using var region = await TestRegion.OpenAsync(_folder);
        for (var reads = 0; reads < 6; reads++)
        {
            var before = region.Access.Latest.Size;
            var leaf = new FlippingMemory("an honest entry"u8.ToArray(), reads);
            try
            {
                await region.Access.AppendAsync(new LogEntry { Leaf = leaf.Memory }, TestContext.Current.CancellationToken);
            }
            catch (LogUnavailableException exception)
            {
                Assert.Contains("changed in memory", exception.Message, StringComparison.Ordinal);
                found++;
                await region.Events.WaitAsync(EventLog<object>.Recovered);
                Assert.Equal(before, region.Access.Latest.Size);
            }
        }

        // Between the two reads that are compared the flip has to be found, wherever else it comes too early or too late to matter.
        Assert.InRange(found, 1, 3);
        await region.Access.AppendAsync("after");
        await LogAudit.SoundAsync(region.Access);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task A_batch_that_the_store_keeps_otherwise_is_not_signed(int readBackEvery, bool isReadBack)
    {
        ForgetfulStorage storage = null!;
        await using var region = await TestRegion.OpenAsync(
            _folder, inner => storage = new ForgetfulStorage(inner), options => options.ReadBackEvery = readBackEvery);
        await region.Access.AppendAsync("first");
        await region.Access.AppendAsync("second");
        await region.Access.WaitPublishedAsync(2, TestContext.Current.CancellationToken);
        var signed = region.Access.Latest;
        storage.FlipsNext = true;

        if (!isReadBack)
        {
            // Not looked at before the signature: the tiles that follow behind find it.
            await region.Access.AppendAsync("third");
            await region.Events.WaitAsync(EventLog<object>.Poisoned);
        }
        else
        {
            var error = await Assert.ThrowsAsync<LogUnavailableException>(async () => await region.Access.AppendAsync("third"));
            Assert.Contains("do not hash to the root", error.Message, StringComparison.Ordinal);
            Assert.Equal(signed, region.Access.Latest);
        }

        // The damage is in the store now, so no recovery goes past it.
        await region.Events.WaitAsync(EventLog<object>.RecoveryFailed);
        Assert.False(region.Access.Health.IsWritable);
        Assert.Equal(2, region.Access.Published.Size);
    }

    /// <summary>A real store that flips one bit of a leaf on its way in.</summary>
    private sealed class ForgetfulStorage(ILogStorage inner) : ILogStorage
    {
        public bool FlipsNext { get; set; }

        public ILogStore OpenLog(string name) => new Store(inner.OpenLog(name), this);

        public ITileStore OpenTiles(string name) => inner.OpenTiles(name);

        public IAdoptionStore Adoptions => inner.Adoptions;

        private LogBatch Damage(LogBatch batch)
        {
            if (!FlipsNext)
            {
                return batch;
            }

            FlipsNext = false;
            var leaves = batch.Leaves.ToArray();
            leaves[^1] ^= 1;
            return batch with { Leaves = leaves };
        }

        private sealed class Store(ILogStore inner, ForgetfulStorage storage) : ILogStore
        {
            public bool IsPinned => inner.IsPinned;

            public ValueTask<LogHead> ReadHeadAsync(CancellationToken cancellationToken) => inner.ReadHeadAsync(cancellationToken);

            public ValueTask<string> KeepKeyAsync(string verifierKey, CancellationToken cancellationToken) => inner.KeepKeyAsync(verifierKey, cancellationToken);

            public async ValueTask<ILogTransaction> BeginAsync(CancellationToken cancellationToken) =>
                new Transaction(await inner.BeginAsync(cancellationToken), storage);

            public ValueTask<IReadOnlyList<LogBatch>> ReadAsync(long first, long count, BatchParts parts, CancellationToken cancellationToken) =>
                inner.ReadAsync(first, count, parts, cancellationToken);

            public ValueTask<IReadOnlyList<LogBatch>> ReadUnkeyedAsync(long first, long count, CancellationToken cancellationToken) =>
                inner.ReadUnkeyedAsync(first, count, cancellationToken);

            public ValueTask<bool> ContainsAsync(long firstIndex, BatchId id, CancellationToken cancellationToken) =>
                inner.ContainsAsync(firstIndex, id, cancellationToken);

            public ValueTask ReopenAsync(CancellationToken cancellationToken) => inner.ReopenAsync(cancellationToken);

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }

        private sealed class Transaction(ILogTransaction inner, ForgetfulStorage storage) : ILogTransaction
        {
            public LogHead Head => inner.Head;

            public long PinnedSize => inner.PinnedSize;

            public ValueTask CommitAsync(LogBatch batch, LogHead next, IReadOnlyList<IndexedChange> changes, CancellationToken cancellationToken) =>
                inner.CommitAsync(storage.Damage(batch), next, changes, cancellationToken);

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
