using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Evaluations;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Enforcement.Tests.Evaluations;

/// <summary>Asking what the rules say, without an exchange.</summary>
public sealed class AccessEvaluatorTests
{
    [Fact]
    public async Task An_evaluation_is_on_record_for_the_person_and_nobody_is_asked()
    {
        await using var gateway = await TestGateway.StartAsync();

        var evaluation = await EvaluateAsync(gateway, "name", "phone");

        Assert.False(evaluation.IsPermitted);
        Assert.Equal((DecisionOutcome.Partial, "name"), (evaluation.Decision.Outcome, Assert.Single(evaluation.Decision.Permitted).Name));
        var entry = Assert.Single(await gateway.EntriesOfAsync(TestRegion.ZhangSan));
        Assert.Equal((evaluation.Index, LeafKinds.AccessEvaluated), (entry.Index, entry.Leaf.Kind));
        Assert.Equal("Partial", entry.Record.GetProperty("decision").GetProperty("outcome").GetString());
        Assert.False(entry.Record.TryGetProperty("asker", out _));
        Assert.Equal(0, gateway.Provider.Count);
    }

    [Fact]
    public async Task What_is_evaluated_is_what_an_exchange_then_comes_to()
    {
        await using var gateway = await TestGateway.StartAsync();
        Assert.False((await EvaluateAsync(gateway, "phone")).IsPermitted);
        Assert.Equal("consent-required", (await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone").ProblemAsync()).Code);

        var consent = await gateway.GiveConsentAsync(TestRegion.ZhangSan);
        Assert.True((await EvaluateAsync(gateway, "phone")).IsPermitted);
        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone").AnswerAsync();

        await gateway.WithdrawAsync(TestRegion.ZhangSan, consent);
        var evaluation = await EvaluateAsync(gateway, "phone");
        Assert.Equal("consent-not-valid", evaluation.Decision.Reasons[0].Code);
        Assert.Equal("consent-not-valid", (await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone").ProblemAsync()).Code);
    }

    private static async Task<AccessEvaluation> EvaluateAsync(TestGateway gateway, params string[] fields)
    {
        var question = new EvaluationQuestion(
            new Actor { ClientId = TestRegion.HousingClient, Roles = [Roles.DepartmentSystem] },
            Asker: null,
            TestRegion.Residence,
            new RecordQuery { Subject = TestRegion.ZhangSan, Purpose = TestRegion.Rental, Fields = fields },
            ExchangeMode.Query);
        Assert.Null(AccessEvaluator.Check(question));
        return await gateway.Services.GetRequiredService<AccessEvaluator>().EvaluateAsync(question, CancellationToken.None);
    }
}
