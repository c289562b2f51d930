using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Restrictions;

/// <summary>Command → event or refusal. Pure. <c>contracts/state-machines.md</c> holds the tables.</summary>
internal static class RestrictionMachine
{
    /// <summary>Longest time that a hold lasts without being looked at again, in days.</summary>
    public const int MaxHoldDays = 180;

    private const int MaxPurposes = 64;
    private const int MaxReference = 100;

    private static readonly StepTable<RestrictionState> HoldSteps = new(
        new(RestrictionState.Requested, "confirm", "reviewer"),
        new(RestrictionState.Requested, "refuse", "reviewer"),
        new(RestrictionState.Requested, "lift", "steward"),
        new(RestrictionState.InForce, "extend", "reviewer"),
        new(RestrictionState.InForce, "lift", "steward", "reviewer"));

    private static readonly StepTable<RestrictionState> ObjectionSteps = new(new StepTable<RestrictionState>.Row(RestrictionState.InForce, "lift", "person"));

    public static CommandOutcome Handle(RestrictionCommand command, RegionSnapshot rules, DateTimeOffset now) => command switch
    {
        RequestHold request => Request(request, rules, now),
        Object objection => Object(objection, rules),
        RestrictionStep step => Take(step, rules, now),
        _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
    };

    private static CommandOutcome Request(RequestHold request, RegionSnapshot rules, DateTimeOffset now)
    {
        if (!RestrictionParts.IsSteward(request.By, rules))
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "A protective hold is asked for by a steward of the data authority.");
        }

        if (request.Reason == HoldReason.None || request.Reference is { Length: 0 or > MaxReference } || PurposeFault(request.ExemptPurposes, rules) is not null)
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, $"A hold has a reason, a reference of at most {MaxReference} characters, and exempt purposes that are registered, each once.");
        }

        return TermFault(request.ValidTo, now) is { } fault
            ? CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, fault)
            : Accept(LeafKinds.RestrictionRequested, new RestrictionRecord
            {
                Id = RecordId.New("restriction", request.Subject, rules.GovernanceSize),
                Subject = request.Subject,
                Kind = RestrictionKind.Hold,
                State = RestrictionState.Requested,
                Reason = request.Reason,
                Reference = request.Reference,
                Purposes = request.ExemptPurposes,
                ValidTo = request.ValidTo,
                RequestedBy = request.By.Name,
            });
    }

    private static CommandOutcome Object(Object objection, RegionSnapshot rules)
    {
        if (objection.By.Self == default || objection.By.Self != objection.Subject)
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "A person objects for themselves.");
        }

        return objection.Purposes.Count == 0 || PurposeFault(objection.Purposes, rules) is not null
            ? CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "An objection names the registered purposes that it is about, each once.")
            : Accept(LeafKinds.RestrictionImposed, new RestrictionRecord
            {
                Id = RecordId.New("restriction", objection.Subject, rules.GovernanceSize),
                Subject = objection.Subject,
                Kind = RestrictionKind.Objection,
                State = RestrictionState.InForce,
                Purposes = objection.Purposes,
            });
    }

    private static CommandOutcome Take(RestrictionStep step, RegionSnapshot rules, DateTimeOffset now)
    {
        if (rules.Restrictions.Find(step.Id) is not { } restriction || restriction.Subject != step.Subject
            || RestrictionParts.Of(restriction, step.By, rules) is not { Count: > 0 } parts)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such restriction.");
        }

        var steps = restriction.Kind == RestrictionKind.Hold ? HoldSteps : ObjectionSteps;
        if (steps.Refusal(restriction.StateAt(now), step.Step, parts) is { } refusal)
        {
            return refusal;
        }

        if (step is ConfirmHold or ExtendHold && step.By.Name == restriction.RequestedBy)
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "A second person confirms a hold.");
        }

        return step switch
        {
            ConfirmHold => Accept(LeafKinds.RestrictionImposed, restriction with { State = RestrictionState.InForce, ConfirmedBy = step.By.Name }),
            RefuseHold => Accept(LeafKinds.RestrictionRefused, restriction with { State = RestrictionState.Refused, ConfirmedBy = step.By.Name }),
            LiftRestriction => Accept(LeafKinds.RestrictionLifted, restriction with { State = RestrictionState.Lifted }),
            ExtendHold extend when TermFault(extend.ValidTo, now) is { } fault => CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, fault),
            ExtendHold extend => Accept(LeafKinds.RestrictionExtended, restriction with { ValidTo = extend.ValidTo, ConfirmedBy = step.By.Name }),
            _ => throw new InvalidOperationException($"No rule says what {step.GetType().Name} does."),
        };
    }

    private static string? PurposeFault(IReadOnlyList<string> purposes, RegionSnapshot rules) =>
        purposes.Count > MaxPurposes || purposes.Distinct(StringComparer.Ordinal).Count() != purposes.Count || purposes.Any(purpose => rules.FindPurpose(purpose) is null)
            ? "A purpose is not registered, or named twice."
            : null;

    private static string? TermFault(DateTimeOffset validTo, DateTimeOffset now) =>
        validTo <= now || validTo > now.AddDays(MaxHoldDays) ? $"A hold ends in the future, and within {MaxHoldDays} days: it is looked at again by then." : null;

    private static CommandOutcome Accept(string kind, RestrictionRecord next) => CommandOutcome.Accept(new PersonalChanged(kind, next));
}
