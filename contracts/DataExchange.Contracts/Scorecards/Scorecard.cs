using System.Text.Json.Serialization;

namespace DataExchange.Contracts.Scorecards;

/// <summary>
/// What departments did in a month: the record of <c>scorecard.published</c>. <c>contracts/scorecard.md</c> gives the formula of every
/// figure. All are integers, or decimals with four places written as text, so that they can be recomputed to the digit.
/// </summary>
/// <param name="Formula">Version of the formula.</param>
/// <param name="Period">The month, <c>2026-11</c>.</param>
/// <param name="Access">Entries of the access log that it covers.</param>
/// <param name="Governance">Entries of the governance log that it covers: those before the end count for what runs from month to month.</param>
/// <param name="Totals">Of the whole region, by what anyone can read from the leaves.</param>
/// <param name="Departments">By member code, in its order.</param>
public sealed record Scorecard(int Formula, string Period, ScorecardRange Access, ScorecardRange Governance, ScorecardTotals Totals, IReadOnlyList<DepartmentScorecard> Departments);

/// <summary>Entries of a log.</summary>
/// <param name="First">Index of the first.</param>
/// <param name="End">Index after the last.</param>
public sealed record ScorecardRange(long First, long End);

/// <summary>Counts over the leaves, which need no opening, and how many entries nobody could open.</summary>
/// <param name="Requested">Leaves <c>access.requested</c>.</param>
/// <param name="Released">Leaves <c>access.released</c>.</param>
/// <param name="Refused">Leaves <c>access.refused</c>.</param>
/// <param name="Failed">Leaves <c>access.failed</c>.</param>
/// <param name="Findings">Leaves <c>anomaly.found</c>.</param>
/// <param name="Unopened">Of all these, how many are about somebody who was erased; the departments' figures are without them.</param>
public sealed record ScorecardTotals(long Requested, long Released, long Refused, long Failed, long Findings, long Unopened);

/// <summary>One department.</summary>
/// <param name="Member">Member code.</param>
/// <param name="Provider">As the owner of records.</param>
/// <param name="Consumer">As the one who asks.</param>
/// <param name="Agreements">As a party that is asked to agree.</param>
/// <param name="Officials">Of its officials, together.</param>
public sealed record DepartmentScorecard(string Member, ProviderScorecard Provider, ConsumerScorecard Consumer, AgreementScorecard Agreements, OfficialsScorecard Officials);

/// <summary>A department as the owner of records.</summary>
/// <param name="Asked">Intents.</param>
/// <param name="Released">Releases.</param>
/// <param name="Unavailable">Failures <c>provider-unavailable</c>.</param>
/// <param name="TimedOut">Failures <c>provider-timeout</c>.</param>
/// <param name="SchemaFaults">Failures <c>provider-schema-violation</c> and <c>provider-subject-mismatch</c>.</param>
/// <param name="OtherFailures">Failures that are not the provider's doing: no such record, a caller that hung up, rules that changed.</param>
/// <param name="Availability">Released / (released + unavailable + timed out + schema faults), four places, rounded down; null where nothing was asked of it.</param>
public sealed record ProviderScorecard(
    long Asked, long Released, long Unavailable, long TimedOut, long SchemaFaults, long OtherFailures,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Availability = null);

/// <summary>A department as the one who asks.</summary>
/// <param name="Attempts">Intents, and refusals without one.</param>
/// <param name="Refused">Refusals.</param>
/// <param name="Refusals">Refusals by code, in its order.</param>
/// <param name="RefusedShare">Refused / attempts, four places, rounded down; null where nothing was attempted.</param>
public sealed record ConsumerScorecard(
    long Attempts, long Refused, IReadOnlyList<CodeCount> Refusals, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefusedShare = null);

/// <summary>How often something bore a code.</summary>
public sealed record CodeCount(string Code, long Count);

/// <summary>A department's clocks, from open entries alone.</summary>
/// <param name="Answered">Approvals and refusals of agreements by it.</param>
/// <param name="OnTime">Of these, those before any entry that said that its clock for the reply had run out.</param>
/// <param name="MissedClocks">Clocks of whatever kind that it missed.</param>
/// <param name="OnTimeShare">On time / answered, four places, rounded down; null where nothing was answered.</param>
public sealed record AgreementScorecard(
    long Answered, long OnTime, long MissedClocks, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OnTimeShare = null);

/// <summary>What the anomaly rules found about a department's officials, together.</summary>
/// <param name="Found">Findings.</param>
/// <param name="Justified">Findings that were closed as justified.</param>
/// <param name="Unjustified">Findings that were closed as unjustified.</param>
public sealed record OfficialsScorecard(long Found, long Justified, long Unjustified);

/// <summary>One official, for reviewers.</summary>
/// <param name="Client">Where they sign in.</param>
/// <param name="User">Who they are there.</param>
/// <param name="Attempts">Intents, and refusals without one.</param>
/// <param name="Refused">Refusals.</param>
/// <param name="Member">Their department; null for a client of none.</param>
/// <param name="RefusedShare">Refused / attempts, four places, rounded down.</param>
public sealed record OfficialScorecard(
    string Client, string User, long Attempts, long Refused,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Member = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefusedShare = null);
