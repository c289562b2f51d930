using System.Globalization;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Appending;

/// <summary>P-NOW: what was decided under older rules does not commit once newer ones are acknowledged.</summary>
public sealed class PinTests : IAsyncLifetime
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
    public async Task An_entry_pinned_to_the_current_size_commits()
    {
        await _region.Governance.AppendAsync("rule");
        Assert.Equal((AppendStatus.Committed, 0, 1), Outcome(await _region.Access.AppendAsync("use", pin: 1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task An_entry_pinned_to_another_size_is_not_appended_and_learns_the_current_one(long pin)
    {
        await _region.Governance.AppendAsync("rule");
        var result = await _region.Access.AppendAsync("use", pin);
        Assert.Equal((AppendStatus.PinMoved, -1, 1), Outcome(result));
        Assert.Throws<InvalidOperationException>(() => result.Proof());
        Assert.Equal(0, _region.Access.Latest.Size);
    }

    [Fact]
    public async Task In_one_batch_the_pinned_ones_that_hold_commit_without_gaps()
    {
        await _region.Governance.AppendAsync("rule");
        var results = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => _region.Access.AppendAsync($"use {i}", i % 3 == 0 ? 0 : i % 3 == 1 ? 1 : null).AsTask()));
        Assert.All(results.Where((_, i) => i % 3 == 0), result => Assert.Equal(AppendStatus.PinMoved, result.Status));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (long)i), results.Where((_, i) => i % 3 != 0).Select(result => result.Index).Order());
        await LogAudit.SoundAsync(_region.Access, results.Where(result => result.Batch is not null).Select(result => result.Batch!.Checkpoint));
    }

    [Fact]
    public async Task Of_two_governance_entries_decided_under_the_same_rules_one_commits()
    {
        for (var round = 0; round < 50; round++)
        {
            var size = _region.Governance.Latest.Size;
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => _region.Governance.AppendAsync($"rule {round}/{i}", size).AsTask()));
            Assert.Single(results, result => result.Status == AppendStatus.Committed);
            Assert.All(results.Where(result => result.Status == AppendStatus.PinMoved), result => Assert.Equal(size + 1, result.CurrentPin));
        }
    }

    [Fact]
    public async Task After_a_governance_append_completed_no_access_entry_pinned_before_it_commits()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writers = Enumerable.Range(0, 16).Select(_ => Task.Run(() => AccessAsync(_region, stop.Token), Token)).ToArray();

        // The head as the database has it, not as this process signed it: the boundary in commit order.
        await using var store = _region.Data.OpenLog(LogNames.Access);
        var boundaries = new List<(long AccessSize, long GovernanceSize)>();
        for (var i = 0; i < 3000; i++)
        {
            var acknowledged = await _region.Governance.AppendAsync($"rule {i}");
            boundaries.Add(((await store.ReadHeadAsync(Token)).Size, acknowledged.Index + 1));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);

        var pins = await _region.Access.ReadAsync(0, long.MaxValue, Token).Select(entry => long.Parse(entry.Text(), CultureInfo.InvariantCulture)).ToListAsync(Token);
        Assert.NotEmpty(pins);
        foreach (var (accessSize, governanceSize) in boundaries)
        {
            // Pins never fall along the log, so the first entry after the boundary speaks for all that follow.
            Assert.True(accessSize >= pins.Count || pins[(int)accessSize] >= governanceSize, $"Entry {accessSize} was pinned to {pins[Math.Min((int)accessSize, pins.Count - 1)]} after {governanceSize} was acknowledged.");
        }

        Assert.Equal(pins.Order(), pins);
        await LogAudit.SoundAsync(_region.Access);
    }

    [Fact]
    public async Task The_governance_writer_gets_its_turn_while_the_access_writer_never_pauses()
    {
        // Counted by the governance writer itself, from asking for its turn to holding it.
        var (commits, asked, worst) = (0L, 0L, 0L);
        using var folder = new TemporaryFolder();
        await using var region = await TestRegion.OpenAsync(folder, inner =>
        {
            var access = new FaultyStorage(inner, LogNames.Access);
            access.OnEach(at => Interlocked.Add(ref commits, at == FaultPoint.BeforeCommit ? 1 : 0));
            var governance = new FaultyStorage(access, LogNames.Governance);
            governance.OnEach(at =>
            {
                if (at == FaultPoint.Begin)
                {
                    asked = Interlocked.Read(ref commits);
                }
                else if (at == FaultPoint.BeforeCommit)
                {
                    worst = Math.Max(worst, Interlocked.Read(ref commits) - asked);
                }
            });
            return governance;
        });

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writers = Enumerable.Range(0, 16).Select(_ => Task.Run(() => AccessAsync(region, stop.Token), Token)).ToArray();
        for (var i = 0; i < 200; i++)
        {
            await region.Governance.AppendAsync($"rule {i}");
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.True(Interlocked.Read(ref commits) > 0);

        // Fair: while it waits for its turn the access log gets one or a few, never hundreds.
        Assert.InRange(worst, 0, 100);
    }

    private static (AppendStatus, long, long) Outcome(AppendResult result) => (result.Status, result.Index, result.CurrentPin);

    /// <summary>Decides under the newest rules it knows of, over and over; writes the pin into the leaf.</summary>
    private static async Task AccessAsync(TestRegion region, CancellationToken stop)
    {
        var pin = 0L;
        while (!stop.IsCancellationRequested)
        {
            var result = await region.Access.AppendAsync(Entries.Of(pin.ToString(CultureInfo.InvariantCulture), pin), CancellationToken.None);
            pin = result.CurrentPin;
        }
    }
}
