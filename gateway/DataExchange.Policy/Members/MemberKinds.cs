using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Members;

/// <summary>How the events about members are written and read.</summary>
internal static class MemberKinds
{
    private static readonly PolicyJsonContext Json = PolicyJsonContext.Default;

    public static IReadOnlyList<EventKind> All { get; } =
    [
        new EventKind<MemberSuspended, StandingRecord>(LeafKinds.MemberSuspended, Json.StandingRecord, e => new(e.Code, e.Reason), r => new(r.Member, r.Reason)),
        new EventKind<MemberReinstated, StandingRecord>(LeafKinds.MemberReinstated, Json.StandingRecord, e => new(e.Code, e.Reason), r => new(r.Member, r.Reason)),
        new EventKind<KeyRotated, KeyRotatedRecord>(LeafKinds.KeyRotated, Json.KeyRotatedRecord, e => new(e.Code, e.Of, e.Keys, e.Signature), r => new(r.Member, r.Of, r.Keys, r.Signature)),
        new EventKind<ClientsSet, ClientsSetRecord>(LeafKinds.MemberClientsSet, Json.ClientsSetRecord, e => new(e.Code, e.Of, e.Clients, e.Signature), r => new(r.Member, r.Of, r.Clients, r.Signature)),
    ];
}

/// <summary>Record of <c>member.suspended</c> and <c>member.reinstated</c>.</summary>
internal sealed record StandingRecord(string Member, string Reason);

/// <summary>Record of <c>key.rotated</c>.</summary>
internal sealed record KeyRotatedRecord(string Member, long Of, JsonElement Keys, string Signature);

/// <summary>Record of <c>member.clients-set</c>.</summary>
internal sealed record ClientsSetRecord(string Member, long Of, IReadOnlyList<ClientRegistration> Clients, string Signature);
