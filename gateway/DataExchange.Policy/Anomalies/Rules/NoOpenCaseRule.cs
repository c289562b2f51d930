namespace DataExchange.Policy.Anomalies.Rules;

/// <summary>Look-ups of one local day that name no case.</summary>
internal static class NoOpenCaseRule
{
    private const int Version = 1;

    public static AnomalySignal? Check(in RuleContext context)
    {
        if (context.Rules.NoOpenCase is not { } limits || context.Attempt.NamesCase || context.History.Today.WithoutCase <= limits.Allowed)
        {
            return null;
        }

        var day = context.EndOfDay - 86_400_000;
        return context.Signal(
            AnomalyRuleCodes.NoOpenCase, Version, limits.Action, context.History.Today.WithoutCase, limits.Allowed, context.EndOfDay,
            attempt => attempt.TimeMs >= day && !attempt.NamesCase);
    }
}
