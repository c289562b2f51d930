using DataExchange.Policy.Decisions;

namespace DataExchange.Policy.Rules;

/// <summary>A token counts only in the hands of whoever it was issued to (RFC 8705 §3). One rule, for exchanges and for every other endpoint.</summary>
public static class SenderBinding
{
    /// <summary>
    /// A registered thumbprint binds every token of the client; a token bound by its issuer is held to that even where nothing is
    /// registered. A suspended member's clients are bound as before. A client that no member has registered is judged elsewhere.
    /// </summary>
    public static bool Holds(Actor actor, RegionSnapshot rules)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(rules);
        var registered = rules.Membership.FindByClient(actor.ClientId)?.Member.Clients.First(c => c.ClientId == actor.ClientId).CertificateThumbprint;
        return (registered is null || (actor.BoundTo == registered && actor.Presented == registered))
            && (actor.BoundTo is null || actor.Presented == actor.BoundTo);
    }
}
