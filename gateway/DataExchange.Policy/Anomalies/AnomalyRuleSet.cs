namespace DataExchange.Policy.Anomalies;

/// <summary>
/// The rules in force with their thresholds and actions: the record of <c>monitoring.set</c>, open for anyone to read. A rule that is
/// absent is off. All numbers are integers, so that a finding can be computed again to the digit.
/// </summary>
public sealed record AnomalyRuleSet
{
    /// <summary>1 and up; each set takes the place of the one before.</summary>
    public required int Revision { get; init; }

    /// <summary>The <c>acr</c> that a token has to carry to count as a strong sign-in; null where no sign-in does.</summary>
    public string? StepUpAcr { get; init; }

    /// <summary>How long after a finding was closed as justified the same rule stays silent about the same official, in hours.</summary>
    public required int ExemptHours { get; init; }

    public SubjectsPerHourLimits? SubjectsPerHour { get; init; }
    public CountLimits? NoOpenCase { get; init; }
    public SequentialNumbersLimits? SequentialNumbers { get; init; }
    public RelationLimits? OwnRelation { get; init; }
    public OutOfHoursLimits? OutOfHours { get; init; }
    public CountLimits? BreadthPerSubject { get; init; }
    public CountLimits? NearMisses { get; init; }

    /// <summary>The set that the figures in <c>contracts/anomaly-rules.md</c> were measured with.</summary>
    public static AnomalyRuleSet Recommended { get; } = new()
    {
        Revision = 1,
        StepUpAcr = "urn:data-exchange:acr:strong",
        ExemptHours = 72,
        SubjectsPerHour = new SubjectsPerHourLimits(AnomalyAction.Throttle, Factor: 3, Floor: 40, Ceiling: 120, Newcomer: 60, MinActiveHours: 16),
        NoOpenCase = new CountLimits(AnomalyAction.StepUp, Allowed: 6),
        SequentialNumbers = new SequentialNumbersLimits(AnomalyAction.HoldForReview, Step: 2, Allowed: 4),
        OwnRelation = new RelationLimits(AnomalyAction.HoldForReview),
        OutOfHours = new OutOfHoursLimits(AnomalyAction.StepUp, FromHour: 7, ToHour: 20, Allowed: 3, HabitPercent: 20, MinActiveHours: 16),
        BreadthPerSubject = new CountLimits(AnomalyAction.StepUp, Allowed: 7),
        NearMisses = new CountLimits(AnomalyAction.Throttle, Allowed: 5),
    };

    /// <summary>What is wrong with the set, in sentences; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        Require(Revision >= 1, "revision is 1 or more.");
        Require(ExemptHours is >= 1 and <= 24 * 28, "exemptHours is 1 to 672.");
        Require(StepUpAcr is null or { Length: > 0 and <= 200 }, "stepUpAcr is 1 to 200 characters.");
        Require(StepUpAcr is not null || Actions().All(action => action != AnomalyAction.StepUp), "stepUpAcr is missing: a rule asks for a stronger sign-in that no token could show.");
        if (SubjectsPerHour is { } hourly)
        {
            Require(hourly.Factor is >= 1 and <= 100, "subjectsPerHour.factor is 1 to 100.");
            Require(1 <= hourly.Floor && hourly.Floor <= hourly.Newcomer && hourly.Newcomer <= hourly.Ceiling && hourly.Ceiling < DistinctCounter.Max,
                $"subjectsPerHour has 1 <= floor <= newcomer <= ceiling < {DistinctCounter.Max}.");
            Require(hourly.MinActiveHours is >= 1 and <= HourlyBaseline.Hours, $"subjectsPerHour.minActiveHours is 1 to {HourlyBaseline.Hours}.");
        }

        if (SequentialNumbers is { } sequence)
        {
            Require(sequence.Step is >= 1 and <= 100, "sequentialNumbers.step is 1 to 100.");
            Require(sequence.Allowed is >= 2 and < RecentAttempts.Capacity, $"sequentialNumbers.allowed is 2 to {RecentAttempts.Capacity - 1}.");
        }

        if (OutOfHours is { } hours)
        {
            Require(0 <= hours.FromHour && hours.FromHour < hours.ToHour && hours.ToHour <= 24, "outOfHours has 0 <= fromHour < toHour <= 24.");
            Require(hours.Allowed >= 0, "outOfHours.allowed is 0 or more.");
            Require(hours.HabitPercent is >= 1 and <= 100, "outOfHours.habitPercent is 1 to 100.");
            Require(hours.MinActiveHours is >= 1 and <= HourlyBaseline.Hours, $"outOfHours.minActiveHours is 1 to {HourlyBaseline.Hours}.");
        }

        Require(NoOpenCase is null or { Allowed: >= 0 }, "noOpenCase.allowed is 0 or more.");
        Require(BreadthPerSubject is null or { Allowed: >= 1 }, "breadthPerSubject.allowed is 1 or more.");
        Require(NearMisses is null or { Allowed: >= 0 and < RecentAttempts.Capacity }, $"nearMisses.allowed is 0 to {RecentAttempts.Capacity - 1}.");
        return faults;

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }

    /// <summary>The action of a rule; null when the rule is off.</summary>
    public AnomalyAction? ActionOf(string rule) => rule switch
    {
        AnomalyRuleCodes.SubjectsPerHour => SubjectsPerHour?.Action,
        AnomalyRuleCodes.NoOpenCase => NoOpenCase?.Action,
        AnomalyRuleCodes.SequentialNumbers => SequentialNumbers?.Action,
        AnomalyRuleCodes.OwnRelation => OwnRelation?.Action,
        AnomalyRuleCodes.OutOfHours => OutOfHours?.Action,
        AnomalyRuleCodes.BreadthPerSubject => BreadthPerSubject?.Action,
        AnomalyRuleCodes.NearMisses => NearMisses?.Action,
        _ => null,
    };

    private IEnumerable<AnomalyAction> Actions() => AnomalyRuleCodes.All.Select(ActionOf).OfType<AnomalyAction>();
}
