using DataExchange.Contracts.Calendars;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Scorecards;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Calendars;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Disputes;
using DataExchange.Policy.Erasures;
using DataExchange.Policy.Json;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Members;
using DataExchange.Policy.Model;
using DataExchange.Policy.Notices;
using DataExchange.Policy.Proposals;
using DataExchange.Policy.Purposes;

namespace DataExchange.Policy.Events;

/// <summary>How the open events are written and read, kind by kind.</summary>
internal static class OpenKinds
{
    private static readonly PolicyJsonContext Json = PolicyJsonContext.Default;

    public static IReadOnlyList<EventKind> All { get; } =
    [
        new EventKind<RegionFounded, RegionFoundedRecord>(
            LeafKinds.RegionFounded, Json.RegionFoundedRecord, e => new(e.Region, e.Names, e.Founded, e.Entries), r => new(r.Region, r.Names, r.Founded) { Entries = r.Entries }),
        new EventKind<MemberAdmitted, Member>(LeafKinds.MemberAdmitted, Json.Member, e => e.Member, r => new(r)),
        new EventKind<PurposeRegistered, Purpose>(LeafKinds.PurposeRegistered, Json.Purpose, e => e.Purpose, r => new(r)),
        new DatasetPublishedKind(),
        new EventKind<DatasetDrafted, DatasetDraftedRecord>(LeafKinds.DatasetDrafted, Json.DatasetDraftedRecord, e => new(e.Dataset, e.By), r => new(r.Dataset, r.By)),
        new EventKind<DatasetSubmitted, DatasetStepRecord>(LeafKinds.DatasetSubmitted, Json.DatasetStepRecord, e => new(e.Code, e.Revision, e.By), r => new(r.Code, r.Revision, r.By)),
        new EventKind<DatasetReturned, DatasetReasonRecord>(
            LeafKinds.DatasetReturned, Json.DatasetReasonRecord, e => new(e.Code, e.Revision, e.Reason, e.By), r => new(r.Code, r.Revision, r.Reason, r.By)),
        new EventKind<DatasetDiscarded, DatasetStepRecord>(LeafKinds.DatasetDiscarded, Json.DatasetStepRecord, e => new(e.Code, e.Revision, e.By), r => new(r.Code, r.Revision, r.By)),
        new EventKind<DatasetWithdrawn, DatasetReasonRecord>(
            LeafKinds.DatasetWithdrawn, Json.DatasetReasonRecord, e => new(e.Code, e.Revision, e.Reason, e.By), r => new(r.Code, r.Revision, r.Reason, r.By)),
        new EventKind<NoticeDrafted, ConsentNotice>(LeafKinds.NoticeDrafted, Json.ConsentNotice, e => e.Notice, r => new(r)),
        new EventKind<NoticePublished, ConsentNotice>(LeafKinds.NoticePublished, Json.ConsentNotice, e => e.Notice, r => new(r)),
        new EventKind<AgreementActivated, SignedAgreement>(LeafKinds.AgreementActivated, Json.SignedAgreement, e => e.Signed, r => new(r)),
        .. AgreementKinds.All,
        new EventKind<MatterDefined, Matter>(LeafKinds.MatterDefined, Json.Matter, e => e.Matter, r => new(r)),
        new EventKind<WitnessesAppointed, WitnessAppointment>(LeafKinds.WitnessAppointed, Json.WitnessAppointment, e => e.Appointment, r => new(r)),
        new EventKind<ScorecardPublished, Scorecard>(LeafKinds.ScorecardPublished, Json.Scorecard, e => e.Card, r => new(r)),
        new EventKind<MonitoringSet, AnomalyRuleSet>(LeafKinds.MonitoringSet, Json.AnomalyRuleSet, e => e.Rules, r => new(r)),
        new EventKind<ErasureOrdered, ErasureOrderedRecord>(
            LeafKinds.ErasureOrdered, Json.ErasureOrderedRecord, e => new(e.Id, e.Subjects, e.Basis, e.Client), r => new(r.Id, r.Subjects, r.Basis, r.Client)),
        .. DisputeKinds.All,
        .. MemberKinds.All,
        .. ProposalKinds.All,
        new EventKind<PurposeWithdrawn, PurposeWithdrawnRecord>(LeafKinds.PurposeWithdrawn, Json.PurposeWithdrawnRecord, e => new(e.Code, e.Reason), r => new(r.Purpose, r.Reason)),
        new EventKind<CalendarSet, CalendarYear>(LeafKinds.CalendarSet, Json.CalendarYear, e => e.Year, r => new(r)),
        new EventKind<LogAdopted, LogAdoptedRecord>(
            LeafKinds.LogAdopted, Json.LogAdoptedRecord, e => new(e.Origin, e.Vkey, e.Stored, e.Known, e.Carried, e.Order) { Reason = e.Reason },
            r => new(r.Origin, r.Vkey, r.Stored, r.Known, r.Carried, r.Order, r.Reason)),
    ];
}

/// <summary>Record of <c>region.founded</c>.</summary>
internal sealed record RegionFoundedRecord(string Region, LocalizedText Names, DateTimeOffset Founded, int Entries);

/// <summary>Record of <c>purpose.withdrawn</c>.</summary>
internal sealed record PurposeWithdrawnRecord(string Purpose, string Reason);

/// <summary>Record of <c>erasure.ordered</c>.</summary>
internal sealed record ErasureOrderedRecord(string Id, int Subjects, ErasureBasis Basis, string Client);

/// <summary>Record of <c>log.adopted</c>.</summary>
internal sealed record LogAdoptedRecord(string Origin, string Vkey, StoredTree Stored, IReadOnlyList<string> Known, long Carried, string Order)
{
    public string? Reason { get; init; }
}
