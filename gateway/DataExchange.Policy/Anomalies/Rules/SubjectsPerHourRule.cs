namespace DataExchange.Policy.Anomalies.Rules;

/// <summary>Different people in the present clock hour, against the official's own average over the hours they worked in the 28 days before.</summary>
internal static class SubjectsPerHourRule
{
    private const int Version = 1;

    public static AnomalySignal? Check(in RuleContext context)
    {
        if (context.Rules.SubjectsPerHour is not { } limits)
        {
            return null;
        }

        var baseline = context.History.Baseline;
        var threshold = !context.HasBaseline || baseline.ActiveHours < limits.MinActiveHours
            ? limits.Newcomer
            : Math.Clamp(CeilingOf(limits.Factor * baseline.Sum, baseline.ActiveHours), limits.Floor, limits.Ceiling);
        if (baseline.Present <= threshold)
        {
            return null;
        }

        var hour = context.EndOfHour - 3_600_000;
        return context.Signal(
            AnomalyRuleCodes.SubjectsPerHour, Version, limits.Action, baseline.Present, threshold, context.EndOfHour, attempt => attempt.TimeMs >= hour,
            ("activeHours", baseline.ActiveHours), ("subjectsInActiveHours", baseline.Sum), ("factor", limits.Factor), ("floor", limits.Floor), ("ceiling", limits.Ceiling));
    }

    private static int CeilingOf(int dividend, int divisor) => (dividend + divisor - 1) / divisor;
}
