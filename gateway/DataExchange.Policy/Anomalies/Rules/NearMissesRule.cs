namespace DataExchange.Policy.Anomalies.Rules;

/// <summary>Narrow refusals within the last hour, as far as they are remembered: somebody feels for the edge of what is permitted.</summary>
internal static class NearMissesRule
{
    private const int Version = 1;
    private const long WindowMs = 3_600_000;

    public static AnomalySignal? Check(in RuleContext context)
    {
        if (context.Rules.NearMisses is not { } limits)
        {
            return null;
        }

        var since = context.Attempt.TimeMs - WindowMs;
        var (count, oldest) = (0, long.MaxValue);
        var recent = context.History.Recent;
        for (var place = 0; place < recent.Count; place++)
        {
            ref readonly var attempt = ref recent[place];
            if (attempt.IsNearMiss && attempt.TimeMs > since)
            {
                count++;
                oldest = Math.Min(oldest, attempt.TimeMs);
            }
        }

        // By the clock hour, like the other hourly rule, so that a finding has an end that can be told to the caller.
        return count <= limits.Allowed ? null : context.Signal(
            AnomalyRuleCodes.NearMisses, Version, limits.Action, count, limits.Allowed, context.EndOfHour, attempt => attempt.TimeMs > since && attempt.IsNearMiss);
    }
}
