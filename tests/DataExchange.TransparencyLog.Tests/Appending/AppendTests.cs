using DataExchange.Merkle;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Appending;

public sealed class AppendTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestRegion _region = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _region = await TestRegion.OpenAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _region.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void An_empty_log_has_a_signed_checkpoint_of_the_empty_tree()
    {
        Assert.True(Checkpoint.TryOpen(_region.Access.Latest.Note, _region.Access.Verifier, out var checkpoint));
        Assert.Equal(new Checkpoint("test.example/access", 0, TreeHasher.EmptyRoot), checkpoint);
        Assert.Equal(_region.Access.Latest, _region.Access.Published);
        Assert.Equal(new LogHealth(true, null), _region.Access.Health);
    }

    [Fact]
    public async Task Every_acknowledged_index_holds_its_leaf_its_record_and_its_key()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => _region.Access.AppendAsync($"entry {i}").AsTask()));

        Assert.Equal(Enumerable.Range(0, 2000).Select(i => (long)i), results.Select(result => result.Index).Order());
        var stored = await _region.Access.ReadAsync(0, long.MaxValue, Token).ToListAsync(Token);
        for (var i = 0; i < results.Length; i++)
        {
            var (entry, expected) = (stored[(int)results[i].Index], Entries.Of($"entry {i}"));
            Assert.Equal(results[i].Index, entry.Index);
            Assert.Equal(expected.Leaf.ToArray(), entry.Leaf.ToArray());
            Assert.Equal(expected.Sealed.ToArray(), entry.Sealed.ToArray());
            Assert.Equal(expected.Key.ToArray(), entry.Key.ToArray());
        }

        await LogAudit.SoundAsync(_region.Access, results.Select(result => result.Batch!.Checkpoint));
    }

    [Fact]
    public async Task The_proof_of_each_append_verifies_against_the_checkpoint_it_carries()
    {
        await _region.Access.AppendManyAsync(100);
        var results = await _region.Access.AppendManyAsync(500, "proved");
        for (var i = 0; i < results.Length; i++)
        {
            Assert.True(TlogProof.TryParse(results[i].Proof().ToText(), out var proof));
            Assert.True(proof.Verify(TreeHasher.Leaf(Entries.Of($"proved {i}").Leaf.Span), _region.Access.Verifier, out var checkpoint));
            Assert.True(checkpoint!.Size > results[i].Index);
            Assert.False(proof.Verify(TreeHasher.Leaf("another"u8), _region.Access.Verifier, out _));
        }
    }

    [Fact]
    public async Task What_is_acknowledged_is_below_the_latest_checkpoint()
    {
        for (var i = 0; i < 50; i++)
        {
            var result = await _region.Access.AppendAsync($"entry {i}");
            Assert.True(_region.Access.Latest.Size > result.Index);
        }
    }

    [Fact]
    public async Task Open_entries_have_neither_record_nor_key()
    {
        await _region.Governance.AppendAsync(new LogEntry { Leaf = "open"u8.ToArray() }, Token);
        var entry = await _region.Governance.ReadAsync(0, 1, Token).SingleAsync(Token);
        Assert.True(entry.Sealed.IsEmpty);
        Assert.True(entry.Key.IsEmpty);
        Assert.Empty(await _region.Governance.FindAsync(ReadOnlyMemory<byte>.Empty, Token));
    }

    [Fact]
    public async Task The_largest_leaf_is_taken_and_a_larger_one_refused()
    {
        var log = _region.Access;
        var result = await log.AppendAsync(new LogEntry { Leaf = new byte[LogEntry.MaxLeafLength], Sealed = new byte[LogEntry.MaxSealedLength] }, Token);
        Assert.Equal(AppendStatus.Committed, result.Status);
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.AppendAsync(new LogEntry { Leaf = new byte[LogEntry.MaxLeafLength + 1] }, Token));
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await log.AppendAsync(new LogEntry { Leaf = new byte[1], Sealed = new byte[LogEntry.MaxSealedLength + 1] }, Token));
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await log.AppendAsync(new LogEntry { Leaf = new byte[1], Key = new byte[LogEntry.MaxKeyLength + 1] }, Token));
    }

    [Fact]
    public async Task An_access_entry_that_would_change_state_is_refused()
    {
        var entry = Entries.Of("use", null, Entries.Set("consent", "a", "{}"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _region.Access.AppendAsync(entry, Token));
    }

    [Fact]
    public async Task An_empty_value_is_refused_since_it_may_have_been_meant_as_null()
    {
        byte[]? removed = null;
        var entry = Entries.Of("rule", null, new StateChange("consent", "a", removed));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _region.Governance.AppendAsync(entry, Token));
    }

    [Fact]
    public async Task Batch_times_never_run_backwards()
    {
        await _region.DisposeAsync();
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        _region = await TestRegion.OpenAsync(_folder, clock: clock);
        await _region.Access.AppendAsync("first");
        clock.AdjustTime(clock.GetUtcNow().AddMinutes(-5));
        await _region.Access.AppendAsync("second");
        var batches = await _region.Data.OpenLog(LogNames.Access).ReadAsync(0, 2, TransparencyLog.Stores.BatchParts.None, Token);
        Assert.Equal(batches[0].Time, batches[1].Time);
    }
}
