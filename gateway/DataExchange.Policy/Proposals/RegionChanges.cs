using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Calendars;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Json;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Members;
using DataExchange.Policy.Purposes;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Proposals;

/// <summary>What can be proposed. A kind that is listed here stands in the log of a founded region as part of a proposal only.</summary>
public static class RegionChanges
{
    // One line a kind: its event, the version of what it changes, and its rules.
    private static readonly IReadOnlyList<RegionChange> All =
    [
        new RegionChange<MemberAdmitted>(LeafKinds.MemberAdmitted, (e, rules) => rules.Membership.Find(e.Code)?.LogIndex, MemberChanges.CheckAdmitted),
        new RegionChange<MemberSuspended>(LeafKinds.MemberSuspended, (e, rules) => rules.Membership.Find(e.Code)?.StandingIndex, MemberChanges.CheckSuspended, MemberChanges.Conflict),
        new RegionChange<MemberReinstated>(LeafKinds.MemberReinstated, (e, rules) => rules.Membership.Find(e.Code)?.StandingIndex, MemberChanges.CheckReinstated, MemberChanges.Conflict),
        new RegionChange<PurposeRegistered>(LeafKinds.PurposeRegistered, (e, rules) => rules.Purposing.VersionOf(e.Code), SmallChanges.CheckPurpose),
        new RegionChange<PurposeWithdrawn>(LeafKinds.PurposeWithdrawn, (e, rules) => rules.Purposing.VersionOf(e.Code), SmallChanges.CheckWithdrawal),
        new RegionChange<WitnessesAppointed>(LeafKinds.WitnessAppointed, (_, rules) => rules.WitnessesIndex, SmallChanges.CheckWitnesses),
        new RegionChange<QuorumSet>(LeafKinds.QuorumSet, (_, rules) => rules.Proposals.QuorumIndex, SmallChanges.CheckQuorum),
        new RegionChange<CalendarSet>(LeafKinds.CalendarSet, (e, rules) => rules.Calendar.VersionOf(e.Year.Year), SmallChanges.CheckCalendar),
        new RegionChange<MatterDefined>(LeafKinds.MatterDefined, (e, rules) => rules.Matters.Find(e.Matter.Code)?.LogIndex, SmallChanges.CheckMatter),
        new RegionChange<MonitoringSet>(LeafKinds.MonitoringSet, (_, rules) => rules.MonitoringIndex, SmallChanges.CheckMonitoring),
    ];

    /// <summary>The kinds that can be proposed.</summary>
    public static IEnumerable<string> Kinds => All.Select(change => change.Kind);

    /// <summary>Reads a change as somebody wrote it.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="written">The record of the event that it is; canonical JSON without nulls.</param>
    /// <returns>The change, or everything that is wrong with how it is written. Whether the rules allow it is not asked.</returns>
    public static (GovernanceEvent? Change, IReadOnlyList<FoundingFault> Faults) Read(string kind, JsonElement written)
    {
        if (All.All(change => change.Kind != kind))
        {
            return (null, [new FoundingFault("$.kind", $"'{kind}' cannot be proposed; use one of {string.Join(", ", Kinds)}.")]);
        }

        try
        {
            return (GovernanceRecords.Read(kind, JsonSerializer.SerializeToUtf8Bytes(written, PolicyJsonContext.Default.JsonElement)), []);
        }
        catch (FormatException exception) when (exception.InnerException is JsonException { Path: var path } cause)
        {
            return (null, [new FoundingFault("$.change" + path?.TrimStart('$'), $"cannot be read as {kind}: {cause.Message}")]);
        }
    }

    internal static RegionChange Of(GovernanceEvent change) => All.First(known => known.Kind == change.Kind);

    /// <summary>Whether an event of this kind takes effect by proposal only, once the region is founded.</summary>
    public static bool IsProposable(string kind) => All.Any(change => change.Kind == kind);

    /// <summary>The change of a proposal that was made.</summary>
    /// <exception cref="FormatException">It is none that this version understands.</exception>
    internal static GovernanceEvent Enacted(ProposalMade made) => GovernanceRecords.Read(made.ChangeKind, CanonicalJson.Canonicalize(made.Change));

    /// <summary>Why the change of an open proposal can no longer take effect as it was proposed; null where it can.</summary>
    public static string? Obstacle(ProposalMade made, RegionSnapshot rules)
    {
        var change = Enacted(made);
        var kind = Of(change);
        if (kind.VersionOf(change, rules) != made.Of)
        {
            return "What the proposal changes was changed since. Propose it anew.";
        }

        var faults = new FoundingFaults();
        kind.Check(change, rules, faults);
        return faults.All is [var first, ..] ? $"The rules have changed since, and no longer allow it: {first} Propose another change." : null;
    }
}
