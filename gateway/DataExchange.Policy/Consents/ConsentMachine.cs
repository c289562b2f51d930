using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Consents;

/// <summary>Command → event or refusal. Pure; whoever calls it commits the event under the rules it was decided under.</summary>
public static class ConsentMachine
{
    /// <summary>What a command comes to under these rules at this moment.</summary>
    public static CommandOutcome Handle(ConsentCommand command, RegionSnapshot rules, DateTimeOffset now) => command switch
    {
        RequestConsent request => Request(request, rules, now),
        DecideConsent decide => Decide(decide, rules, now),
        UseConsent use => Use(use, rules, now),
        _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
    };

    private static CommandOutcome Request(RequestConsent request, RegionSnapshot rules, DateTimeOffset now)
    {
        if (request.By.Member != request.Recipient || !(request.By.Is(Roles.DepartmentSystem) || request.By.Is(Roles.DeskClerk)))
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "A department asks for itself, by its system or a clerk.");
        }

        if (rules.FindNotice(request.Notice) is not { } notice)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "No such notice is published.");
        }

        if (notice.HashOf(request.Language) is not { } hash)
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "The notice has no text in this language.");
        }

        if (notice.Recipient != request.Recipient || notice.Purpose != request.Purpose || notice.Dataset != request.Dataset)
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "The notice speaks of another recipient, purpose or dataset.");
        }

        if (request.Fields.Count == 0)
        {
            return CommandOutcome.Refuse(ProblemSlugs.FieldsRequired, "No field is named.");
        }

        if (request.Fields.Distinct(StringComparer.Ordinal).Count() != request.Fields.Count || request.Fields.Except(notice.Fields).Any())
        {
            return CommandOutcome.Refuse(ProblemSlugs.UnknownField, "A field is named twice, or the notice does not speak of it.");
        }

        if (request.Kind == ConsentKind.None || request.ValidTo <= now)
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "A consent has a kind and ends in the future.");
        }

        if (request.MaxUses is < 1 or > ConsentUses.MaxUses || request.Period == ConsentPeriod.None || (request.Period is not null && request.MaxUses is null))
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, $"maxUses is 1 to {ConsentUses.MaxUses}, and a period says how often so many are permitted.");
        }

        var asked = new ConsentRecord
        {
            Id = RecordId.New("consent", request.Subject, rules.GovernanceSize),
            Subject = request.Subject,
            Notice = notice.Code,
            NoticeRevision = notice.Revision,
            NoticeHash = hash,
            Language = request.Language,
            Purpose = request.Purpose,
            Dataset = request.Dataset,
            Recipient = request.Recipient,
            Fields = request.Fields,
            Kind = request.Kind,
            State = ConsentState.Requested,
            ValidTo = request.ValidTo,
            MaxUses = request.MaxUses,
            Period = request.Period,
        };
        return ConsentOverlap.InForceOrPending(asked, rules, now) is { } other
            ? Overlaps(other, "The person has to refuse or withdraw that one first, or this request has to leave the field out.")
            : CommandOutcome.Accept(new PersonalChanged(LeafKinds.ConsentRequested, asked));
    }

    private static CommandOutcome Decide(DecideConsent command, RegionSnapshot rules, DateTimeOffset now)
    {
        // Somebody else's consent is, to this caller, not there.
        if (rules.FindConsent(command.Id) is not { } consent || consent.Subject != command.Subject)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such consent.");
        }

        var (expressedBy, mandate) = ConsentSpeakers.Of(command.By, consent, rules, now);
        var isSelf = expressedBy != ExpressedBy.None;
        if (!isSelf && !(command.By.Is(Roles.DeskClerk) && command.By.Member == consent.Recipient))
        {
            return command.By.Is(Roles.DepartmentSystem) && command.By.Member == consent.Recipient
                ? CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "The person decides, a guardian or an agent under a mandate, or a clerk with evidence of the person's will.")
                : CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such consent.");
        }

        if (isSelf ? command.EvidenceHash is not null : !EvidenceHash.IsSha256(command.EvidenceHash))
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "A clerk who assists names the SHA-256 of the evidence in base64; the person names none.");
        }

        if ((command.Decision == ConsentDecision.Renew) != command.ValidTo is not null)
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "Renewing names the new end of the term, and nothing else does.");
        }

        var standing = ConsentStanding.Of(consent, rules, now);
        return (standing, command.Decision) switch
        {
            // Requests made before there was this rule can still stand beside each other.
            (ConsentState.Requested, ConsentDecision.Give) when ConsentOverlap.InForce(consent, rules, now) is { } other => Overlaps(other, "It has to be withdrawn before this one can be given.", "refuse"),
            (ConsentState.Requested, ConsentDecision.Give) => Accept(LeafKinds.ConsentGiven, consent with { State = ConsentState.Given, ValidFrom = now, ExpressedBy = isSelf ? expressedBy : ExpressedBy.Self }, command, mandate),
            (ConsentState.Requested or ConsentState.RequestExpired, ConsentDecision.Refuse) => Accept(LeafKinds.ConsentRefused, consent with { State = ConsentState.Refused }, command, mandate),
            (ConsentState.Given or ConsentState.Renewed, ConsentDecision.Renew) when command.ValidTo <= consent.ValidTo =>
                CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "A renewed consent ends later than it did."),
            (ConsentState.Given or ConsentState.Renewed, ConsentDecision.Renew) => Accept(LeafKinds.ConsentRenewed, consent with { State = ConsentState.Renewed, ValidTo = command.ValidTo!.Value }, command, mandate),
            // Withdrawal is possible at any time, whatever has become of it meanwhile (PIPL art. 15).
            (_, ConsentDecision.Withdraw) when CanBeWithdrawn(consent) => Accept(LeafKinds.ConsentWithdrawn, consent with { State = ConsentState.Withdrawn }, command, mandate),
            _ => CommandOutcome.Conflict($"A consent that is {standing} cannot be changed so.", Next(consent, standing)),
        };
    }

    // Counting is no decision of anybody's: it says that a release, decided under the rules that follow, rests on this consent.
    private static CommandOutcome Use(UseConsent command, RegionSnapshot rules, DateTimeOffset now)
    {
        if (!ReferenceEquals(command.By, Party.Gateway))
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "Uses are counted by the gateway.");
        }

        if (rules.FindConsent(command.Id) is not { } consent || consent.Subject != command.Subject)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such consent.");
        }

        return ConsentStanding.Of(consent, rules, now) is ConsentState.Given or ConsentState.Renewed
            && consent.MaxUses is not null && !ConsentUses.IsCounted(consent, command.Exchange) && ConsentUses.Permits(consent, now, exchange: null)
                ? CommandOutcome.Accept(new PersonalChanged(LeafKinds.ConsentUsed, ConsentUses.Count(consent, now, command.Exchange)))
                : CommandOutcome.Conflict("No use of this consent can be counted now.");
    }

    private static bool CanBeWithdrawn(ConsentRecord consent) =>
        consent.State is ConsentState.Given or ConsentState.Renewed or ConsentState.Invalidated or ConsentState.Exhausted;

    /// <summary>What the person, or a clerk for them, may do now.</summary>
    private static IReadOnlyList<string> Next(ConsentRecord consent, ConsentState standing) => standing switch
    {
        ConsentState.Requested => ["give", "refuse"],
        ConsentState.RequestExpired => ["refuse"],
        ConsentState.Given or ConsentState.Renewed => ["withdraw", "renew"],
        _ => CanBeWithdrawn(consent) ? ["withdraw"] : [],
    };

    // With evidence, and only so, it was a clerk.
    private static CommandOutcome Accept(string kind, ConsentRecord next, DecideConsent command, string? mandate) =>
        CommandOutcome.Accept(new PersonalChanged(
            kind, next with { AssistedBy = command.EvidenceHash is null ? null : command.By.Name, EvidenceHash = command.EvidenceHash, Mandate = mandate }));

    /// <summary>Names the other consent: it has the same subject and the same recipient, so whoever may see this one may see that one.</summary>
    private static CommandOutcome Overlaps(ConsentRecord other, string remedy, params IReadOnlyList<string> next) => CommandOutcome.Conflict(
        $"The consent {other.Id} already covers a field of this one and is {(other.State == ConsentState.Requested ? "waiting for an answer" : "in force")}. {remedy}", next);
}
