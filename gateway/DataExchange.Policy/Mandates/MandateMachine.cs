using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Mandates;

/// <summary>Command → event or refusal. Pure. <c>contracts/state-machines.md</c> holds the table.</summary>
internal static class MandateMachine
{
    private const int MaxThemes = 64;
    private const int MaxConfirmers = 8;

    private static readonly StepTable<MandateState> Steps = new(
        new(MandateState.Requested, "confirm", "delegate", "guardian"),
        new(MandateState.Requested, "refuse", "delegate", "guardian"),
        new(MandateState.Requested, "revoke", "principal", "delegate", "guardian", "clerk"),
        new(MandateState.Active, "revoke", "principal", "delegate", "guardian", "clerk"));

    public static CommandOutcome Handle(MandateCommand command, RegionSnapshot rules, DateTimeOffset now) => command switch
    {
        RequestMandate request => Request(request, rules, now),
        MandateStep step => Take(step, rules, now),
        _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
    };

    private static CommandOutcome Request(RequestMandate request, RegionSnapshot rules, DateTimeOffset now)
    {
        var isClerk = IsClerk(request.By);
        if (!isClerk && request.By.Self != request.Subject)
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "A mandate is given by the person themselves, or registered by a clerk of a department.");
        }

        if (isClerk != EvidenceHash.IsSha256(request.EvidenceHash))
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "A clerk, and nobody else, names the SHA-256 of the evidence in base64.");
        }

        return Fault(request, rules, now, isClerk) is { } fault
            ? CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, fault)
            : CommandOutcome.Accept(new PersonalChanged(LeafKinds.MandateRequested, new MandateRecord
            {
                Id = RecordId.New("mandate", request.Subject, rules.GovernanceSize),
                Subject = request.Subject,
                Kind = request.Kind,
                Delegate = request.Delegate,
                Confirmers = request.Confirmers,
                Needed = request.Needed,
                Confirmed = [],
                Accepted = false,
                Themes = request.Themes,
                ValidFrom = request.ValidFrom ?? now,
                ValidTo = request.ValidTo,
                State = MandateState.Requested,
                RegisteredBy = isClerk ? request.By.Member : null,
                AssistedBy = isClerk ? request.By.Name : null,
                EvidenceHash = request.EvidenceHash,
            }));
    }

    private static string? Fault(RequestMandate request, RegionSnapshot rules, DateTimeOffset now, bool isClerk) => request switch
    {
        { Kind: MandateKind.None } => "kind is Guardian or Agent.",
        { Kind: MandateKind.Guardian } when !isClerk => "A guardian is registered by a clerk.",
        { Kind: MandateKind.Guardian } when ChildUntil(request) is not { } end || request.ValidTo > end => "A guardian acts for a child, at most until the child is 14.",
        { Kind: MandateKind.Guardian, Needed: 0 } => "At least one guardian has to confirm.",
        _ when request.Delegate == request.Subject || request.Confirmers.Contains(request.Subject) => "Nobody acts or confirms for themselves.",
        { Confirmers.Count: > MaxConfirmers } => $"At most {MaxConfirmers} people confirm.",
        _ when request.Confirmers.Distinct().Count() != request.Confirmers.Count => "Somebody is named twice.",
        _ when request.Needed < 0 || request.Needed > request.Confirmers.Count => "needed is at most the number of those who can confirm.",
        _ when request.Themes.Count is 0 or > MaxThemes || request.Themes.Distinct(StringComparer.Ordinal).Count() != request.Themes.Count => $"themes names 1 to {MaxThemes} purposes or datasets, each once.",
        _ when request.Themes.Any(theme => rules.FindPurpose(theme) is null && rules.FindDataset(theme) is null) => "A theme is neither a registered purpose nor a published dataset.",
        _ when request.ValidTo <= now || request.ValidTo <= request.ValidFrom => "The term ends in the future, and after it began.",
        _ => null,
    };

    /// <summary>The day from which the person is 14, as gate 8 counts it; null where their number does not tell.</summary>
    private static DateTimeOffset? ChildUntil(RequestMandate request) => request.BirthDate is { } born
        ? new DateTimeOffset(born.AddYears(14).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
        : null;

    private static CommandOutcome Take(MandateStep step, RegionSnapshot rules, DateTimeOffset now)
    {
        if (rules.Mandates.Find(step.Id) is not { } mandate || mandate.Subject != step.Subject || MandateParts.Of(mandate, step.By) is not { Count: > 0 } parts)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such mandate.");
        }

        if (Steps.Refusal(mandate.StateAt(now), step.Step, parts) is { } refusal)
        {
            return refusal;
        }

        var isClerk = parts.Contains("clerk");
        if (isClerk != EvidenceHash.IsSha256(step.EvidenceHash))
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "A clerk, and nobody else, names the SHA-256 of the evidence in base64.");
        }

        var next = mandate with { AssistedBy = isClerk ? step.By.Name : null, EvidenceHash = step.EvidenceHash };
        return step switch
        {
            ConfirmMandate => Confirm(next, step.By.Self, parts),
            RefuseMandate => Accept(LeafKinds.MandateRefused, next with { State = MandateState.Refused }),
            RevokeMandate => Accept(LeafKinds.MandateRevoked, next with { State = MandateState.Revoked }),
            _ => throw new InvalidOperationException($"No rule says what {step.GetType().Name} does."),
        };
    }

    /// <summary>One who is delegate and confirmer says both at once. The last confirmation that was missing makes it active.</summary>
    private static CommandOutcome Confirm(MandateRecord mandate, SubjectHandle self, IReadOnlyCollection<string> parts)
    {
        var next = mandate with
        {
            Accepted = mandate.Accepted || mandate.Delegate == self,
            Confirmed = mandate.Confirmers.Contains(self) && !mandate.Confirmed.Contains(self) ? [.. mandate.Confirmed, self] : mandate.Confirmed,
        };
        if (next.Accepted == mandate.Accepted && next.Confirmed.Count == mandate.Confirmed.Count)
        {
            return CommandOutcome.Conflict("You have confirmed already.", [.. Steps.Next(MandateState.Requested, parts).Where(name => name != "confirm")]);
        }

        return Accept(LeafKinds.MandateConfirmed, next.Accepted && next.Confirmed.Count >= next.Needed ? next with { State = MandateState.Active } : next);
    }

    private static CommandOutcome Accept(string kind, MandateRecord next) => CommandOutcome.Accept(new PersonalChanged(kind, next));

    private static bool IsClerk(Party by) => by.Member is not null && by.Is(Roles.DeskClerk);
}
