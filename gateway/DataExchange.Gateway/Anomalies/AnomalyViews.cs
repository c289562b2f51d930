using DataExchange.Contracts.Records;
using DataExchange.Policy.Anomalies;

namespace DataExchange.Gateway.Anomalies;

/// <summary>A finding as a reviewer sees it.</summary>
/// <param name="Id">32 hexadecimal characters.</param>
/// <param name="Rule">Which rule, see contracts/anomaly-rules.md.</param>
/// <param name="Version">Version of its formula.</param>
/// <param name="RuleSet">Revision of the rule set.</param>
/// <param name="Action">What followed.</param>
/// <param name="Member">The official's department.</param>
/// <param name="Official">Who; null where the official was erased.</param>
/// <param name="FoundAt">When.</param>
/// <param name="Until">End of the window that was counted in.</param>
/// <param name="Observed">The official's figure.</param>
/// <param name="Threshold">The figure allowed.</param>
/// <param name="Figures">What they were made from.</param>
/// <param name="Entries">Indexes in the access log that it rests on.</param>
/// <param name="Explanation">The same in words.</param>
/// <param name="State">Where its review is.</param>
/// <param name="Assignee">The reviewer who has it.</param>
/// <param name="ClosedBy">Who closed it.</param>
/// <param name="Reason">Why it was closed so.</param>
/// <param name="ExemptUntil">How long the rule is silent about the official.</param>
/// <param name="LiftedBy">Who lifted the hold.</param>
/// <param name="LiftReason">Why.</param>
/// <param name="Receipt">Proof of the change; only in its answer.</param>
public sealed record AnomalyView(
    string Id, string Rule, int Version, int RuleSet, AnomalyAction Action, string Member, OfficialView? Official, DateTimeOffset FoundAt, DateTimeOffset Until,
    long Observed, long Threshold, IReadOnlyDictionary<string, long> Figures, IReadOnlyList<long> Entries, AnomalyText Explanation, AnomalyState State,
    string? Assignee, string? ClosedBy, string? Reason, DateTimeOffset? ExemptUntil, string? LiftedBy, string? LiftReason, Receipt? Receipt);

/// <summary>An official: where they sign in, and who they are there.</summary>
public sealed record OfficialView(string Client, string User);

/// <summary>A text in both languages.</summary>
public sealed record AnomalyText(string Zh, string En);

/// <summary>Some findings.</summary>
/// <param name="Findings">The oldest first.</param>
/// <param name="After">Where the next page begins; null for none.</param>
public sealed record AnomalyPage(IReadOnlyList<AnomalyView> Findings, string? After);

/// <summary>The rules in force, and what they have to go by.</summary>
/// <param name="Rules">Null where officials are not watched.</param>
/// <param name="HasRelations">Whether a source of relations is set up; without one, <c>own-relation</c> finds nothing.</param>
/// <param name="HasBaseline">Whether the averages of the last 28 days have been read since the start; until then officials count as newcomers.</param>
public sealed record AnomalyRulesView(AnomalyRuleSet? Rules, bool HasRelations, bool HasBaseline);

/// <summary>Body of <c>assign</c>.</summary>
/// <param name="Assignee">The reviewer who is to have it; left out, the caller.</param>
public sealed record AnomalyAssignment(string? Assignee = null);

/// <summary>What a reviewer came to.</summary>
public enum AnomalyVerdict { None = 0, Justified, Unjustified }

/// <summary>Body of <c>close</c>. The reason is sealed with the finding; it names the official's grounds and no citizen.</summary>
public sealed record AnomalyClosing(AnomalyVerdict Verdict, string Reason);

/// <summary>Body of <c>lift</c>.</summary>
public sealed record AnomalyLifting(string Reason);
