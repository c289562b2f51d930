using System.Net;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Enforcement.Tests.Agreements;

/// <summary>Rules that stand in the agreement itself.</summary>
public sealed class AutoSuspensionTests
{
    private const string Id = "residence-1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_refusals_suspend_and_the_last_is_answered_after_the_agreement_is_suspended()
    {
        await using var gateway = await WithRulesAsync(new SuspensionRule(SuspensionCause.Refusals, 3, 7));
        for (var refused = 0; refused < 3; refused++)
        {
            Assert.Equal(AgreementState.Active, State(gateway).State);
            await AskAsync(gateway, "secret", HttpStatusCode.Forbidden);
        }

        Assert.Equal((AgreementState.Suspended, null), (State(gateway).State, State(gateway).By));
        Assert.Contains("3 Refusals within 7 days", State(gateway).Reason, StringComparison.Ordinal);
        await AskAsync(gateway, "name", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task After_it_is_resumed_counting_begins_anew()
    {
        await using var gateway = await WithRulesAsync(new SuspensionRule(SuspensionCause.Refusals, 2, 7));
        await AskAsync(gateway, "secret", HttpStatusCode.Forbidden);
        await AskAsync(gateway, "secret", HttpStatusCode.Forbidden);
        Assert.Equal(AgreementState.Suspended, State(gateway).State);

        var provider = new Party { Member = TestRegion.Police, ClientId = "police-system", Roles = [Roles.Steward] };
        Assert.Null((await gateway.Ledger.ExecuteAsync(new ResumeAgreement("Talked about.") { Id = Id, By = provider }, null, Cancellation)).Problem);
        await AskAsync(gateway, "name", HttpStatusCode.OK);
        await AskAsync(gateway, "secret", HttpStatusCode.Forbidden);
        Assert.Equal(AgreementState.Active, State(gateway).State);
    }

    [Fact]
    public async Task Faulty_answers_suspend_where_the_agreement_says_so_and_refusals_are_another_count()
    {
        await using var gateway = await WithRulesAsync(new SuspensionRule(SuspensionCause.SchemaViolations, 2, 1));
        gateway.Provider.Answer = (context, _, _) => context.Response.WriteAsync("not JSON", Cancellation);
        await AskAsync(gateway, "secret", HttpStatusCode.Forbidden);
        await AskAsync(gateway, "secret", HttpStatusCode.Forbidden);
        await AskAsync(gateway, "name", HttpStatusCode.BadGateway);
        Assert.Equal(AgreementState.Active, State(gateway).State);
        await AskAsync(gateway, "name", HttpStatusCode.BadGateway);
        Assert.Equal(AgreementState.Suspended, State(gateway).State);
    }

    private static AgreementEntry State(TestGateway gateway) => gateway.Ledger.Current.Agreements.Find(Id)!;

    private static async Task AskAsync(TestGateway gateway, string field, HttpStatusCode expected)
    {
        using var response = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, field);
        Assert.Equal(expected, response.StatusCode);
    }

    private static async Task<TestGateway> WithRulesAsync(params SuspensionRule[] rules)
    {
        var gateway = await TestGateway.StartAsync();
        var agreement = State(gateway).Agreement with { Revision = 2, AutoSuspension = rules };
        Assert.Null((await gateway.Ledger.ExecuteAsync(new Enter(new AgreementActivated(new SignedAgreement { Agreement = agreement, Approvals = [] })), null, Cancellation)).Problem);
        return gateway;
    }

    private sealed record Enter(GovernanceEvent Event) : GovernanceCommand
    {
        public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => CommandOutcome.Accept(Event);
    }
}
