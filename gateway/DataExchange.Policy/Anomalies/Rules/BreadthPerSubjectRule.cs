namespace DataExchange.Policy.Anomalies.Rules;

/// <summary>Different datasets about one person on one local day.</summary>
internal static class BreadthPerSubjectRule
{
    private const int Version = 1;

    /// <param name="context">The attempt.</param>
    /// <param name="datasets">Different datasets about its person today, this one included.</param>
    public static AnomalySignal? Check(in RuleContext context, int datasets)
    {
        if (context.Rules.BreadthPerSubject is not { } limits || datasets <= limits.Allowed)
        {
            return null;
        }

        var (subject, day) = (context.Attempt.Subject, context.EndOfDay - 86_400_000);
        return context.Signal(
            AnomalyRuleCodes.BreadthPerSubject, Version, limits.Action, datasets, limits.Allowed, context.EndOfDay,
            attempt => attempt.TimeMs >= day && attempt.Subject == subject);
    }
}
