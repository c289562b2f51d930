using DataExchange.Contracts.Problems;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Legal basis, field by field (PIPL art. 13): a cited basis other than consent, or a valid consent; a separate one where the grant asks for it (art. 29), a guardian's under 14 (art. 31).</summary>
internal static class Gate8LegalBasis
{
    private const int Number = 8;
    private const int AgeOfConsent = 14;

    public static void Check(Evaluation evaluation)
    {
        IReadOnlyList<ConsentRecord>? consents = null;
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
                evaluation.Reasons.AboutField(Number, ProblemSlugs.LegalBasisMissing, name, "The agreement cites no legal basis for this field.");
                continue;
            }

            consents ??= evaluation.Rules.ConsentsOf(evaluation.Request.Subject);
            CheckConsent(evaluation, granted, NeedsSeparate(evaluation, granted), consents);
        }
    }

    private static void CheckConsent(Evaluation evaluation, GrantedField granted, bool needsSeparate, IReadOnlyList<ConsentRecord> consents)
    {
        ProblemSlug? nearest = null;
        foreach (var consent in consents)
        {
            if (!Concerns(consent, evaluation, granted.Name))
            {
                continue;
            }

            var fault = Fault(consent, evaluation, needsSeparate);
            if (fault is null)
            {
                evaluation.Consents[granted.Name] = consent.Id;
                evaluation.Use(consent);
                return;
            }

            // Of several consents that do not serve, the one that is valid but of the wrong kind tells the caller most.
            nearest = nearest is null || nearest == ProblemSlugs.ConsentRequired || fault != ProblemSlugs.ConsentNotValid ? fault : nearest;
        }

        var slug = nearest ?? (needsSeparate ? ProblemSlugs.SeparateConsentRequired : ProblemSlugs.ConsentRequired);
        evaluation.Reasons.AboutField(Number, slug, granted.Name, Explain(slug));
    }

    /// <summary>PIPL art. 29: consent to a sensitive field is separate, whatever the grant says.</summary>
    private static bool NeedsSeparate(Evaluation evaluation, GrantedField granted) =>
        granted.SeparateConsent || evaluation.Dataset!.FindField(granted.Name) is { Sensitive: true };

    private static bool Concerns(ConsentRecord consent, Evaluation evaluation, string field) =>
        consent.Recipient == evaluation.Consumer!.Code
        && consent.Purpose == evaluation.Request.Purpose
        && consent.Dataset == evaluation.Request.Dataset
        && consent.Fields.Contains(field);

    /// <summary>Why this consent does not permit the field; null when it does.</summary>
    private static ProblemSlug? Fault(ConsentRecord consent, Evaluation evaluation, bool needsSeparate)
    {
        if (consent.State is ConsentState.Requested or ConsentState.Refused or ConsentState.RequestExpired)
        {
            return needsSeparate ? ProblemSlugs.SeparateConsentRequired : ProblemSlugs.ConsentRequired;
        }

        // The exchange that took the last use may go on to its release.
        var exchange = evaluation.Request.Exchange;
        var isValid = (consent.State is ConsentState.Given or ConsentState.Renewed || (consent.State == ConsentState.Exhausted && ConsentUses.IsCounted(consent, exchange)))
            && consent.ValidFrom <= evaluation.Now && evaluation.Now < consent.ValidTo
            && evaluation.Rules.NoticeRegister.Stands(consent.Notice, consent.NoticeRevision, consent.Language, consent.NoticeHash)
            && ConsentUses.Permits(consent, evaluation.Now, exchange);
        if (!isValid)
        {
            return ProblemSlugs.ConsentNotValid;
        }

        if (IsChild(evaluation) && consent.ExpressedBy != ExpressedBy.Guardian)
        {
            return ProblemSlugs.GuardianConsentRequired;
        }

        return needsSeparate && consent.Kind is not (ConsentKind.Separate or ConsentKind.Written)
            ? ProblemSlugs.SeparateConsentRequired
            : null;
    }

    private static bool IsChild(Evaluation evaluation) =>
        evaluation.Request.BirthDate is { } born && born > DateOnly.FromDateTime(evaluation.Now.UtcDateTime).AddYears(-AgeOfConsent);

    private static string Explain(ProblemSlug slug) => slug.Code switch
    {
        "consent-not-valid" => "The consent was withdrawn, has expired, was given to an older notice, or was used as often as it may be.",
        "separate-consent-required" => "This field needs a separate consent.",
        "guardian-consent-required" => "The subject is under 14: a guardian has to consent.",
        _ => "This field needs the subject's consent.",
    };
}
