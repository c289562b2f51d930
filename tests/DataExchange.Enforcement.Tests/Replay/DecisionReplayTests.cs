using System.Globalization;
using System.Text;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Replay;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Decisions;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Enforcement.Tests.Replay;

/// <summary>P-REPLAY: every decision can be replayed.</summary>
public sealed class DecisionReplayTests
{
    [Fact]
    public async Task Permits_and_refusals_replay_to_the_same_bytes_after_the_rules_have_moved_on()
    {
        await using var gateway = await TestGateway.StartAsync();
        var consent = await gateway.GiveConsentAsync(TestRegion.ZhangSan);
        var permitted = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name", "income", "phone").AnswerAsync();
        await gateway.WithdrawAsync(TestRegion.ZhangSan, consent);
        var refused = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name", "phone").ProblemAsync();
        var lenient = await gateway.PostAsync(
            TestRegion.Residence + "/query", TestGateway.Body(TestRegion.ZhangSan, "phone", "born"), prefer: "handling=lenient").AnswerAsync();
        await gateway.GiveConsentAsync(TestRegion.ZhangSan);

        foreach (var (decision, outcome) in new[] { (permitted.Decision, "Permit"), (refused.Decision!, "Deny"), (lenient.Decision, "Partial") })
        {
            var replayed = await ReplayAsync(gateway, decision);
            Assert.NotNull(replayed);
            Assert.Equal(Encoding.UTF8.GetString(replayed.Recorded.Span), Encoding.UTF8.GetString(replayed.Replayed.Span));
            Assert.True(replayed.Matches);
            Assert.Contains($"\"outcome\":\"{outcome}\"", Encoding.UTF8.GetString(replayed.Recorded.Span), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Under_other_rules_the_same_request_does_not_match()
    {
        await using var gateway = await TestGateway.StartAsync();
        var withoutConsent = gateway.Ledger.Current;
        await gateway.GiveConsentAsync(TestRegion.ZhangSan);
        var permitted = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone").AnswerAsync();
        var replayed = await ReplayAsync(gateway, permitted.Decision);
        Assert.True(replayed!.Matches);

        // The very request that was logged, decided under the rules as they were before the consent.
        var logged = (await gateway.EntriesOfAsync(TestRegion.ZhangSan)).Single(entry => entry.Index == replayed.Index);
        var subject = await gateway.Vault.ResolveAsync(TestRegion.ZhangSan, CancellationToken.None);
        var request = DecisionRecord.ReadRequest(logged.Record.GetProperty("request"), subject.Handle);
        var other = PolicyDecisionPoint.Decide(request, withoutConsent, DateTimeOffset.FromUnixTimeMilliseconds(replayed.TimeMs));

        Assert.Equal((DecisionOutcome.Deny, ProblemSlugs.ConsentRequired), (other.Outcome, other.Problem));
        Assert.False((replayed with { Replayed = Canonical(other) }).Matches);
    }

    [Fact]
    public async Task A_decision_opens_only_for_whoever_knows_whom_it_is_about()
    {
        await using var gateway = await TestGateway.StartAsync();
        var answer = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").AnswerAsync();
        var replay = gateway.Services.GetRequiredService<DecisionReplay>();
        var decision = long.Parse(answer.Decision, CultureInfo.InvariantCulture);

        Assert.Null(await replay.ReplayAsync(decision, TestRegion.LiSi, Anyone, CancellationToken.None));
        Assert.Null(await replay.ReplayAsync(answer.Receipt.Index, TestRegion.ZhangSan, Anyone, CancellationToken.None));
        Assert.Null(await replay.ReplayAsync(1000, TestRegion.ZhangSan, Anyone, CancellationToken.None));
        Assert.Null(await replay.ReplayAsync(decision, TestRegion.ZhangSan, member => member != TestRegion.Housing, CancellationToken.None));
        Assert.NotNull(await replay.ReplayAsync(decision, TestRegion.ZhangSan, member => member == TestRegion.Housing, CancellationToken.None));
        Assert.Null(await replay.ReplayAsync(-1, TestRegion.ZhangSan, Anyone, CancellationToken.None));
    }

    private static byte[] Canonical(Decision decision)
    {
        using var output = new PooledBuffer();
        DecisionRecord.WriteDecision(new CanonicalJsonWriter(output), decision);
        return output.Span.ToArray();
    }

    private static bool Anyone(string? member) => true;

    private static ValueTask<ReplayedDecision?> ReplayAsync(TestGateway gateway, string decision) =>
        gateway.Services.GetRequiredService<DecisionReplay>().ReplayAsync(long.Parse(decision, CultureInfo.InvariantCulture), TestRegion.ZhangSan, Anyone, CancellationToken.None);
}
