using DataExchange.Enforcement.Anomalies;
using DataExchange.Enforcement.Governance;
using DataExchange.Policy.Anomalies;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataExchange.Gateway.Health;

/// <summary>
/// What the anomaly rules have to go by. Officials who count as newcomers for a while after a start keep nobody from being served;
/// averages that cannot be read degrade the gateway.
/// </summary>
public sealed class AnomaliesHealthCheck(GovernanceLedger ledger, BaselineRecall recall, IRelations relations) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var rules = ledger.Current;
        var data = new Dictionary<string, object>
        {
            ["ruleSet"] = rules.Monitoring?.Revision ?? 0,
            ["relations"] = relations.IsConfigured ? "configured" : "none",
            ["baseline"] = recall.IsComplete ? "complete" : "being read",
            ["peopleRead"] = recall.People,
            ["waiting"] = rules.Anomalies.All.Count(finding => finding.State is AnomalyState.Found or AnomalyState.Assigned),
        };
        return Task.FromResult(recall.Fault is null
            ? HealthCheckResult.Healthy(data: data)
            : HealthCheckResult.Degraded("The averages of officials could not be read from the access log; it is tried again, and until then they count as newcomers.", data: data));
    }
}
