using System.Collections.Immutable;
using System.Text.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Members;

/// <summary>A public key of a member, and the part of the governance log in which its signatures count.</summary>
/// <param name="Id">The <c>kid</c>. Never given to another key of the same member.</param>
/// <param name="Jwk">RFC 7517.</param>
/// <param name="From">Index of the entry that registered it.</param>
/// <param name="Until">Index of the entry that retired it: that one and every later one it cannot sign. Null while it counts.</param>
public sealed record MemberKey(string Id, JsonElement Jwk, long From, long? Until)
{
    /// <summary>The keys after an entry that gave the member this JWKS: those it does not name are retired, new ones are added behind.</summary>
    internal static ImmutableArray<MemberKey> Replace(ImmutableArray<MemberKey> keys, JsonElement jwks, long index)
    {
        var named = jwks.GetProperty("keys").EnumerateArray().ToDictionary(jwk => jwk.GetProperty("kid").GetString()!, StringComparer.Ordinal);
        var kept = keys.Select(key => key.Until is not null ? key : named.Remove(key.Id, out var same) ? key with { Jwk = same } : key with { Until = index });
        return [.. kept.ToList(), .. named.Select(jwk => new MemberKey(jwk.Key, jwk.Value, index, null))];
    }

    /// <summary>Of keys that a JWKS gives: those whose id was another key's, as the founding rules would say it.</summary>
    internal static IEnumerable<string> Reused(MemberEntry? entry, Member member) => entry is null
        ? []
        : Signatures.MemberKeys.IdsOf(member).Where(id => entry.Keys.FirstOrDefault(key => key.Id == id) is { } known
            && (known.Until is not null || !Signatures.MemberKeys.IsSame(known.Jwk, member, id)));
}
