using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.BreakGlass;

/// <summary>Command → event or refusal. Pure. <c>contracts/state-machines.md</c> holds the table.</summary>
internal static class BreakGlassMachine
{
    private const int MaxText = 500;

    private static readonly StepTable<BreakGlassState> Steps = new(
        new(BreakGlassState.Requested, "approve", "colleague"),
        new(BreakGlassState.Requested, "refuse", "colleague"),
        new(BreakGlassState.Open, "end", "holder", "reviewer"),
        new(BreakGlassState.Ended, "assign", "reviewer"),
        new(BreakGlassState.UnderReview, "assign", "reviewer"),
        new(BreakGlassState.UnderReview, "justify", "reviewer"),
        new(BreakGlassState.UnderReview, "censure", "reviewer"));

    public static CommandOutcome Handle(BreakGlassCommand command, RegionSnapshot rules, DateTimeOffset now) => command switch
    {
        RequestBreakGlass request => Request(request, rules, now),
        BreakGlassStep step => Take(step, rules, now),
        _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
    };

    private static CommandOutcome Request(RequestBreakGlass request, RegionSnapshot rules, DateTimeOffset now)
    {
        if (request.By is not { Member: { } member, UserId: { } holder } || !request.By.Is(Roles.DeskClerk))
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "A clerk of a department breaks the glass, in person.");
        }

        if (request.Reason == BreakGlassReason.None || !IsText(request.Explanation) || request.Minutes is < 1 or > BreakGlassRecord.MaxMinutes)
        {
            return CommandOutcome.Refuse(
                ProblemSlugs.RequestMalformed, $"A grant has a reason, an explanation of at most {MaxText} characters, and lasts 1 to {BreakGlassRecord.MaxMinutes} minutes.");
        }

        if (rules.BreakGlass.Of(request.Subject).FirstOrDefault(other => other.Holder == holder && other.StateAt(now) is BreakGlassState.Requested or BreakGlassState.Open) is { } running)
        {
            return CommandOutcome.Conflict($"The grant {running.Id} for this person has not ended.", Steps.Next(running.StateAt(now), ["holder"]));
        }

        return Accept(LeafKinds.BreakGlassRequested, new BreakGlassRecord
        {
            Id = RecordId.New("break-glass", request.Subject, rules.GovernanceSize),
            Subject = request.Subject,
            Member = member,
            Holder = holder,
            Reason = request.Reason,
            Explanation = request.Explanation,
            Minutes = request.Minutes,
            RequestedAt = now,
            OpenedAt = request.SecondPerson ? null : now,
            EndsAt = request.SecondPerson ? null : now.AddMinutes(request.Minutes),
            State = request.SecondPerson ? BreakGlassState.Requested : BreakGlassState.Open,
        });
    }

    private static CommandOutcome Take(BreakGlassStep step, RegionSnapshot rules, DateTimeOffset now)
    {
        if (rules.BreakGlass.Find(step.Id) is not { } grant || grant.Subject != step.Subject || BreakGlassParts.Of(grant, step.By) is not { Count: > 0 } parts)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such grant.");
        }

        if (Steps.Refusal(grant.StateAt(now), step.Step, parts) is { } refusal)
        {
            return refusal;
        }

        return step switch
        {
            ApproveBreakGlass => Accept(
                LeafKinds.BreakGlassApproved,
                grant with { State = BreakGlassState.Open, SecondPerson = step.By.Name, OpenedAt = now, EndsAt = now.AddMinutes(grant.Minutes) }),
            RefuseBreakGlass => Accept(LeafKinds.BreakGlassRefused, grant with { State = BreakGlassState.Refused, SecondPerson = step.By.Name }),
            EndBreakGlass => Accept(LeafKinds.BreakGlassEnded, grant with { State = BreakGlassState.Ended, EndsAt = now }),
            AssignBreakGlass => Accept(LeafKinds.BreakGlassAssigned, grant with { State = BreakGlassState.UnderReview, Reviewer = step.By.Name }),
            CloseBreakGlass close => Close(close, grant, now),
            _ => throw new InvalidOperationException($"No rule says what {step.GetType().Name} does."),
        };
    }

    private static CommandOutcome Close(CloseBreakGlass close, BreakGlassRecord grant, DateTimeOffset now)
    {
        if (grant.Reviewer != close.By.Name)
        {
            return CommandOutcome.Conflict("The review is another reviewer's; take it first.", "assign");
        }

        return IsText(close.Finding)
            ? Accept(LeafKinds.BreakGlassReviewed, grant with
            {
                State = close.IsJustified ? BreakGlassState.Justified : BreakGlassState.Unjustified,
                Finding = close.Finding,
                ClosedAt = now,
            })
            : CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, $"A review ends with reasons, at most {MaxText} characters.");
    }

    private static bool IsText(string text) => text.Length <= MaxText && !string.IsNullOrWhiteSpace(text);

    private static CommandOutcome Accept(string kind, BreakGlassRecord next) => CommandOutcome.Accept(new PersonalChanged(kind, next));
}
