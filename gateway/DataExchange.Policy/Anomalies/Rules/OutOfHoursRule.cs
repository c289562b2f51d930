namespace DataExchange.Policy.Anomalies.Rules;

/// <summary>Look-ups of one local day that lie out of office hours, by somebody who does not work such hours.</summary>
internal static class OutOfHoursRule
{
    private const int Version = 1;

    public static AnomalySignal? Check(in RuleContext context)
    {
        // Without what came before, nobody can be told from somebody on night duty.
        if (context.Rules.OutOfHours is not { } limits || !context.HasBaseline || context.Office.Contains(context.Hour) || context.History.Today.OutOfHours <= limits.Allowed)
        {
            return null;
        }

        var baseline = context.History.Baseline;
        if (baseline.ActiveHours >= limits.MinActiveHours && baseline.ActiveOutOfOffice * 100L >= limits.HabitPercent * (long)baseline.ActiveHours)
        {
            return null;
        }

        var (day, office) = (context.EndOfDay - 86_400_000, context.Office);
        return context.Signal(
            AnomalyRuleCodes.OutOfHours, Version, limits.Action, context.History.Today.OutOfHours, limits.Allowed, context.EndOfDay,
            attempt => attempt.TimeMs >= day && !office.Contains(LocalTime.Hour(attempt.TimeMs, office.Calendar)),
            ("activeHours", baseline.ActiveHours), ("activeHoursOutOfOffice", baseline.ActiveOutOfOffice), ("habitPercent", limits.HabitPercent));
    }
}
