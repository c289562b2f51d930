using System.Security.Cryptography;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
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
        _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
    };

    private static CommandOutcome Request(RequestConsent request, RegionSnapshot rules, DateTimeOffset now)
    {
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

        if (command.AssistedBy is not null && !IsSha256(command.EvidenceHash))
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "A clerk who assists names the SHA-256 of the evidence in base64.");
        }

        var isExpired = consent.ValidTo <= now;
        return (consent.State, command.Decision) switch
        {
            (ConsentState.Requested, ConsentDecision.Give) when isExpired => CommandOutcome.Refuse(ProblemSlugs.StateConflict, "The request has expired."),
            (ConsentState.Requested, ConsentDecision.Give) when ConsentOverlap.IsOutdated(consent, rules) => CommandOutcome.Refuse(ProblemSlugs.StateConflict, "The notice has a newer revision; the request has to be made again."),
            // Requests made before there was this rule can still stand beside each other.
            (ConsentState.Requested, ConsentDecision.Give) when ConsentOverlap.InForce(consent, rules, now) is { } other => Overlaps(other, "It has to be withdrawn before this one can be given."),
            (ConsentState.Requested, ConsentDecision.Give) => Accept(LeafKinds.ConsentGiven, consent with { State = ConsentState.Given, ValidFrom = now, ExpressedBy = ExpressedBy.Self }, command),
            (ConsentState.Requested, ConsentDecision.Refuse) => Accept(LeafKinds.ConsentRefused, consent with { State = ConsentState.Refused }, command),
            // Withdrawal is possible at any time, expired or not (PIPL art. 15).
            (ConsentState.Given or ConsentState.Renewed or ConsentState.Invalidated, ConsentDecision.Withdraw) => Accept(LeafKinds.ConsentWithdrawn, consent with { State = ConsentState.Withdrawn }, command),
            _ => CommandOutcome.Refuse(ProblemSlugs.StateConflict, $"A consent that is {consent.State} cannot be changed so."),
        };
    }

    private static CommandOutcome Accept(string kind, ConsentRecord next, DecideConsent command) =>
        CommandOutcome.Accept(new PersonalChanged(kind, next with { AssistedBy = command.AssistedBy, EvidenceHash = command.EvidenceHash }));

    /// <summary>Names the other consent: it has the same subject and the same recipient, so whoever may see this one may see that one.</summary>
    private static CommandOutcome Overlaps(ConsentRecord other, string remedy) => CommandOutcome.Refuse(
        ProblemSlugs.StateConflict, $"The consent {other.Id} already covers a field of this one and is {(other.State == ConsentState.Requested ? "waiting for an answer" : "in force")}. {remedy}");

    private static bool IsSha256(string? base64) =>
        base64 is { Length: 44 } && Convert.TryFromBase64String(base64, stackalloc byte[33], out var length) && length == SHA256.HashSizeInBytes;
}
