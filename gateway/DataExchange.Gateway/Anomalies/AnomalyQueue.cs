using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Anomalies;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Anomalies;

namespace DataExchange.Gateway.Anomalies;

/// <summary>Findings, opened for reviewers.</summary>
public sealed class AnomalyQueue(GovernanceLedger ledger, SubjectVault vault)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    public static AnomalyRulesView Rules(GovernanceLedger ledger, IRelations relations, BaselineRecall recall) =>
        new(ledger.Current.Monitoring, relations.IsConfigured, recall.IsComplete);

    public AnomalyFinding? Find(string id) => ledger.Current.Anomalies.Find(id);

    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="after">Id of the finding that the page before ended with.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<AnomalyPage> ListAsync(AnomalyState? state, string? after, int limit, CancellationToken cancellationToken)
    {
        var findings = ledger.Current.Anomalies;
        var last = after is null ? null : findings.Find(after);
        var page = findings.All.Where(finding => (state is null || finding.State == state) && (last is null || Order(finding).CompareTo(Order(last)) > 0))
            .OrderBy(Order).Take(limit + 1).ToList();
        var views = new List<AnomalyView>();
        foreach (var finding in page.Take(limit))
        {
            views.Add(await ShowAsync(finding, null, cancellationToken));
        }

        return new AnomalyPage(views, page.Count > limit ? page[limit - 1].Id : null);
    }

    public async ValueTask<AnomalyView> ShowAsync(AnomalyFinding finding, Receipt? receipt, CancellationToken cancellationToken)
    {
        var official = await OfficialOfAsync(finding, cancellationToken);
        var (zh, en) = AnomalyExplanation.Of(finding.Rule, finding.Observed, finding.Threshold, finding.Figures);
        return new AnomalyView(
            finding.Id, finding.Rule, finding.Version, finding.RuleSet, finding.Action, finding.Member, official is { } who ? new OfficialView(who.ClientId, who.UserId) : null,
            finding.FoundAt, finding.Until, finding.Observed, finding.Threshold, finding.Figures, finding.Entries, new AnomalyText(zh, en), finding.State,
            finding.Assignee, finding.ClosedBy, finding.Reason, finding.ExemptUntil, finding.LiftedBy, finding.LiftReason, receipt);
    }

    /// <summary>Whom the finding is about; null where nobody can say any more.</summary>
    public async ValueTask<Official?> OfficialOfAsync(AnomalyFinding finding, CancellationToken cancellationToken) =>
        await vault.FindAsync(finding.Subject, cancellationToken) is { } subject && OfficialSubject.TryOpen(subject, finding.Official, out var official) ? official : null;

    private static (DateTimeOffset, string) Order(AnomalyFinding finding) => (finding.FoundAt, finding.Id);
}
