using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;

namespace DataExchange.Contracts.Members;

/// <summary>Body of <c>POST /v1/members/{code}/keys</c>: a member replaces its keys.</summary>
public sealed record KeyRotation
{
    /// <summary>The new JWKS (RFC 7517): EC public keys on P-256, each with a <c>kid</c>. Keys that it does not name are retired.</summary>
    public required JsonElement Keys { get; init; }

    /// <summary>Compact JWS by a key that counts until then, under <c>{"keys":"{code}@{version}","sha256":"…"}</c>.</summary>
    public required string Signature { get; init; }
}

/// <summary>Body of <c>PUT /v1/members/{code}/clients</c>: a member says which clients act for it.</summary>
public sealed record ClientsChange
{
    /// <summary>The whole list: an array of <c>clientId</c> and, where tokens are bound to a certificate, <c>certificateThumbprint</c> (SHA-256, base64url).</summary>
    public required JsonElement Clients { get; init; }

    /// <summary>Compact JWS by a key of the member, under <c>{"clients":"{code}@{version}","sha256":"…"}</c>.</summary>
    public required string Signature { get; init; }
}

/// <summary>A member as the API shows it.</summary>
public sealed record MemberView
{
    /// <summary>The member's code.</summary>
    public required string Code { get; init; }

    /// <summary>Names by language.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary><c>active</c> or <c>suspended</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it is suspended; absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SuspendedBecause { get; init; }

    /// <summary>Whether it co-signs agreements over sensitive fields.</summary>
    public required bool DataAuthority { get; init; }

    /// <summary>The keys that count, as a JWKS (RFC 7517).</summary>
    public required JsonElement Keys { get; init; }

    /// <summary>Every key that it ever had, and the part of the governance log in which what it signed counts.</summary>
    public required IReadOnlyList<MemberKeyView> KeyHistory { get; init; }

    /// <summary>The clients that act for it.</summary>
    public required IReadOnlyList<MemberClient> Clients { get; init; }

    /// <summary>Index of the newest governance entry about it: its version, as the ETag.</summary>
    public required long LogIndex { get; init; }

    /// <summary>In the answer to a command: proof that its event is logged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}

/// <summary>A key of a member.</summary>
/// <param name="Kid">Its id, never given to another key of the member.</param>
/// <param name="Jwk">The public key, RFC 7517.</param>
/// <param name="From">Index of the governance entry that registered it.</param>
public sealed record MemberKeyView(string Kid, JsonElement Jwk, long From)
{
    /// <summary>Index of the entry that retired it: that one and every later one it cannot have signed. Absent while it counts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Until { get; init; }
}

/// <summary>A client of the identity provider that acts for a member.</summary>
/// <param name="ClientId">As tokens name it.</param>
public sealed record MemberClient(string ClientId)
{
    /// <summary>SHA-256 of the certificate that its tokens are bound to, base64url; absent where they are not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CertificateThumbprint { get; init; }
}

/// <summary>An entry of the governance log about a member.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="LogIndex">Index of the entry.</param>
/// <param name="Time">Its time.</param>
public sealed record MemberHistoryEntry(string Kind, long LogIndex, DateTimeOffset Time)
{
    /// <summary>The proposal that the entry enacted; absent where the founding file or the member itself made the change.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Proposal { get; init; }
}
