namespace DataExchange.Policy.Anomalies;

/// <summary>The rules by name. <c>contracts/anomaly-rules.md</c> gives the formula of each.</summary>
public static class AnomalyRuleCodes
{
    public const string SubjectsPerHour = "subjects-per-hour";
    public const string NoOpenCase = "no-open-case";
    public const string SequentialNumbers = "sequential-numbers";
    public const string OwnRelation = "own-relation";
    public const string OutOfHours = "out-of-hours";
    public const string BreadthPerSubject = "breadth-per-subject";
    public const string NearMisses = "near-misses";

    public static IReadOnlyList<string> All { get; } = [SubjectsPerHour, NoOpenCase, SequentialNumbers, OwnRelation, OutOfHours, BreadthPerSubject, NearMisses];
}
