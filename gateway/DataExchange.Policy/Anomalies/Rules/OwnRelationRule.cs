namespace DataExchange.Policy.Anomalies.Rules;

/// <summary>The official looks up themselves, their household or a colleague, as far as a source of relations knows.</summary>
internal static class OwnRelationRule
{
    private const int Version = 1;

    public static AnomalySignal? Check(in RuleContext context)
    {
        if (context.Rules.OwnRelation is not { } limits || context.Attempt.Relation is Relation.Unknown or Relation.None)
        {
            return null;
        }

        var (subject, day) = (context.Attempt.Subject, context.EndOfDay - 86_400_000);
        return context.Signal(
            AnomalyRuleCodes.OwnRelation, Version, limits.Action, 1, 0, context.EndOfDay,
            attempt => attempt.TimeMs >= day && attempt.Subject == subject, ("relation", (long)context.Attempt.Relation));
    }
}
