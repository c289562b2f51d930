using DataExchange.Contracts.Problems;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Legal basis, field by field (PIPL art. 13): a cited basis other than consent, or a valid consent; a separate one where the grant asks for it (art. 29), a guardian's under 14 (art. 31).</summary>
internal static class Gate8LegalBasis
{
    private const int Number = 8;
    private const int AgeOfConsent = 14;

    public const string NoBasis = "The agreement cites no legal basis for this field.";

    public static void Check(Evaluation evaluation)
    {
        List<Candidate>? candidates = null;
        foreach (var name in evaluation.Request.Fields)
        {
            if (evaluation.Reasons.IsDenied(name) || evaluation.Granted(name) is not { } granted)
            {
                continue;
            }

            if (granted.Basis is not (LegalBasis.None or LegalBasis.Consent) && !string.IsNullOrEmpty(granted.Citation) && !granted.SeparateConsent)
            {
                continue;
            }

            if (granted.Basis == LegalBasis.None || (granted.Basis != LegalBasis.Consent && string.IsNullOrEmpty(granted.Citation)))
            {
                evaluation.Reasons.AboutField(Number, ProblemSlugs.LegalBasisMissing, name, NoBasis);
                continue;
            }

            CheckConsent(evaluation, granted, NeedsSeparate(evaluation, granted), candidates ??= Candidates(evaluation));
        }
    }

    private static void CheckConsent(Evaluation evaluation, GrantedField granted, bool needsSeparate, List<Candidate> candidates)
    {
        ProblemSlug? nearest = null;
        foreach (var candidate in candidates)
        {
            if (!candidate.Consent.Fields.Contains(granted.Name))
            {
                continue;
            }

            var fault = Fault(candidate, needsSeparate);
            if (fault is null)
            {
                evaluation.Consents[granted.Name] = candidate.Consent.Id;
                evaluation.Use(candidate.Consent);
                return;
            }

            // Of several consents that do not serve, the one that is valid but of the wrong kind tells the caller most.
            nearest = nearest is null || nearest == ProblemSlugs.ConsentRequired || fault != ProblemSlugs.ConsentNotValid ? fault : nearest;
        }

        var slug = nearest ?? (needsSeparate ? ProblemSlugs.SeparateConsentRequired : ProblemSlugs.ConsentRequired);
        evaluation.RefuseUnlessBroken(Number, slug, granted.Name, Explain(slug));
    }

    /// <summary>PIPL art. 29: consent to a sensitive field is separate, whatever the grant says.</summary>
    private static bool NeedsSeparate(Evaluation evaluation, GrantedField granted) =>
        granted.SeparateConsent || evaluation.Dataset!.FindField(granted.Name) is { Sensitive: true };

    /// <summary>The consents of the subject to this use, each judged once for all fields.</summary>
    private static List<Candidate> Candidates(Evaluation evaluation)
    {
        var candidates = new List<Candidate>();
        foreach (var consent in evaluation.Rules.ConsentsOf(evaluation.Request.Subject))
        {
            if (consent.Recipient == evaluation.Consumer!.Code && consent.Purpose == evaluation.Request.Purpose && consent.Dataset == evaluation.Request.Dataset)
            {
                candidates.Add(new Candidate(consent, Judge(consent, evaluation)));
            }
        }

        return candidates;
    }

    private static Standing Judge(ConsentRecord consent, Evaluation evaluation)
    {
        if (consent.State is ConsentState.Requested or ConsentState.Refused or ConsentState.RequestExpired)
        {
            return Standing.NotGiven;
        }

        // The exchange that took the last use may go on to its release.
        var exchange = evaluation.Request.Exchange;
        var isValid = (consent.State is ConsentState.Given or ConsentState.Renewed || (consent.State == ConsentState.Exhausted && ConsentUses.IsCounted(consent, exchange)))
            && consent.ValidFrom <= evaluation.Now && evaluation.Now < consent.ValidTo
            && evaluation.Rules.NoticeRegister.Stands(consent.Notice, consent.NoticeRevision, consent.Language, consent.NoticeHash)
            && ConsentUses.Permits(consent, evaluation.Now, exchange);
        return !isValid ? Standing.NotValid
            : IsChild(evaluation) && consent.ExpressedBy != ExpressedBy.Guardian ? Standing.NotByGuardian
            : Standing.Valid;
    }

    /// <summary>Why this consent does not permit a field of it; null when it does.</summary>
    private static ProblemSlug? Fault(Candidate candidate, bool needsSeparate) => candidate.Standing switch
    {
        Standing.NotGiven => needsSeparate ? ProblemSlugs.SeparateConsentRequired : ProblemSlugs.ConsentRequired,
        Standing.NotByGuardian => ProblemSlugs.GuardianConsentRequired,
        Standing.Valid => needsSeparate && candidate.Consent.Kind is not (ConsentKind.Separate or ConsentKind.Written) ? ProblemSlugs.SeparateConsentRequired : null,
        _ => ProblemSlugs.ConsentNotValid,
    };

    private static bool IsChild(Evaluation evaluation) =>
        evaluation.Request.BirthDate is { } born && born > DateOnly.FromDateTime(evaluation.Now.UtcDateTime).AddYears(-AgeOfConsent);

    private static string Explain(ProblemSlug slug) => slug.Code switch
    {
        "consent-not-valid" => "The consent was withdrawn, has expired, was given to an older notice, or was used as often as it may be.",
        "separate-consent-required" => "This field needs a separate consent.",
        "guardian-consent-required" => "The subject is under 14: a guardian has to consent.",
        _ => "This field needs the subject's consent.",
    };

    private enum Standing { NotValid = 0, NotGiven, NotByGuardian, Valid }

    private readonly record struct Candidate(ConsentRecord Consent, Standing Standing);
}
