using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Replay;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Consents;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Enforcement.Tests.Exchanges;

/// <summary>A consent that permits so many releases permits so many, whatever races and whatever breaks.</summary>
public sealed class LimitedConsentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_hundred_requests_at_once_as_many_are_answered_as_the_consent_permits()
    {
        const int Permitted = 3;
        await using var gateway = await TestGateway.StartAsync();
        var consent = await gateway.GiveConsentAsync(TestRegion.ZhangSan, Permitted);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone")));

        Assert.Equal(Permitted, answers.Count(answer => answer.IsSuccessStatusCode));
        foreach (var refused in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            Assert.Equal(ProblemSlugs.ConsentNotValid.Code, (await Task.FromResult(refused).ProblemAsync()).Code);
        }

        var entries = await gateway.EntriesOfAsync(TestRegion.ZhangSan);
        var used = gateway.Ledger.Current.FindConsent(consent)!;
        Assert.Equal(ConsentState.Exhausted, used.State);
        Assert.Equal(
            used.Uses!.Order(), entries.Where(entry => entry.Leaf.Kind == LeafKinds.AccessReleased).Select(entry => entry.Record.GetProperty("intent").GetInt64()).Order());

        // P-REPLAY: every decision, also those of the exchanges that lost the race.
        var replay = gateway.Services.GetRequiredService<DecisionReplay>();
        foreach (var entry in entries.Where(entry => entry.Leaf.Kind is LeafKinds.AccessRequested or LeafKinds.AccessRefused))
        {
            Assert.True((await replay.ReplayAsync(entry.Index, TestRegion.ZhangSan, _ => true, Cancellation))?.Matches);
        }
    }

    [Fact]
    public async Task A_use_that_was_counted_stays_counted_when_its_release_fails()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Services = FaultyLog.Install);
        var consent = await gateway.GiveConsentAsync(TestRegion.ZhangSan, maxUses: 1);
        FaultyLog.Of(gateway).OnAppend = (n, append) => n == 2 ? throw new LogUnavailableException("broken by the test") : append();

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone").RefusedAsync(ProblemSlugs.AuditUnavailable);
        Assert.Single(gateway.Ledger.Current.FindConsent(consent)!.Uses!);
        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone").RefusedAsync(ProblemSlugs.ConsentNotValid);
    }

    [Fact]
    public async Task Without_a_count_in_the_log_nothing_is_released()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Services = services => FaultyLog.Install(services, ofGovernance: true));
        var consent = await gateway.GiveConsentAsync(TestRegion.ZhangSan, maxUses: 1);
        ((FaultyLog)gateway.Logs.Governance).OnAppend = (_, _) => throw new LogUnavailableException("broken by the test");

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone").RefusedAsync(ProblemSlugs.AuditUnavailable);
        Assert.Null(gateway.Ledger.Current.FindConsent(consent)!.Uses);

        ((FaultyLog)gateway.Logs.Governance).OnAppend = null;
        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone").AnswerAsync();
    }

    [Fact]
    public async Task A_provider_that_fails_costs_no_use()
    {
        await using var gateway = await TestGateway.StartAsync();
        var consent = await gateway.GiveConsentAsync(TestRegion.ZhangSan, maxUses: 1);
        gateway.Provider.Answer = (context, _, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        Assert.False((await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone")).IsSuccessStatusCode);
        Assert.Null(gateway.Ledger.Current.FindConsent(consent)!.Uses);

        gateway.Provider.Answer = FakeProvider.AnswerAsync;
        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone").AnswerAsync();
    }

    [Fact]
    public async Task Consents_for_any_number_of_uses_and_fields_without_consent_leave_the_governance_log_alone()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.GiveConsentAsync(TestRegion.ZhangSan);
        var size = gateway.Ledger.Current.GovernanceSize;
        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone", "name").AnswerAsync();
        Assert.Equal(size, gateway.Ledger.Current.GovernanceSize);
    }
}
