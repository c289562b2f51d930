using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Anomalies;

/// <summary>Findings and their review, as <c>contracts/state-machines.md</c> has it.</summary>
internal static class AnomalyMachine
{
    private const int MaxName = 256;
    private const int MaxReason = 2000;

    public static CommandOutcome Record(RecordAnomaly command, RegionSnapshot rules, DateTimeOffset now)
    {
        var signal = command.Signal;
        if (rules.Anomalies.Of(command.Subject).Any(finding => finding.Rule == signal.Rule && finding.IsHold()))
        {
            return CommandOutcome.Conflict("A finding of the rule holds the official already.");
        }

        return Accept(LeafKinds.AnomalyFound, new AnomalyFinding
        {
            Id = RecordId.New("anomaly", command.Subject, rules.GovernanceSize),
            Subject = command.Subject,
            Rule = signal.Rule,
            Version = signal.Version,
            RuleSet = rules.Monitoring?.Revision ?? 0,
            Action = signal.Action,
            Member = command.Member,
            Official = command.Official,
            FoundAt = now,
            Until = DateTimeOffset.FromUnixTimeMilliseconds(signal.UntilMs),
            Observed = signal.Observed,
            Threshold = signal.Threshold,
            Figures = signal.Figures,
            Entries = [.. signal.Entries, command.Index],
            State = AnomalyState.Found,
        });
    }

    public static CommandOutcome Review(ReviewAnomaly command, RegionSnapshot rules, DateTimeOffset now)
    {
        if (!command.By.Is(Roles.Reviewer))
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "Findings are for reviewers.");
        }

        if (rules.Anomalies.Find(command.Id) is not { } finding || finding.Subject != command.Subject)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such finding.");
        }

        if (command.IsOwn)
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "Nobody reviews a finding about themselves.");
        }

        return command switch
        {
            AssignAnomaly assign => Assign(assign, finding),
            CloseAnomaly close => Close(close, finding, rules, now),
            LiftAnomaly lift => Lift(lift, finding),
            _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
        };
    }

    private static CommandOutcome Assign(AssignAnomaly command, AnomalyFinding finding)
    {
        var assignee = command.Assignee ?? command.By.Name;
        if (string.IsNullOrWhiteSpace(assignee) || assignee.Length > MaxName)
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, $"assignee is 1 to {MaxName} characters.");
        }

        return finding.State is AnomalyState.Found or AnomalyState.Assigned
            ? Accept(LeafKinds.AnomalyAssigned, finding with { State = AnomalyState.Assigned, Assignee = assignee })
            : Conflict(finding, command.By);
    }

    private static CommandOutcome Close(CloseAnomaly command, AnomalyFinding finding, RegionSnapshot rules, DateTimeOffset now)
    {
        if (!IsReason(command.Reason))
        {
            return NoReason();
        }

        return finding.State == AnomalyState.Assigned && finding.Assignee == command.By.Name
            ? Accept(LeafKinds.AnomalyClosed, finding with
            {
                State = command.Justified ? AnomalyState.Justified : AnomalyState.Unjustified,
                ClosedBy = command.By.Name,
                Reason = command.Reason,
                ExemptUntil = command.Justified ? now.AddHours(rules.Monitoring?.ExemptHours ?? 0) : null,
            })
            : Conflict(finding, command.By);
    }

    private static CommandOutcome Lift(LiftAnomaly command, AnomalyFinding finding)
    {
        if (!IsReason(command.Reason))
        {
            return NoReason();
        }

        return finding.State == AnomalyState.Unjustified
            ? Accept(LeafKinds.AnomalyLifted, finding with { State = AnomalyState.Lifted, LiftedBy = command.By.Name, LiftReason = command.Reason })
            : Conflict(finding, command.By);
    }

    private static CommandOutcome Conflict(AnomalyFinding finding, Party by) => CommandOutcome.Conflict($"A finding that is {finding.State} cannot be changed so by you.", finding.State switch
    {
        AnomalyState.Found => ["assign"],
        AnomalyState.Assigned when finding.Assignee == by.Name => ["assign", "close"],
        AnomalyState.Assigned => ["assign"],
        AnomalyState.Unjustified => ["lift"],
        _ => [],
    });

    private static CommandOutcome Accept(string kind, AnomalyFinding finding) => CommandOutcome.Accept(new PersonalChanged(kind, finding));

    private static bool IsReason(string reason) => !string.IsNullOrWhiteSpace(reason) && reason.Length <= MaxReason;

    private static CommandOutcome NoReason() => CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, $"reason is 1 to {MaxReason} characters.");
}
