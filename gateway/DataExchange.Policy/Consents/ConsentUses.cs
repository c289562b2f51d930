namespace DataExchange.Policy.Consents;

/// <summary>
/// Counts the uses of a consent that permits so many. A use is an event of its own, entered before the release that it is for and never
/// given back: a release that then does not come about has still been counted, for nobody could prove that nothing left. So there is never
/// one too many, whatever breaks off when.
/// </summary>
public static class ConsentUses
{
    /// <summary>Most uses that a consent can be limited to: each stands in its record.</summary>
    public const int MaxUses = 100;

    /// <summary>Whether one exchange may use it: it is counted already, or one more may be.</summary>
    public static bool Permits(ConsentRecord consent, DateTimeOffset now, long? exchange)
    {
        ArgumentNullException.ThrowIfNull(consent);
        return consent.MaxUses is not { } max || IsCounted(consent, exchange) || Used(consent, now).Count < max;
    }

    /// <summary>Whether this exchange's use is counted. The zero value, an exchange whose intent is not logged yet, is not.</summary>
    public static bool IsCounted(ConsentRecord consent, long? exchange)
    {
        ArgumentNullException.ThrowIfNull(consent);
        return exchange is { } intent && consent.Uses?.Contains(intent) == true;
    }

    /// <summary>The uses in the present period.</summary>
    public static IReadOnlyList<long> Used(ConsentRecord consent, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(consent);
        return consent.Uses is { } uses && consent.UsesFrom == PeriodStart(consent, now) ? uses : [];
    }

    /// <summary>When the present period began; the giving, for a consent without periods.</summary>
    public static DateTimeOffset? PeriodStart(ConsentRecord consent, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(consent);
        return consent.ValidFrom is not { } from || now < from ? consent.ValidFrom : consent.Period switch
        {
            ConsentPeriod.Day => from + TimeSpan.FromDays(Math.Floor((now - from) / TimeSpan.FromDays(1))),
            ConsentPeriod.Week => from + TimeSpan.FromDays(7 * Math.Floor((now - from) / TimeSpan.FromDays(7))),
            ConsentPeriod.Month => AddMonths(from, now, 1),
            ConsentPeriod.Year => AddMonths(from, now, 12),
            _ => from,
        };
    }

    /// <summary>The consent with this exchange's use counted.</summary>
    internal static ConsentRecord Count(ConsentRecord consent, DateTimeOffset now, long exchange)
    {
        IReadOnlyList<long> uses = [.. Used(consent, now), exchange];
        return consent with
        {
            Uses = uses,
            UsesFrom = PeriodStart(consent, now),
            State = consent.Period is null && uses.Count >= consent.MaxUses ? ConsentState.Exhausted : consent.State,
        };
    }

    // Always from the giving: from the 31st, a month later is the 28th, and two months later the 31st again.
    private static DateTimeOffset AddMonths(DateTimeOffset from, DateTimeOffset now, int months)
    {
        var utc = now.ToOffset(from.Offset);
        var periods = (((utc.Year - from.Year) * 12) + utc.Month - from.Month) / months;
        var start = from.AddMonths(periods * months);
        return start <= now ? start : from.AddMonths((periods - 1) * months);
    }
}
