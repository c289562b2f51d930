using DataExchange.Contracts.Calendars;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Agreements;

/// <summary>Command → event or refusal. Pure; whoever calls it commits the event under the rules it was decided under.</summary>
internal static class AgreementMachine
{
    /// <summary>Longest reason in words, in characters.</summary>
    public const int MaxReasonLength = 1000;

    /// <summary>What a command comes to under these rules at this moment.</summary>
    public static CommandOutcome Handle(AgreementCommand command, RegionSnapshot rules, DateTimeOffset now)
    {
        var record = rules.Agreements.FindRecord(command.Id);
        return command switch
        {
            AgreementStepCommand step => Step(step, record, rules, now),
            EscalateAgreement escalate => Escalate(escalate, record, rules, now),
            SuspendAgreementByRule suspend => SuspendByRule(suspend, record, now),
            _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
        };
    }

    private static CommandOutcome Step(AgreementStepCommand command, AgreementRecord? record, RegionSnapshot rules, DateTimeOffset now)
    {
        if (record is null && command is not DraftAgreement)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such agreement.");
        }

        var by = command.By;
        var steps = AgreementSteps.Of(record, rules, now);
        var role = steps.RoleOf(by.Member, record?.Leading.Agreement ?? ((DraftAgreement)command).Agreement);
        if (!by.Is(Roles.Steward) || (role & AgreementSteps.TakersOf(command.Step)) == AgreementParties.None)
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "This is for a steward of the department whose step it is.");
        }

        if (!steps.Allows(command.Step, by.Member, role))
        {
            return Conflict(record!, steps, by, now);
        }

        return command switch
        {
            DraftAgreement draft => AgreementDrafts.Draft(draft.Id, draft.Agreement, record, by),
            ReviseAgreement revise => AgreementDrafts.Revise(revise.Agreement, record!, by),
            SubmitAgreement => AgreementDrafts.Submit(record!.Pending!.Agreement, rules, now),
            SupplementAgreement supplement => AgreementDrafts.Supplement(supplement.Agreement, record!, rules, now),
            RequestSupplement ask => WithReason(ask.Reason, reason => new AgreementSupplementRequested(ask.Id, Revision(record), reason)),
            ExtendAgreement extend => Extend(extend, record!, rules, now),
            ApproveAgreement approve => AgreementAnswers.Approve(approve, record!, steps, rules, now),
            RefuseAgreement refuse => AgreementAnswers.Refuse(refuse, record!, rules),
            WithdrawAgreement withdraw => WithReason(withdraw.Reason, reason => new AgreementWithdrawn(withdraw.Id, Revision(record), reason)),
            ProvisionAgreement => AgreementAnswers.Provision(record!, steps, by, rules, now),
            SuspendAgreement suspend => WithReason(suspend.Reason, reason => new AgreementSuspended(suspend.Id, reason, by.Member)),
            ResumeAgreement resume => WithReason(resume.Reason, reason => new AgreementResumed(resume.Id, by.Member!, reason)),
            TerminateAgreement terminate => WithReason(terminate.Reason, reason => new AgreementTerminated(terminate.Id, by.Member!, reason)),
            _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
        };
    }

    private static CommandOutcome Conflict(AgreementRecord record, AgreementSteps steps, Party by, DateTimeOffset now)
    {
        var pending = record.Pending is { } asked ? $"; revision {asked.Agreement.Revision}, which was asked for, is {asked.StateAt(now)}" : "";
        var current = record.Current is { } inForce ? $"Revision {inForce.Agreement.Revision} is {inForce.StateAt(now)}" : "No revision was in force yet";
        return CommandOutcome.Conflict($"{current}{pending}. That does not allow this step to {by.Member}.", steps.Next(by.Member));
    }

    private static CommandOutcome Extend(ExtendAgreement command, AgreementRecord record, RegionSnapshot rules, DateTimeOffset now)
    {
        var most = StatutoryClocks.ReplyExtension.Days;
        return command.Days < 1 || command.Days > most
            ? CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, $"An answer is put off by 1 to {most} working days.")
            : record.Pending!.Clock!.IsOverdue(AgreementClocks.CalendarOf(rules), now)
                ? CommandOutcome.Conflict("The answer is overdue already; it is put off before it is due or not at all.", AgreementSteps.Of(record, rules, now).Next(command.By.Member))
                : WithReason(command.Reason, reason => new AgreementExtended(command.Id, Revision(record), command.Days, reason));
    }

    private static CommandOutcome Escalate(EscalateAgreement command, AgreementRecord? record, RegionSnapshot rules, DateTimeOffset now)
    {
        var calendar = AgreementClocks.CalendarOf(rules);
        return record?.Pending is { Clock: { } clock } pending && pending.Agreement.Revision == command.Revision && clock.Code == command.Clock
            && AgreementClocks.IsMissed(pending, calendar, now)
                ? CommandOutcome.Accept(new AgreementEscalated(command.Id, command.Revision, clock.Code, clock.Started, clock.Due(calendar).At, clock.Late))
                : CommandOutcome.Conflict("No such clock was missed, or the log says so already.");
    }

    private static CommandOutcome SuspendByRule(SuspendAgreementByRule command, AgreementRecord? record, DateTimeOffset now) =>
        record?.Current is { } current && current.StateAt(now) == AgreementState.Active && current.Agreement.Revision == command.Revision
            && current.Agreement.AutoSuspension?.Contains(command.Rule) is true
                ? CommandOutcome.Accept(new AgreementSuspended(
                    command.Id, $"{command.Rule.After} {command.Rule.Of} within {command.Rule.WithinDays} days: the agreement suspends itself.", Rule: command.Rule))
                : CommandOutcome.Conflict("The agreement is not in force, or has no such rule.");

    private static CommandOutcome WithReason(string reason, Func<string, AgreementEvent> accept) => IsReason(reason)
        ? CommandOutcome.Accept(accept(reason))
        : CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, $"Say why, in 1 to {MaxReasonLength} characters. It stands in the open log: name no person.");

    internal static bool IsReason(string reason) => !string.IsNullOrWhiteSpace(reason) && reason.Length <= MaxReasonLength;

    private static int Revision(AgreementRecord? record) => record!.Pending!.Agreement.Revision;
}
