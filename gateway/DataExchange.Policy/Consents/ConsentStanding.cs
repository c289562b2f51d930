using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Consents;

/// <summary>Where a consent stands at a moment: what its newest event says, and what time and the notice have made of it since. No event is needed for either, so a hundred thousand may expire at once and nothing happens.</summary>
public static class ConsentStanding
{
    public static ConsentState Of(ConsentRecord consent, RegionSnapshot rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(consent);
        ArgumentNullException.ThrowIfNull(rules);
        return consent.State switch
        {
            ConsentState.Requested when consent.ValidTo <= now || ConsentOverlap.IsOutdated(consent, rules) => ConsentState.RequestExpired,
            ConsentState.Given or ConsentState.Renewed when IsSuperseded(consent, rules, now) => ConsentState.Superseded,
            ConsentState.Given or ConsentState.Renewed when consent.ValidTo <= now => ConsentState.Expired,
            ConsentState.Given or ConsentState.Renewed when ConsentOverlap.IsOutdated(consent, rules) => ConsentState.Invalidated,
            var state => state,
        };
    }

    // Only what is no longer in force itself: as long as it is, nothing else is given for its use.
    private static bool IsSuperseded(ConsentRecord consent, RegionSnapshot rules, DateTimeOffset now) =>
        (consent.ValidTo <= now || ConsentOverlap.IsOutdated(consent, rules))
        && ConsentOverlap.InForce(consent, rules, now) is { } other && other.LogIndex > consent.LogIndex && consent.Fields.All(other.Fields.Contains);
}
