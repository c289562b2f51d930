using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Erasures;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Events;

/// <summary>Events to and from the records that stand in, or sealed beside, the leaves of the governance log. Canonical JSON (RFC 8785).</summary>
public static class GovernanceRecords
{
    private static readonly PolicyJsonContext Json = PolicyJsonContext.Default;

    /// <summary>The canonical record of an event.</summary>
    public static byte[] Write(GovernanceEvent @event) => @event switch
    {
        RegionFounded e => Canonical(new RegionFoundedRecord(e.Region, e.Names, e.Founded, e.Entries), Json.RegionFoundedRecord),
        MemberAdmitted e => Canonical(e.Member, Json.Member),
        PurposeRegistered e => Canonical(e.Purpose, Json.Purpose),
        DatasetPublished e => Canonical(e.Dataset, Json.Dataset),
        NoticePublished e => Canonical(e.Notice, Json.ConsentNotice),
        AgreementActivated e => Canonical(e.Signed, Json.SignedAgreement),
        AgreementSuspended e => Canonical(new AgreementSuspendedRecord(e.Id, e.Reason), Json.AgreementSuspendedRecord),
        WitnessesAppointed e => Canonical(e.Appointment, Json.WitnessAppointment),
        ConsentChanged e => Canonical(e.Consent with { Subject = default }, Json.ConsentRecord),
        ErasureOrdered e => Canonical(new ErasureOrderedRecord(e.Id, e.Subjects, e.Basis, e.Client), Json.ErasureOrderedRecord),
        LogAdopted e => Canonical(new LogAdoptedRecord(e.Origin, e.Vkey, e.Stored, e.Known, e.Carried, e.Order) { Reason = e.Reason }, Json.LogAdoptedRecord),
        _ => throw new InvalidOperationException($"{@event.GetType().Name} has no record."),
    };

    /// <summary>Reads an event back.</summary>
    /// <exception cref="FormatException">The kind is unknown, or the record is not one of that kind.</exception>
    /// <param name="kind">The leaf's kind.</param>
    /// <param name="record">The record.</param>
    /// <param name="subject">Whose entry it is, where it was sealed; its record does not say.</param>
    public static GovernanceEvent Read(string kind, ReadOnlySpan<byte> record, SubjectHandle subject = default)
    {
        try
        {
            return kind switch
            {
                LeafKinds.RegionFounded => Founded(Parse(record, Json.RegionFoundedRecord)),
                LeafKinds.MemberAdmitted => new MemberAdmitted(Parse(record, Json.Member)),
                LeafKinds.PurposeRegistered => new PurposeRegistered(Parse(record, Json.Purpose)),
                LeafKinds.DatasetPublished => new DatasetPublished(Parse(record, Json.Dataset)),
                LeafKinds.NoticePublished => new NoticePublished(Parse(record, Json.ConsentNotice)),
                LeafKinds.AgreementActivated => new AgreementActivated(Parse(record, Json.SignedAgreement)),
                LeafKinds.AgreementSuspended => Suspended(Parse(record, Json.AgreementSuspendedRecord)),
                LeafKinds.WitnessAppointed => new WitnessesAppointed(Parse(record, Json.WitnessAppointment)),
                LeafKinds.ErasureOrdered => Erasure(Parse(record, Json.ErasureOrderedRecord)),
                LeafKinds.LogAdopted => Adopted(Parse(record, Json.LogAdoptedRecord)),
                LeafKinds.ConsentRequested or LeafKinds.ConsentGiven or LeafKinds.ConsentRefused or LeafKinds.ConsentWithdrawn
                    => new ConsentChanged(kind, Parse(record, Json.ConsentRecord) with { Subject = subject }),
                _ => throw new FormatException($"The governance log holds an entry of the unknown kind '{kind}'."),
            };
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The governance log holds an entry of the kind '{kind}' whose record cannot be read.", exception);
        }
    }

    /// <summary>The record of <c>witness.appointed</c>, which is also its register row.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static WitnessAppointment ReadWitnesses(ReadOnlySpan<byte> record) => Parse(record, Json.WitnessAppointment);

    /// <summary>A consent as its register row holds it: the newest record together with the subject it belongs to.</summary>
    public static byte[] WriteRow(ConsentRecord consent) => Canonical(consent, Json.ConsentRecord);

    /// <summary>Reads what <see cref="WriteRow"/> wrote.</summary>
    /// <exception cref="JsonException">Not a consent with its subject.</exception>
    public static ConsentRecord ReadRow(ReadOnlySpan<byte> row) => Parse(row, Json.ConsentRecord) is { Subject: { Value: not null } } consent
        ? consent
        : throw new JsonException("A consent's row names its subject.");

    private static RegionFounded Founded(RegionFoundedRecord record) => new(record.Region, record.Names, record.Founded) { Entries = record.Entries };

    private static AgreementSuspended Suspended(AgreementSuspendedRecord record) => new(record.Id, record.Reason);

    private static ErasureOrdered Erasure(ErasureOrderedRecord record) => new(record.Id, record.Subjects, record.Basis, record.Client);

    private static LogAdopted Adopted(LogAdoptedRecord record) =>
        new(record.Origin, record.Vkey, record.Stored, record.Known, record.Carried, record.Order, record.Reason);

    private static byte[] Canonical<T>(T value, JsonTypeInfo<T> type) => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(value, type));

    private static T Parse<T>(ReadOnlySpan<byte> record, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(record, type) ?? throw new JsonException("The record is null.");
}

/// <summary>Record of <c>region.founded</c>.</summary>
internal sealed record RegionFoundedRecord(string Region, LocalizedText Names, DateTimeOffset Founded, int Entries);

/// <summary>Record of <c>agreement.suspended</c>.</summary>
internal sealed record AgreementSuspendedRecord(string Id, string Reason);

/// <summary>Record of <c>erasure.ordered</c>.</summary>
internal sealed record ErasureOrderedRecord(string Id, int Subjects, ErasureBasis Basis, string Client);

/// <summary>Record of <c>log.adopted</c>.</summary>
internal sealed record LogAdoptedRecord(string Origin, string Vkey, StoredTree Stored, IReadOnlyList<string> Known, long Carried, string Order)
{
    public string? Reason { get; init; }
}
