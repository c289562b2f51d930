using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Agreements;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Tests.Governance;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Enforcement.Tests.Agreements;

/// <summary>Asked for on Monday 15 June 2026; the answer is due with Tuesday 30 June, for the 19th is a holiday.</summary>
public sealed class AgreementClockWatchTests
{
    private const string Id = "asked";

    private static readonly DateTimeOffset Due = new(2026, 7, 1, 0, 0, 0, TimeSpan.FromHours(8));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missed_clock_is_entered_once_at_its_midnight_and_not_again_after_a_restart()
    {
        await using var region = await AskedAsync();
        Assert.Equal(new DateTimeOffset(2026, 6, 16, 0, 0, 0, TimeSpan.FromHours(8)), await LookAsync(region));
        Assert.Equal(0, await EscalationsAsync(region));

        region.Time.SetUtcNow(Due.AddMilliseconds(-1));
        Assert.Equal(Due, await LookAsync(region));
        Assert.Equal(0, await EscalationsAsync(region));

        region.Time.SetUtcNow(Due);
        Assert.Equal(Due.AddDays(1), await LookAsync(region));
        await LookAsync(region);
        Assert.Equal(1, await EscalationsAsync(region));

        await RestartAsync(region);
        await LookAsync(region);
        Assert.Equal(1, await EscalationsAsync(region));
    }

    [Fact]
    public async Task What_was_missed_while_nothing_ran_is_entered_after_the_next_start()
    {
        await using var region = await AskedAsync();
        region.Time.SetUtcNow(Due.AddDays(40));
        await RestartAsync(region);
        await LookAsync(region);
        Assert.Equal(1, await EscalationsAsync(region));
    }

    [Fact]
    public async Task It_looks_by_itself_at_every_midnight()
    {
        await using var region = await AskedAsync();
        using var watch = Watch(region);
        await watch.StartAsync(Cancellation);

        // However the clock's steps fall between its looks, a midnight that has passed is looked at.
        while (!region.Ledger.Current.Agreements.FindRecord(Id)!.Pending!.Clock!.IsEscalated)
        {
            Cancellation.ThrowIfCancellationRequested();
            region.Time.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        Assert.True(region.Time.GetUtcNow() >= Due);
        await watch.StopAsync(Cancellation);
        Assert.Equal(1, await EscalationsAsync(region));
    }

    [Fact]
    public async Task A_log_that_cannot_commit_is_tried_again_in_a_minute()
    {
        await using var region = await AskedAsync();
        region.Time.SetUtcNow(Due);
        region.Log.OnAppend = (n, append) => n == 1 ? throw new LogUnavailableException("The disk is full.") : append();
        Assert.Equal(Due.AddMinutes(1), await LookAsync(region));
        await LookAsync(region);
        Assert.Equal(1, await EscalationsAsync(region));
    }

    private static AgreementClockWatch Watch(LedgerRegion region) => new(region.Ledger, region.Time, NullLogger<AgreementClockWatch>.Instance);

    private static async Task<DateTimeOffset> LookAsync(LedgerRegion region)
    {
        using var watch = Watch(region);
        return await watch.LookAsync(Cancellation);
    }

    private static async Task<int> EscalationsAsync(LedgerRegion region) =>
        (await region.EntriesAsync()).Count(entry => Leaf.TryDecode(entry.Leaf, out var leaf) && leaf.Kind == LeafKinds.AgreementEscalated);

    private static async Task RestartAsync(LedgerRegion region)
    {
        await region.StartAsync();
        await region.Ledger.FoundAsync(TestRegion.Founding(), Cancellation);
    }

    private static async Task<LedgerRegion> AskedAsync()
    {
        var region = await LedgerRegion.FoundedAsync();
        var by = new Party { Member = TestRegion.Housing, ClientId = TestRegion.HousingClient, Roles = [Roles.Steward] };
        var agreement = region.Ledger.Current.Agreements.Find("limited-1")!.Agreement with
        {
            Id = Id, ValidFrom = new DateTimeOffset(2126, 1, 1, 0, 0, 0, TimeSpan.Zero), ValidTo = new DateTimeOffset(2127, 1, 1, 0, 0, 0, TimeSpan.Zero), Quota = null,
        };
        foreach (var command in new AgreementCommand[] { new DraftAgreement(agreement) { Id = Id }, new SubmitAgreement { Id = Id } })
        {
            var result = await region.Ledger.ExecuteAsync(command with { By = by }, null, Cancellation);
            Assert.True(result.Problem is null, $"{result.Detail} {string.Join("; ", result.Faults ?? [])}");
        }

        return region;
    }
}
