using System.Text.Json.Serialization;
using DataExchange.Contracts.Scorecards;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Erasures;
using DataExchange.Policy.Members;
using DataExchange.Policy.Model;
using DataExchange.Policy.Notices;
using DataExchange.Policy.Purposes;

namespace DataExchange.Policy.Events;

/// <summary>One entry of the governance log, as the rules understand it. <c>contracts/governance-events.md</c> gives the record of each kind.</summary>
/// <param name="Kind">A kind of <see cref="Contracts.Log.LeafKinds"/>.</param>
public abstract record GovernanceEvent([property: JsonIgnore] string Kind)
{
    /// <summary>Code or id of what the event is about; null where it is about the region as such.</summary>
    public virtual string? Thing => null;
}

/// <summary>The region exists.</summary>
public sealed record RegionFounded(string Region, LocalizedText Names, DateTimeOffset Founded) : GovernanceEvent(Contracts.Log.LeafKinds.RegionFounded)
{
    /// <summary>How many entries the founding makes, this one included. With it, a founding that was broken off can be told from a file that grew or shrank since.</summary>
    public required int Entries { get; init; }
}

/// <summary>A member joined with its keys and clients.</summary>
public sealed record MemberAdmitted(Member Member) : MemberEvent(Contracts.Log.LeafKinds.MemberAdmitted, Member.Code);

/// <summary>A purpose was registered.</summary>
public sealed record PurposeRegistered(Purpose Purpose) : PurposeEvent(Contracts.Log.LeafKinds.PurposeRegistered, Purpose.Code);

/// <summary>A dataset revision was published; it takes the place of the one before.</summary>
/// <param name="Dataset">The revision.</param>
/// <param name="By">The steward who reviewed it, under the name that the subject vault has for them; null for what the region was founded with.</param>
public sealed record DatasetPublished(Dataset Dataset, SubjectHandle? By = null) : Catalogue.DatasetEvent(Contracts.Log.LeafKinds.DatasetPublished)
{
    public override string? Thing => Dataset.Code;
}

/// <summary>A notice revision was published; consents to older ones are no longer valid, unless nothing but wording has changed since.</summary>
public sealed record NoticePublished(ConsentNotice Notice) : NoticeEvent(Contracts.Log.LeafKinds.NoticePublished, Notice);

/// <summary>An agreement is in force: its approvals were verified.</summary>
public sealed record AgreementActivated(SignedAgreement Signed) : AgreementEvent(Contracts.Log.LeafKinds.AgreementActivated, Signed.Agreement.Id);

/// <summary>An agreement no longer permits anything until it is resumed.</summary>
/// <param name="Id">Id of the agreement.</param>
/// <param name="Reason">Why.</param>
/// <param name="Member">The party that suspended it; null where the founding file or a rule of the agreement did.</param>
/// <param name="Rule">The rule of the agreement that did; null where a party or the founding file did.</param>
public sealed record AgreementSuspended(string Id, string Reason, string? Member = null, SuspensionRule? Rule = null) : AgreementEvent(Contracts.Log.LeafKinds.AgreementSuspended, Id);

/// <summary>These witness the region's logs from here on; they take the place of those before.</summary>
public sealed record WitnessesAppointed(WitnessAppointment Appointment) : GovernanceEvent(Contracts.Log.LeafKinds.WitnessAppointed);

/// <summary>What departments did in a month.</summary>
public sealed record ScorecardPublished(Scorecard Card) : GovernanceEvent(Contracts.Log.LeafKinds.ScorecardPublished)
{
    public override string? Thing => Card.Period;
}

/// <summary>These are the anomaly rules from here on; they take the place of those before.</summary>
public sealed record MonitoringSet(AnomalyRuleSet Rules) : GovernanceEvent(Contracts.Log.LeafKinds.MonitoringSet);

/// <summary>
/// The operator was told to erase people, and does so as soon as this stands in the log. It says how many, for which reason and by whom,
/// and nothing about who they are; their consents end with it.
/// </summary>
/// <param name="Id">32 lower-case hexadecimal digits, random: tells one order from another.</param>
/// <param name="Subjects">How many people.</param>
/// <param name="Basis">Why, in law.</param>
/// <param name="Client">The client that ordered it.</param>
public sealed record ErasureOrdered(string Id, int Subjects, ErasureBasis Basis, string Client) : GovernanceEvent(Contracts.Log.LeafKinds.ErasureOrdered);

/// <summary>
/// The log takes the place of one that was retired, whose entries follow as far as they were stored. Stands before everything else, and
/// changes no rule.
/// </summary>
/// <param name="Origin">Origin of the retired log.</param>
/// <param name="Vkey">Its verifier key.</param>
/// <param name="Stored">Where it ended, as it was stored.</param>
/// <param name="Known">Checkpoints that it had signed and that were not of what was stored, as notes.</param>
/// <param name="Carried">How many of its entries follow.</param>
/// <param name="Order">The operator's order: 32 lower-case hexadecimal digits.</param>
/// <param name="Reason">Why, in the operator's words; null for none.</param>
public sealed record LogAdopted(
    string Origin, string Vkey, StoredTree Stored, IReadOnlyList<string> Known, long Carried, string Order, string? Reason = null) : GovernanceEvent(Contracts.Log.LeafKinds.LogAdopted);

/// <summary>A tree: entries, and the base64 of the root over them.</summary>
public sealed record StoredTree(long Size, string Root);
