using System.Globalization;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Consents;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Tests.Governance;

public class IdempotencyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_repeated_with_its_key_makes_one_thing_also_after_a_restart(bool restarts)
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        var first = await RequestAsync(region, person, Key("a", "body"));
        var size = region.Log.Latest.Size;
        if (restarts)
        {
            await region.StartAsync();
            await region.Ledger.FoundAsync(TestRegion.Founding(), Cancellation);
            person = await region.ResolveAsync(TestRegion.ZhangSan);
        }

        var second = await RequestAsync(region, person, Key("a", "body"));

        Assert.False(first.IsRepeated);
        Assert.True(second.IsRepeated);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(size, region.Log.Latest.Size);
        Assert.Equal(ConsentState.Requested, second.Rules!.FindConsent(second.Id!)?.State);
    }

    [Fact]
    public async Task A_key_that_stands_for_another_request_is_refused()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        await RequestAsync(region, person, Key("a", "body"));
        var size = region.Log.Latest.Size;

        Assert.Equal(ProblemSlugs.IdempotencyKeyReused, (await RequestAsync(region, person, Key("a", "another body"))).Problem);
        Assert.Equal(size, region.Log.Latest.Size);
    }

    [Fact]
    public async Task A_refused_command_does_not_use_its_key_up()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        var standing = (await region.RequestAsync(person)).Consent!.Id;
        Assert.Equal(ProblemSlugs.StateConflict, (await RequestAsync(region, person, Key("a", "body"))).Problem);
        await region.DecideAsync(person, standing, ConsentDecision.Refuse);

        Assert.NotNull((await RequestAsync(region, person, Key("a", "body"))).Consent);
    }

    [Fact]
    public async Task A_key_whose_event_committed_although_it_was_reported_as_failed_is_known()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        region.Log.OnAppend = async (_, append) =>
        {
            await append();
            throw new LogUnavailableException("Injected after the commit.");
        };
        await Assert.ThrowsAsync<LogUnavailableException>(() => RequestAsync(region, person, Key("a", "body")).AsTask());
        region.Log.OnAppend = null;
        var size = region.Log.Latest.Size;

        var repeated = await RequestAsync(region, person, Key("a", "body"));

        Assert.True(repeated.IsRepeated);
        Assert.Equal(ConsentState.Requested, region.Ledger.Current.FindConsent(repeated.Id!)?.State);
        Assert.Equal(size, region.Log.Latest.Size);
    }

    [Fact]
    public async Task Of_many_repetitions_at_once_one_acts()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        var size = region.Log.Latest.Size;

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => RequestAsync(region, person, Key("a", "body")).AsTask()));

        Assert.Single(results, result => !result.IsRepeated);
        Assert.Single(results.Select(result => result.Id).Distinct());
        Assert.Equal(size + 1, region.Log.Latest.Size);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day_and_its_row_goes()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        for (var day = 0; day < 5; day++)
        {
            var made = await RequestAsync(region, person, Key("a", "body"));
            Assert.False(made.IsRepeated);
            await region.DecideAsync(person, made.Id!, ConsentDecision.Refuse);
            await RequestAndRefuseAsync(region, person, Key(day.ToString(CultureInfo.InvariantCulture), "body"));
            region.Time.Advance(TimeSpan.FromHours(25));
        }

        await RequestAndRefuseAsync(region, person, Key("last", "body"));
        var rows = await region.Get<IStateReader>().ReadAsync("idempotency", Cancellation).ToListAsync(Cancellation);
        Assert.Single(rows);
    }

    private static async Task RequestAndRefuseAsync(LedgerRegion region, Subject person, Idempotency key) =>
        await region.DecideAsync(person, (await RequestAsync(region, person, key)).Id!, ConsentDecision.Refuse);

    private static ValueTask<CommandResult> RequestAsync(LedgerRegion region, Subject person, Idempotency key) =>
        region.Ledger.ExecuteAsync(region.RequestFor(person), person, key, Cancellation);

    private static Idempotency Key(string key, string body) => Idempotency.Of("client", null, key, "POST", "/v1/consents", System.Text.Encoding.UTF8.GetBytes(body));
}
