using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Replay;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.Policy.Restrictions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Enforcement.Tests.Restrictions;

/// <summary>A person under a protective hold looks like one whom the provider does not know.</summary>
public class ProtectiveHoldTests
{
    private const string Unknown = """{"type":"urn:data-exchange:problem:not-found","title":"Not found","status":404,"code":"not-found"}""";

    /// <summary>By law, by consent (given for both), and in part.</summary>
    [Theory]
    [InlineData(null, "name", "address")]
    [InlineData(null, "name", "phone")]
    [InlineData("handling=lenient", "name", "secret")]
    public async Task The_hidden_and_the_unknown_are_answered_alike_and_leave_the_same_leaves(string? prefer, params string[] fields)
    {
        await using var gateway = await TestGateway.StartAsync();
        var (hidden, unknown) = (TestRegion.ZhangSan, TestRegion.LiSi);
        await gateway.GiveConsentAsync(hidden);
        await gateway.GiveConsentAsync(unknown);
        await HoldAsync(gateway, hidden);
        gateway.Provider.Answer = (context, query, n) => query.Subject == unknown ? NotKnownAsync(context) : FakeProvider.AnswerAsync(context, query, n);

        var ofHidden = await gateway.PostAsync(TestRegion.Residence + "/query", TestGateway.Body(hidden, fields), prefer: prefer).ProblemAsync();
        var ofUnknown = await gateway.PostAsync(TestRegion.Residence + "/query", TestGateway.Body(unknown, fields), prefer: prefer).ProblemAsync();

        Assert.Equal("not-found", ofHidden.Code);
        Assert.Equal(Comparable(ofUnknown), Comparable(ofHidden));
        Assert.Null(ofHidden.Receipt!.Opening);
        Assert.Null(ofUnknown.Receipt!.Opening);
        Assert.Equal(await gateway.KindsOfAsync(unknown), await gateway.KindsOfAsync(hidden));
        Assert.Equal(2, gateway.Provider.Count);
        Assert.Equal(gateway.Provider.Questions[1].Fields, gateway.Provider.Questions[0].Fields);

        // The intent that the provider was shown says nothing; the outcome, which nobody was shown, says the truth.
        var entries = await gateway.EntriesOfAsync(hidden);
        Assert.DoesNotContain("restrict", entries[0].Record.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("subject-restricted", entries[1].Record.GetProperty("problem").GetString());
        Assert.Equal("not-found", (await gateway.EntriesOfAsync(unknown))[1].Record.GetProperty("problem").GetString());
    }

    [Fact]
    public async Task A_missing_consent_is_a_missing_consent()
    {
        await using var gateway = await TestGateway.StartAsync();
        await HoldAsync(gateway, TestRegion.ZhangSan);

        var ofHidden = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name", "phone").ProblemAsync();
        var ofOther = await gateway.QueryAsync(TestRegion.Residence, TestRegion.LiSi, "name", "phone").ProblemAsync();

        Assert.Equal("consent-required", ofHidden.Code);
        Assert.Equal(Comparable(ofOther), Comparable(ofHidden));
        Assert.DoesNotContain("restrict", ofHidden.Receipt!.Opening!.Record.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, gateway.Provider.Count);
    }

    [Fact]
    public async Task A_hold_that_comes_between_question_and_answer_hides_as_well()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Provider.Answer = async (context, query, n) =>
        {
            await HoldAsync(gateway, TestRegion.ZhangSan);
            await FakeProvider.AnswerAsync(context, query, n);
        };

        var problem = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").ProblemAsync();

        Assert.Equal("not-found", problem.Code);
        Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessFailed], await gateway.KindsOfAsync(TestRegion.ZhangSan));
    }

    [Fact]
    public async Task A_faulty_record_of_a_hidden_person_does_not_give_them_away()
    {
        await using var gateway = await TestGateway.StartAsync();
        await HoldAsync(gateway, TestRegion.ZhangSan);
        gateway.Provider.Answer = (context, _, _) => FakeProvider.WriteAsync(context, new string('x', 10_000_000));

        Assert.Equal("not-found", (await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").ProblemAsync()).Code);
    }

    [Fact]
    public async Task A_replay_shows_what_was_shown_and_a_quota_counts_as_for_anybody()
    {
        await using var gateway = await TestGateway.StartAsync();
        await HoldAsync(gateway, TestRegion.ZhangSan);
        Assert.Equal("not-found", (await gateway.QueryAsync(TestRegion.Limited, TestRegion.ZhangSan, "name").ProblemAsync()).Code);
        Assert.Equal("not-found", (await gateway.QueryAsync(TestRegion.Limited, TestRegion.ZhangSan, "name").ProblemAsync()).Code);
        Assert.Equal("quota-exceeded", (await gateway.QueryAsync(TestRegion.Limited, TestRegion.ZhangSan, "name").ProblemAsync()).Code);

        var replay = ActivatorUtilities.GetServiceOrCreateInstance<DecisionReplay>(gateway.Services);
        foreach (var entry in (await gateway.EntriesOfAsync(TestRegion.ZhangSan)).Where(entry => entry.Leaf.Kind != LeafKinds.AccessFailed))
        {
            var replayed = await replay.ReplayAsync(entry.Index, TestRegion.ZhangSan, _ => true, CancellationToken.None);
            Assert.True(replayed!.Matches);
            Assert.DoesNotContain("restrict", JsonElement.Parse(replayed.Replayed.Span).GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_in_the_log_links_the_hold_to_the_tag_that_a_receipt_shows()
    {
        await using var gateway = await TestGateway.StartAsync();
        await HoldAsync(gateway, TestRegion.ZhangSan);
        var problem = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").ProblemAsync();
        Assert.True(Leaf.TryDecode(Convert.FromBase64String(problem.Receipt!.Leaf), out var seen));

        var restrictions = 0;
        await foreach (var entry in gateway.Logs.Governance.ReadAsync(0, gateway.Logs.Governance.Latest.Size, CancellationToken.None))
        {
            Assert.True(Leaf.TryDecode(entry.Leaf, out var leaf));
            Assert.False(leaf.Tag.Span.SequenceEqual(seen.Tag.Span), leaf.Kind);
            restrictions += leaf.Kind.StartsWith("restriction.", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Equal(2, restrictions);
    }

    [Fact]
    public async Task Once_it_is_lifted_the_record_is_released()
    {
        await using var gateway = await TestGateway.StartAsync();
        var id = await HoldAsync(gateway, TestRegion.ZhangSan);
        await ExecuteAsync(gateway, TestRegion.ZhangSan, new LiftRestriction { Id = id, By = Reviewer });
        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").AnswerAsync();
    }

    private static readonly Party Reviewer = new() { ClientId = "desk", UserId = "reviewer", Roles = [Roles.Reviewer] };

    private static async Task<string> HoldAsync(TestGateway gateway, SubjectRef person)
    {
        var steward = new Party { Member = TestRegion.Police, ClientId = "police-system", UserId = "steward", Roles = [Roles.Steward] };
        var id = await ExecuteAsync(gateway, person, new RequestHold { By = steward, Reason = HoldReason.PersonalSafety, ExemptPurposes = [], ValidTo = TimeProvider.System.GetUtcNow().AddDays(30) });
        return await ExecuteAsync(gateway, person, new ConfirmHold { Id = id, By = Reviewer });
    }

    private static async Task<string> ExecuteAsync(TestGateway gateway, SubjectRef person, RestrictionCommand command)
    {
        var subject = await gateway.Vault.ResolveAsync(person, CancellationToken.None);
        var result = await gateway.Ledger.ExecuteAsync(command with { Subject = subject.Handle }, subject, CancellationToken.None);
        Assert.True(result.Problem is null, result.Detail);
        return result.Id!;
    }

    private static Task NotKnownAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "application/problem+json";
        return context.Response.WriteAsync(Unknown);
    }

    /// <summary>Everything but where the entries stand.</summary>
    private static string Comparable(ExchangeProblem problem) =>
        JsonSerializer.Serialize(problem with { Decision = null, Receipt = null }, Contracts.ContractsJsonContext.Default.ExchangeProblem);
}
