using System.Buffers;
using System.Text;
using DataExchange.Merkle;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Tests.Stores;

/// <summary>What every store of logs guarantees. A new store derives from this and runs all of it.</summary>
public abstract class LogStoreConformance : IAsyncLifetime
{
    private ILogStore _access = null!;
    private ILogStore _governance = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A store without entries.</summary>
    protected abstract ILogStorage Storage { get; }

    /// <summary>What is stored in a register, by id.</summary>
    protected abstract IStateReader State { get; }

    public ValueTask InitializeAsync()
    {
        (_access, _governance) = (Storage.OpenLog(LogNames.Access), Storage.OpenLog(LogNames.Governance));
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _access.DisposeAsync();
        await _governance.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_empty_log_has_the_empty_head_and_no_batches()
    {
        var head = await _access.ReadHeadAsync(Token);
        Assert.Equal(0, head.Size);
        Assert.Equal(TreeHasher.EmptyRoot, head.Range.Root());
        Assert.Empty(await _access.ReadAsync(0, 10, BatchParts.All, Token));
    }

    [Fact]
    public async Task Only_governance_is_pinned_and_changes_state()
    {
        await Task.CompletedTask;
        Assert.True(_governance.IsPinned);
        Assert.False(_access.IsPinned);
    }

    [Fact]
    public async Task A_log_with_entries_keeps_the_key_that_it_has_and_one_without_takes_another()
    {
        Assert.Equal("first", await _access.KeepKeyAsync("first", Token));
        Assert.Equal("second", await _access.KeepKeyAsync("second", Token));
        Assert.Equal("other", await _governance.KeepKeyAsync("other", Token));
        await CommitAsync(_access, "one");
        Assert.Equal("second", await _access.KeepKeyAsync("third", Token));
        Assert.Equal("second", await _access.KeepKeyAsync("second", Token));
        Assert.Equal("another", await _governance.KeepKeyAsync("another", Token));
    }

    [Fact]
    public async Task A_commit_is_read_back_byte_for_byte_and_moves_the_head()
    {
        var (batch, head) = await CommitAsync(_access, "one", "two", "three");

        var stored = Assert.Single(await _access.ReadAsync(0, 10, BatchParts.All, Token));
        Assert.Equal((batch.Id, batch.FirstIndex, batch.Count, batch.Root, batch.Time), (stored.Id, stored.FirstIndex, stored.Count, stored.Root, stored.Time));
        Assert.Equal(batch.Leaves.ToArray(), stored.Leaves.ToArray());
        Assert.Equal(batch.Sealed.ToArray(), stored.Sealed.ToArray());
        Assert.Equal(batch.Keys.ToArray(), stored.Keys.ToArray());
        var read = await _access.ReadHeadAsync(Token);
        Assert.Equal((head.Size, head.Range.Root(), head.Time), (read.Size, read.Range.Root(), read.Time));
        Assert.Equal(head.Range.ToBytes(), read.Range.ToBytes());
    }

    [Fact]
    public async Task Parts_that_were_not_asked_for_come_back_empty()
    {
        await CommitAsync(_access, "one");
        var stored = Assert.Single(await _access.ReadAsync(0, 1, BatchParts.Keys, Token));
        Assert.True(stored.Leaves.IsEmpty);
        Assert.True(stored.Sealed.IsEmpty);
        Assert.False(stored.Keys.IsEmpty);
    }

    [Theory]
    [InlineData(0, 6, new long[] { 0, 3, 4 })]
    [InlineData(0, 3, new long[] { 0 })]
    [InlineData(1, 1, new long[] { 0 })]
    [InlineData(2, 2, new long[] { 0, 3 })]
    [InlineData(3, long.MaxValue, new long[] { 3, 4 })]
    [InlineData(5, 1, new long[] { 4 })]
    [InlineData(6, 1, new long[0])]
    public async Task A_read_starts_with_the_batch_that_holds_the_first_entry_and_ends_with_the_last(long first, long count, long[] batches)
    {
        await CommitAsync(_access, "0", "1", "2");
        await CommitAsync(_access, "3");
        await CommitAsync(_access, "4", "5");
        Assert.Equal(batches, (await _access.ReadAsync(first, count, BatchParts.Leaves, Token)).Select(batch => batch.FirstIndex));
    }

    [Fact]
    public async Task A_turn_that_ends_without_a_commit_leaves_nothing()
    {
        await using (await _access.BeginAsync(Token))
        {
        }

        Assert.Equal(0, (await _access.ReadHeadAsync(Token)).Size);
        await CommitAsync(_access, "after");
    }

    [Fact]
    public async Task A_batch_at_a_place_that_is_taken_is_refused_whole()
    {
        await CommitAsync(_governance, "one");
        await using (var transaction = await _governance.BeginAsync(Token))
        {
            var (batch, head) = Build(LogHead.Empty, "other", "another");
            await Assert.ThrowsAnyAsync<Exception>(async () => await transaction.CommitAsync(batch, head, [Change(0, "consent", "a", "never")], Token));
        }

        await _governance.ReopenAsync(Token);
        Assert.Equal("one", Leaf(Assert.Single(await _governance.ReadAsync(0, 10, BatchParts.All, Token))));
        Assert.Equal(1, (await _governance.ReadHeadAsync(Token)).Size);
        Assert.Empty(await State.ReadAsync("consent", Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Contains_tells_a_batch_from_another_at_the_same_place()
    {
        var (batch, _) = await CommitAsync(_access, "one");
        Assert.True(await _access.ContainsAsync(0, batch.Id, Token));
        Assert.False(await _access.ContainsAsync(0, BatchId.New(), Token));
        Assert.False(await _access.ContainsAsync(1, batch.Id, Token));
        Assert.False(await _governance.ContainsAsync(0, batch.Id, Token));
    }

    [Fact]
    public async Task Either_log_reads_the_pinned_size_under_its_lock()
    {
        await CommitAsync(_governance, "rule 0", "rule 1");
        await CommitAsync(_access, "use");
        await using (var access = await _access.BeginAsync(Token))
        {
            Assert.Equal((1, 2), (access.Head.Size, access.PinnedSize));
        }

        await using var governance = await _governance.BeginAsync(Token);
        Assert.Equal((2, 2), (governance.Head.Size, governance.PinnedSize));
    }

    [Fact]
    public async Task While_one_log_holds_the_lock_the_other_waits_and_then_sees_what_was_committed()
    {
        var held = await _governance.BeginAsync(Token);
        var asking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = Task.Run(async () =>
        {
            asking.SetResult();
            await using var access = await _access.BeginAsync(Token);
            return access.PinnedSize;
        }, Token);
        await asking.Task;
        var (batch, head) = Build(held.Head, "rule");
        await held.CommitAsync(batch, head, [], Token);
        Assert.False(waiting.IsCompleted);
        await held.DisposeAsync();
        Assert.Equal(1, await waiting);
    }

    [Fact]
    public async Task State_changes_commit_with_their_batch_in_order()
    {
        await CommitAsync(_governance, [Change(0, "consent", "a", "first"), Change(0, "consent", "b", "gone"), Change(0, "member", "a", "other")], "0");
        await CommitAsync(_governance, [Change(1, "consent", "a", "second"), Change(1, "consent", "b", null)], "1");

        var rows = await State.ReadAsync("consent", Token).ToListAsync(Token);
        var row = Assert.Single(rows);
        Assert.Equal(("a", "second", 1L), (row.Id, Encoding.UTF8.GetString(row.Value.Span), row.Index));
        Assert.Equal(0, Assert.Single(await State.ReadAsync("member", Token).ToListAsync(Token)).Index);
        Assert.Empty(await State.ReadAsync("unknown", Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_reopened_store_has_lost_nothing_and_commits_again()
    {
        await CommitAsync(_access, "one");
        await _access.ReopenAsync(Token);
        await CommitAsync(_access, "two");
        Assert.Equal(2, (await _access.ReadHeadAsync(Token)).Size);
    }

    [Fact]
    public async Task A_large_log_is_read_in_pieces_without_gaps()
    {
        for (var i = 0; i < 12; i++)
        {
            await CommitAsync(_access, [.. Enumerable.Range(0, 20).Select(_ => new string('x', 60_000))]);
        }

        var (next, reads) = (0L, 0);
        while (next < 240)
        {
            foreach (var batch in await _access.ReadAsync(next, 240 - next, BatchParts.All, Token))
            {
                Assert.Equal(next, batch.FirstIndex);
                next = batch.EndIndex;
            }

            reads++;
        }

        Assert.InRange(reads, 2, 12);
    }

    [Fact]
    public async Task Batches_with_an_entry_without_a_search_key_are_found_among_the_others()
    {
        byte[] keyed = [0, 32, .. new byte[32]];
        foreach (var (count, keys) in new (int, byte[])[] { (1, [0, 0]), (1, keyed), (2, [.. keyed, .. keyed]), (2, [.. keyed, 0, 0]), (1, keyed), (2, [0, 0, 0, 0]) })
        {
            await using var transaction = await _governance.BeginAsync(Token);
            var (batch, head) = Build(transaction.Head, [.. Enumerable.Repeat("leaf", count)]);
            await transaction.CommitAsync(batch with { Keys = keys }, head, [], Token);
        }

        Assert.Equal([0, 4, 7], (await _governance.ReadUnkeyedAsync(0, 100, Token)).Select(batch => batch.FirstIndex));
        Assert.Equal([4, 7], (await _governance.ReadUnkeyedAsync(5, 100, Token)).Select(batch => batch.FirstIndex));
        Assert.Equal([4], (await _governance.ReadUnkeyedAsync(1, 4, Token)).Select(batch => batch.FirstIndex));
        Assert.Empty(await _governance.ReadUnkeyedAsync(1, 2, Token));
        Assert.Empty(await _governance.ReadUnkeyedAsync(9, 100, Token));
        Assert.Equal(
            (await _governance.ReadAsync(7, 1, BatchParts.All, Token)).Single().Leaves.ToArray(), (await _governance.ReadUnkeyedAsync(7, 1, Token)).Single().Leaves.ToArray());
    }

    [Fact]
    public async Task Rows_changed_since_an_entry_are_read_without_the_others()
    {
        await CommitAsync(_governance, [Change(0, "consent", "a", "1"), Change(0, "consent", "b", "1")], "one");
        await CommitAsync(_governance, [Change(1, "consent", "a", "2"), Change(1, "other", "c", "2")], "two");
        Assert.Equal(["a"], await State.ReadAsync("consent", 1, Token).Select(row => row.Id).ToListAsync(Token));
        Assert.Equal([("a", 1L), ("b", 0L)], await State.ReadAsync("consent", Token).Select(row => (row.Id, row.Index)).ToListAsync(Token));
    }

    private static IndexedChange Change(long index, string register, string id, string? value) =>
        new(index, new StateChange(register, id, value is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(value)));

    private static string Leaf(LogBatch batch) => Encoding.UTF8.GetString(batch.Leaves.Span[2..]);

    private static Task<(LogBatch Batch, LogHead Head)> CommitAsync(ILogStore store, params string[] leaves) => CommitAsync(store, [], leaves);

    private static async Task<(LogBatch Batch, LogHead Head)> CommitAsync(ILogStore store, IndexedChange[] changes, params string[] leaves)
    {
        await using var transaction = await store.BeginAsync(Token);
        var (batch, head) = Build(transaction.Head, leaves);
        await transaction.CommitAsync(batch, head, changes, Token);
        return (batch, head);
    }

    private static (LogBatch Batch, LogHead Head) Build(LogHead from, params string[] leaves)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var hashes = new List<MerkleHash>();
        foreach (var leaf in leaves)
        {
            EntryBundle.Write(bytes, Encoding.UTF8.GetBytes(leaf));
            hashes.Add(TreeHasher.Leaf(Encoding.UTF8.GetBytes(leaf)));
        }

        var after = from.Range.Extend(hashes).After;
        var batch = new LogBatch
        {
            Id = BatchId.New(),
            FirstIndex = from.Size,
            Count = leaves.Length,
            Leaves = bytes.WrittenMemory,
            Sealed = new byte[] { 0, 0, 0, 1, 7 },
            Keys = new byte[] { 0, 1, 9 },
            Root = after.Root(),
            Time = from.Time + 5,
        };
        return (batch, new LogHead(after, batch.Time));
    }
}
