using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Complaints;

/// <summary>Command → event or refusal. Pure. <c>contracts/state-machines.md</c> holds the table.</summary>
internal static class ComplaintMachine
{
    private const int MaxText = 1000;
    private const int MaxReference = 64;

    private static readonly StepTable<ComplaintState> Steps = new(
        new(ComplaintState.Received, "assign", "reviewer"),
        new(ComplaintState.Received, "withdraw", "person"),
        new(ComplaintState.Assigned, "assign", "reviewer"),
        new(ComplaintState.Assigned, "answer", "reviewer"),
        new(ComplaintState.Assigned, "uphold", "reviewer"),
        new(ComplaintState.Assigned, "reject", "reviewer"),
        new(ComplaintState.Assigned, "withdraw", "person"));

    public static CommandOutcome Handle(ComplaintCommand command, RegionSnapshot rules, DateTimeOffset now) => command switch
    {
        Complain complain => Receive(complain, rules, now),
        EscalateComplaint escalate => Escalate(escalate, rules, now),
        ComplaintStep step => Take(step, rules, now),
        _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
    };

    private static CommandOutcome Receive(Complain complain, RegionSnapshot rules, DateTimeOffset now)
    {
        if (complain.By.Self == default || complain.By.Self != complain.Subject)
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "A person complains for themselves.");
        }

        if (rules.FindMember(complain.Member) is null || complain.Ground == ComplaintGround.None || !IsText(complain.Explanation) || complain.Reference is { Length: 0 or > MaxReference })
        {
            return CommandOutcome.Refuse(
                ProblemSlugs.RequestMalformed, $"A complaint names a member, a ground, an explanation of at most {MaxText} characters, and at most one id that it refers to.");
        }

        return Accept(LeafKinds.ComplaintReceived, new ComplaintRecord
        {
            Id = RecordId.New("complaint", complain.Subject, rules.GovernanceSize),
            Subject = complain.Subject,
            Member = complain.Member,
            Ground = complain.Ground,
            Explanation = complain.Explanation,
            Reference = complain.Reference,
            ReceivedAt = now,
            State = ComplaintState.Received,
        });
    }

    private static CommandOutcome Take(ComplaintStep step, RegionSnapshot rules, DateTimeOffset now)
    {
        if (rules.Complaints.Find(step.Id) is not { } complaint || complaint.Subject != step.Subject || ComplaintParts.Of(complaint, step.By) is not { Count: > 0 } parts)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such complaint.");
        }

        if (Steps.Refusal(complaint.State, step.Step, parts) is { } refusal)
        {
            return refusal;
        }

        return step switch
        {
            AssignComplaint => Accept(LeafKinds.ComplaintAssigned, complaint with { State = ComplaintState.Assigned, Reviewer = step.By.Name }),
            WithdrawComplaint => Accept(LeafKinds.ComplaintWithdrawn, complaint with { State = ComplaintState.Withdrawn }),
            AnswerComplaint when step.By.Name != complaint.Reviewer => CommandOutcome.Conflict("The complaint is another reviewer's; take it first.", "assign"),
            AnswerComplaint { Answer: var text } when !IsText(text) => CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, $"An answer has 1 to {MaxText} characters."),
            AnswerComplaint answer => Accept(LeafKinds.ComplaintAnswered, complaint with { State = answer.Verdict, Answer = answer.Answer, AnsweredAt = now }),
            _ => throw new InvalidOperationException($"No rule says what {step.GetType().Name} does."),
        };
    }

    private static CommandOutcome Escalate(EscalateComplaint escalate, RegionSnapshot rules, DateTimeOffset now)
    {
        if (rules.Complaints.Find(escalate.Id) is not { } complaint || complaint.Subject != escalate.Subject)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such complaint.");
        }

        return complaint.EscalatedAt is null && complaint.IsOverdue(PersonalClocks.CalendarOf(rules), now)
            ? Accept(LeafKinds.ComplaintEscalated, complaint with { EscalatedAt = now })
            : CommandOutcome.Conflict("Its clock has not run out, or the log says already that it has.");
    }

    private static bool IsText(string text) => text.Length <= MaxText && !string.IsNullOrWhiteSpace(text);

    private static CommandOutcome Accept(string kind, ComplaintRecord next) => CommandOutcome.Accept(new PersonalChanged(kind, next));
}
