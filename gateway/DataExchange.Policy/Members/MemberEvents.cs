using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Members;

/// <summary>Something happened to a member. Open: who may act for a department, and under which keys, is for anyone to read.</summary>
/// <param name="Kind">The event's kind.</param>
/// <param name="Code">The member's code.</param>
public abstract record MemberEvent(string Kind, string Code) : GovernanceEvent(Kind)
{
    public override string? Thing => Code;
}

/// <summary>The members suspended one of them.</summary>
public sealed record MemberSuspended(string Code, string Reason) : MemberEvent(LeafKinds.MemberSuspended, Code);

/// <summary>A suspended member is one again.</summary>
public sealed record MemberReinstated(string Code, string Reason) : MemberEvent(LeafKinds.MemberReinstated, Code);

/// <summary>A member replaced its keys.</summary>
/// <param name="Code">The member.</param>
/// <param name="Of">The version of the member that it replaces them in: part of what is signed, so that nobody can replay it.</param>
/// <param name="Keys">The new JWKS.</param>
/// <param name="Signature">Compact JWS by a key that counted until now, under <c>{"keys":"{code}@{of}","sha256":"…"}</c>.</param>
public sealed record KeyRotated(string Code, long Of, JsonElement Keys, string Signature) : MemberEvent(LeafKinds.KeyRotated, Code);

/// <summary>A member said which clients act for it.</summary>
/// <param name="Code">The member.</param>
/// <param name="Of">The version of the member that it replaces them in.</param>
/// <param name="Clients">The whole list.</param>
/// <param name="Signature">Compact JWS by a key of the member, under <c>{"clients":"{code}@{of}","sha256":"…"}</c>.</param>
public sealed record ClientsSet(string Code, long Of, IReadOnlyList<ClientRegistration> Clients, string Signature) : MemberEvent(LeafKinds.MemberClientsSet, Code);
