using DataExchange.Contracts.Log;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Erasures;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;

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
        new EventKind<DatasetPublished, Dataset>(LeafKinds.DatasetPublished, Json.Dataset, e => e.Dataset, r => new(r)),
        new EventKind<NoticePublished, ConsentNotice>(LeafKinds.NoticePublished, Json.ConsentNotice, e => e.Notice, r => new(r)),
        new EventKind<AgreementActivated, SignedAgreement>(LeafKinds.AgreementActivated, Json.SignedAgreement, e => e.Signed, r => new(r)),
        .. AgreementKinds.All,
        new EventKind<WitnessesAppointed, WitnessAppointment>(LeafKinds.WitnessAppointed, Json.WitnessAppointment, e => e.Appointment, r => new(r)),
        new EventKind<ErasureOrdered, ErasureOrderedRecord>(
            LeafKinds.ErasureOrdered, Json.ErasureOrderedRecord, e => new(e.Id, e.Subjects, e.Basis, e.Client), r => new(r.Id, r.Subjects, r.Basis, r.Client)),
        new EventKind<LogAdopted, LogAdoptedRecord>(
            LeafKinds.LogAdopted, Json.LogAdoptedRecord, e => new(e.Origin, e.Vkey, e.Stored, e.Known, e.Carried, e.Order) { Reason = e.Reason },
            r => new(r.Origin, r.Vkey, r.Stored, r.Known, r.Carried, r.Order, r.Reason)),
    ];
}

/// <summary>Record of <c>region.founded</c>.</summary>
internal sealed record RegionFoundedRecord(string Region, LocalizedText Names, DateTimeOffset Founded, int Entries);

/// <summary>Record of <c>erasure.ordered</c>.</summary>
internal sealed record ErasureOrderedRecord(string Id, int Subjects, ErasureBasis Basis, string Client);

/// <summary>Record of <c>log.adopted</c>.</summary>
internal sealed record LogAdoptedRecord(string Origin, string Vkey, StoredTree Stored, IReadOnlyList<string> Known, long Carried, string Order)
{
    public string? Reason { get; init; }
}
