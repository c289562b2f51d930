using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Scorecards;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Scorecards;

/// <summary>The figures of a month are published, for good: what was counted wrong is said in the next month's, not written over.</summary>
public sealed record PublishScorecard : GovernanceCommand
{
    /// <summary>How long after the month its last entries may still be on their way into the logs.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <summary>As the gateway has counted it, from the logs alone.</summary>
    public required Scorecard Card { get; init; }

    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now)
    {
        if (!By.Is(Roles.Operator) && !By.Is(Roles.Reviewer))
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "Scorecards are published by a reviewer or the operator.");
        }

        if (!ScorecardPeriod.TryParse(Card.Period, out var period))
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "period is a month, for instance 2026-11.");
        }

        if (rules.FindScorecard(Card.Period) is not null)
        {
            return CommandOutcome.Conflict("The month's scorecard is published.");
        }

        if (now.ToUnixTimeMilliseconds() < period.EndMs + (long)Margin.TotalMilliseconds)
        {
            return CommandOutcome.Conflict("The month is not over, or not for an hour yet.");
        }

        var published = new ScorecardPublished(Card);
        return GovernanceRecords.Write(published).Length <= FoundingFile.MaxRecordLength
            ? CommandOutcome.Accept(published)
            : CommandOutcome.Refuse(ProblemSlugs.PayloadTooLarge, "The scorecard does not fit an entry of the log.");
    }
}
