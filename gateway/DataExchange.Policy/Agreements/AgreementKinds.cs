using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Agreements;

/// <summary>How the events of this register are written and read. <c>agreement.activated</c> is as old as the founding file and stands with the others in <see cref="OpenKinds"/>.</summary>
internal static class AgreementKinds
{
    private static readonly PolicyJsonContext Json = PolicyJsonContext.Default;

    public static IReadOnlyList<EventKind> All { get; } =
    [
        new EventKind<AgreementDrafted, AgreementDraftedRecord>(
            LeafKinds.AgreementDrafted, Json.AgreementDraftedRecord, e => new() { Agreement = e.Agreement }, r => new(r.Agreement)),
        new EventKind<AgreementSupplemented, AgreementSupplementedRecord>(
            LeafKinds.AgreementSupplemented, Json.AgreementSupplementedRecord, e => new() { Agreement = e.Agreement, Clock = e.Clock }, r => new(r.Agreement, r.Clock)),
        AsItIs(LeafKinds.AgreementRequested, Json.AgreementRequested),
        AsItIs(LeafKinds.AgreementSupplementRequested, Json.AgreementSupplementRequested),
        AsItIs(LeafKinds.AgreementExtended, Json.AgreementExtended),
        AsItIs(LeafKinds.AgreementApproved, Json.AgreementApproved),
        AsItIs(LeafKinds.AgreementRefused, Json.AgreementRefused),
        AsItIs(LeafKinds.AgreementWithdrawn, Json.AgreementWithdrawn),
        AsItIs(LeafKinds.AgreementSuspended, Json.AgreementSuspended),
        AsItIs(LeafKinds.AgreementResumed, Json.AgreementResumed),
        AsItIs(LeafKinds.AgreementTerminated, Json.AgreementTerminated),
        AsItIs(LeafKinds.AgreementEscalated, Json.AgreementEscalated),
    ];

    private static EventKind<TEvent, TEvent> AsItIs<TEvent>(string kind, JsonTypeInfo<TEvent> json)
        where TEvent : AgreementEvent => new(kind, json, e => e, e => e);
}

/// <summary>Record of <c>agreement.drafted</c>.</summary>
internal sealed record AgreementDraftedRecord
{
    [JsonConverter(typeof(AgreementAsWrittenConverter))]
    public required SharingAgreement Agreement { get; init; }
}

/// <summary>Record of <c>agreement.supplemented</c>.</summary>
internal sealed record AgreementSupplementedRecord
{
    [JsonConverter(typeof(AgreementAsWrittenConverter))]
    public required SharingAgreement Agreement { get; init; }
    public required string Clock { get; init; }
}
