using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Events;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Consents;

/// <summary>Command → event or refusal. Pure; whoever calls it commits the event under the rules it was decided under.</summary>
public static class ConsentMachine
{
    /// <summary>What a command comes to under these rules at this moment.</summary>
    public static ConsentOutcome Handle(ConsentCommand command, RegionSnapshot rules, DateTimeOffset now) => command switch
    {
        RequestConsent request => Request(request, rules, now),
        DecideConsent decide => Decide(decide, rules, now),
        _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
    };

    private static ConsentOutcome Request(RequestConsent request, RegionSnapshot rules, DateTimeOffset now)
    {
        if (rules.FindNotice(request.Notice) is not { } notice)
        {
            return ConsentOutcome.Refuse(ProblemSlugs.NotFound, "No such notice is published.");
        }

        if (notice.HashOf(request.Language) is not { } hash)
        {
            return ConsentOutcome.Refuse(ProblemSlugs.RequestMalformed, "The notice has no text in this language.");
        }

        if (notice.Recipient != request.Recipient || notice.Purpose != request.Purpose || notice.Dataset != request.Dataset)
        {
            return ConsentOutcome.Refuse(ProblemSlugs.RequestMalformed, "The notice speaks of another recipient, purpose or dataset.");
        }

        if (request.Fields.Count == 0)
        {
            return ConsentOutcome.Refuse(ProblemSlugs.FieldsRequired, "No field is named.");
        }

        if (request.Fields.Distinct(StringComparer.Ordinal).Count() != request.Fields.Count || request.Fields.Except(notice.Fields).Any())
        {
            return ConsentOutcome.Refuse(ProblemSlugs.UnknownField, "A field is named twice, or the notice does not speak of it.");
        }

        if (request.Kind == ConsentKind.None || request.ValidTo <= now)
        {
            return ConsentOutcome.Refuse(ProblemSlugs.RequestMalformed, "A consent has a kind and ends in the future.");
        }

        var asked = new ConsentRecord
        {
            Id = IdOf(request, rules.GovernanceSize),
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
            : ConsentOutcome.Accept(new ConsentChanged(LeafKinds.ConsentRequested, asked));
    }

    private static ConsentOutcome Decide(DecideConsent command, RegionSnapshot rules, DateTimeOffset now)
    {
        // Somebody else's consent is, to this caller, not there.
        if (rules.FindConsent(command.Id) is not { } consent || consent.Subject != command.Subject)
        {
            return ConsentOutcome.Refuse(ProblemSlugs.NotFound, "There is no such consent.");
        }

        if (command.AssistedBy is not null && !IsSha256(command.EvidenceHash))
        {
            return ConsentOutcome.Refuse(ProblemSlugs.RequestMalformed, "A clerk who assists names the SHA-256 of the evidence in base64.");
        }

        var isExpired = consent.ValidTo <= now;
        return (consent.State, command.Decision) switch
        {
            (ConsentState.Requested, ConsentDecision.Give) when isExpired => ConsentOutcome.Refuse(ProblemSlugs.StateConflict, "The request has expired."),
            (ConsentState.Requested, ConsentDecision.Give) when ConsentOverlap.IsOutdated(consent, rules) => ConsentOutcome.Refuse(ProblemSlugs.StateConflict, "The notice has a newer revision; the request has to be made again."),
            // Requests made before there was this rule can still stand beside each other.
            (ConsentState.Requested, ConsentDecision.Give) when ConsentOverlap.InForce(consent, rules, now) is { } other => Overlaps(other, "It has to be withdrawn before this one can be given."),
            (ConsentState.Requested, ConsentDecision.Give) => Accept(LeafKinds.ConsentGiven, consent with { State = ConsentState.Given, ValidFrom = now, ExpressedBy = ExpressedBy.Self }, command),
            (ConsentState.Requested, ConsentDecision.Refuse) => Accept(LeafKinds.ConsentRefused, consent with { State = ConsentState.Refused }, command),
            // Withdrawal is possible at any time, expired or not (PIPL art. 15).
            (ConsentState.Given or ConsentState.Renewed or ConsentState.Invalidated, ConsentDecision.Withdraw) => Accept(LeafKinds.ConsentWithdrawn, consent with { State = ConsentState.Withdrawn }, command),
            _ => ConsentOutcome.Refuse(ProblemSlugs.StateConflict, $"A consent that is {consent.State} cannot be changed so."),
        };
    }

    private static ConsentOutcome Accept(string kind, ConsentRecord next, DecideConsent command) =>
        ConsentOutcome.Accept(new ConsentChanged(kind, next with { AssistedBy = command.AssistedBy, EvidenceHash = command.EvidenceHash }));

    /// <summary>Names the other consent: it has the same subject and the same recipient, so whoever may see this one may see that one.</summary>
    private static ConsentOutcome Overlaps(ConsentRecord other, string remedy) => ConsentOutcome.Refuse(
        ProblemSlugs.StateConflict, $"The consent {other.Id} already covers a field of this one and is {(other.State == ConsentState.Requested ? "waiting for an answer" : "in force")}. {remedy}");

    /// <summary>Unguessable without the subject's handle, and unique: a governance size is used by one command only.</summary>
    private static string IdOf(RequestConsent request, long governanceSize) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"dx-consent {request.Subject.Value} {governanceSize}"))).AsSpan(0, 16));

    private static bool IsSha256(string? base64) =>
        base64 is { Length: 44 } && Convert.TryFromBase64String(base64, stackalloc byte[33], out var length) && length == SHA256.HashSizeInBytes;
}
