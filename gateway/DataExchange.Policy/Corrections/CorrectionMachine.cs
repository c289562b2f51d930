using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Corrections;

/// <summary>Command → event or refusal. Pure. <c>contracts/state-machines.md</c> holds the table.</summary>
internal static class CorrectionMachine
{
    private const int MaxText = 500;

    private static readonly StepTable<CorrectionState> Steps = new(
        new(CorrectionState.Reported, "verify", "owner"),
        new(CorrectionState.Reported, "forward", "owner"),
        new(CorrectionState.Reported, "correct", "owner"),
        new(CorrectionState.Reported, "reject", "owner"),
        new(CorrectionState.Reported, "withdraw", "reporter"),
        new(CorrectionState.Verifying, "forward", "owner"),
        new(CorrectionState.Verifying, "correct", "owner"),
        new(CorrectionState.Verifying, "reject", "owner"),
        new(CorrectionState.Verifying, "withdraw", "reporter"));

    public static CommandOutcome Handle(CorrectionCommand command, RegionSnapshot rules, DateTimeOffset now) => command switch
    {
        ReportError report => Report(report, rules, now),
        EscalateCorrection escalate => Escalate(escalate, rules, now),
        CorrectionStep step => Take(step, rules, now),
        _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
    };

    private static CommandOutcome Report(ReportError report, RegionSnapshot rules, DateTimeOffset now)
    {
        var isPerson = report.By.Self != default && report.By.Self == report.Subject;
        if (!isPerson && !(report.By.Self == default && report.By.Member is not null && CorrectionParts.IsConsumer(report.By)))
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "An error is reported by the person, or by a department that asks for records.");
        }

        if (rules.FindDataset(report.Dataset) is not { } dataset)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "No such dataset is published.");
        }

        if (dataset.FindField(report.Field) is null)
        {
            return CommandOutcome.Refuse(ProblemSlugs.UnknownField, "The dataset has no such field.");
        }

        if (report.Reason == CorrectionReason.None || !IsText(report.Explanation) || report.Decision < 0)
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, $"A report has a reason, an explanation of at most {MaxText} characters, and the decision under which the value was seen.");
        }

        var reporter = isPerson ? null : report.By.Member;
        if (rules.Corrections.Of(report.Subject).FirstOrDefault(other => other.IsOpen && other.Dataset == report.Dataset && other.Field == report.Field && other.ReportedBy == reporter) is { } open)
        {
            return CommandOutcome.Conflict($"You have reported this already, as {open.Id}.", "withdraw");
        }

        return Accept(LeafKinds.CorrectionReported, new CorrectionRecord
        {
            Id = RecordId.New("correction", report.Subject, rules.GovernanceSize),
            Subject = report.Subject,
            Dataset = report.Dataset,
            Field = report.Field,
            Reason = report.Reason,
            Explanation = report.Explanation,
            Decision = report.Decision,
            ReportedBy = reporter,
            Owner = report.Dataset[..report.Dataset.IndexOf('/', StringComparison.Ordinal)],
            Started = now,
            State = CorrectionState.Reported,
        });
    }

    private static CommandOutcome Take(CorrectionStep step, RegionSnapshot rules, DateTimeOffset now)
    {
        if (rules.Corrections.Find(step.Id) is not { } correction || correction.Subject != step.Subject || CorrectionParts.Of(correction, step.By) is not { Count: > 0 } parts)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such report.");
        }

        if (Steps.Refusal(correction.State, step.Step, parts) is { } refusal)
        {
            return refusal;
        }

        return step switch
        {
            VerifyCorrection => Accept(LeafKinds.CorrectionVerifying, correction with { State = CorrectionState.Verifying }),
            ForwardCorrection forward => Forward(forward, correction, rules, now),
            CorrectField { Answer: { } note } when !IsText(note) => Malformed(),
            CorrectField correct => Accept(LeafKinds.CorrectionCorrected, correction with { State = CorrectionState.Corrected, Answer = correct.Answer, AnsweredAt = now }),
            RejectCorrection { Answer: var why } when !IsText(why) => Malformed(),
            RejectCorrection reject => Accept(LeafKinds.CorrectionRejected, correction with { State = CorrectionState.Rejected, Answer = reject.Answer, AnsweredAt = now }),
            WithdrawCorrection => Accept(LeafKinds.CorrectionWithdrawn, correction with { State = CorrectionState.Withdrawn }),
            _ => throw new InvalidOperationException($"No rule says what {step.GetType().Name} does."),
        };
    }

    /// <summary>The new owner gets the whole clock: once, so that nobody waits for more than two.</summary>
    private static CommandOutcome Forward(ForwardCorrection forward, CorrectionRecord correction, RegionSnapshot rules, DateTimeOffset now)
    {
        if (correction.ForwardedBy is not null)
        {
            return CommandOutcome.Conflict("It was forwarded already, and is yours to answer.", "correct", "reject");
        }

        return rules.FindMember(forward.To) is null || forward.To == correction.Owner
            ? CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "to is the code of another member.")
            : Accept(LeafKinds.CorrectionForwarded, correction with
            {
                State = CorrectionState.Reported,
                Owner = forward.To,
                ForwardedBy = correction.Owner,
                Started = now,
                EscalatedAt = null,
            });
    }

    private static CommandOutcome Escalate(EscalateCorrection escalate, RegionSnapshot rules, DateTimeOffset now)
    {
        if (rules.Corrections.Find(escalate.Id) is not { } correction || correction.Subject != escalate.Subject)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such report.");
        }

        return correction.EscalatedAt is null && correction.IsOverdue(PersonalClocks.CalendarOf(rules), now)
            ? Accept(LeafKinds.CorrectionEscalated, correction with { EscalatedAt = now })
            : CommandOutcome.Conflict("Its clock has not run out, or the log says already that it has.");
    }

    private static CommandOutcome Malformed() => CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, $"An answer has 1 to {MaxText} characters; a rejection gives reasons.");

    private static bool IsText(string text) => text.Length <= MaxText && !string.IsNullOrWhiteSpace(text);

    private static CommandOutcome Accept(string kind, CorrectionRecord next) => CommandOutcome.Accept(new PersonalChanged(kind, next));
}
