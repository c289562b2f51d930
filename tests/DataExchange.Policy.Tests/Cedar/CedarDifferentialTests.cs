using System.Globalization;
using DataExchange.Policy.Decisions;

namespace DataExchange.Policy.Tests.Cedar;

/// <summary>The same rules and requests, decided by <c>Decide</c> and by Cedar. What is left out of the comparison stands in <c>tests/cedar/README.md</c>.</summary>
public sealed class CedarDifferentialTests
{
    private const int Worlds = 200;
    private const int RequestsPerWorld = 100;

    /// <summary>Why the generated requests are denied: every code of the gates but those of form.</summary>
    private static readonly string[] Occurring =
    [
        "actor-not-authorised", "token-binding-mismatch", "unknown-purpose", "dataset-prohibited", "not-found", "request-malformed", "unknown-field", "agreement-not-active",
        "consumer-mismatch", "purpose-not-permitted", "quota-exceeded", "case-required", "mandate-invalid", "fields-not-permitted", "legal-basis-missing", "consent-required",
        "consent-not-valid", "separate-consent-required", "guardian-consent-required", "subject-restricted", "break-glass-not-permitted",
    ];

    [Fact]
    public async Task Decide_and_Cedar_agree_on_every_request()
    {
        using var cedar = CedarProcess.Start();
        var (permits, denials) = (0, new Dictionary<string, int>());
        for (uint number = 1; number <= Worlds; number++)
        {
            var world = new CedarWorld(number);
            ExchangeRequest[] requests = [.. Enumerable.Range(0, RequestsPerWorld).Select(_ => world.NextRequest())];
            var allowed = await cedar.EvaluateAsync(CedarDocuments.Write(world, requests), TestContext.Current.CancellationToken);
            for (var i = 0; i < requests.Length; i++)
            {
                var decision = PolicyDecisionPoint.Decide(requests[i], world.Rules, CedarWorld.Now);
                Assert.True(
                    allowed[i] == (decision.Outcome == DecisionOutcome.Permit),
                    string.Create(CultureInfo.InvariantCulture, $"World {number}, request {i}: Decide says {decision.Outcome} ({decision.Problem}), Cedar {(allowed[i] ? "allow" : "deny")}."));
                permits += allowed[i] ? 1 : 0;
                if (decision.Problem is { } problem)
                {
                    denials[problem.Code] = denials.GetValueOrDefault(problem.Code) + 1;
                }
            }
        }

        // A comparison of nothing but denials would say little.
        Assert.InRange(permits, Worlds * RequestsPerWorld / 10, Worlds * RequestsPerWorld);
        Assert.Equal(Occurring.Order(), denials.Keys.Order());
    }
}
