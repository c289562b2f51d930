using DataExchange.Policy.Commands;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Consents;

/// <summary>Who may say yes or no for a person: the person, and who holds a mandate of theirs for the purpose or the dataset.</summary>
public static class ConsentSpeakers
{
    /// <summary>As what the party speaks, and under which mandate; <see cref="ExpressedBy.None"/> for a party that does not.</summary>
    public static (ExpressedBy As, string? Mandate) Of(Party by, ConsentRecord consent, RegionSnapshot rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(consent);
        ArgumentNullException.ThrowIfNull(rules);
        if (by.Self.Value is null)
        {
            return default;
        }

        if (by.Self == consent.Subject)
        {
            return (ExpressedBy.Self, null);
        }

        var mandate = rules.Mandates.Of(consent.Subject).LastOrDefault(held => held.Delegate == by.Self && held.Covers(consent.Subject, consent.Purpose, consent.Dataset, now));
        return mandate?.Kind switch
        {
            MandateKind.Guardian => (ExpressedBy.Guardian, mandate.Id),
            MandateKind.Agent => (ExpressedBy.Agent, mandate.Id),
            _ => default,
        };
    }
}
