using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Decisions;

/// <summary>What a refused caller can do, one sentence a slug, without personal data.</summary>
internal static class Remedies
{
    public static string? For(ProblemSlug slug) => slug.Code switch
    {
        "fields-required" => "Name each field that the purpose needs; the catalogue at /v1/catalogue lists them.",
        "request-malformed" => "Correct the request as the detail says.",
        "token-binding-mismatch" => "Present the client certificate that the token is bound to.",
        "actor-not-authorised" => "Use a client that is registered to a member, with a role that may query.",
        "unknown-purpose" => "Use a purpose that is registered; the catalogue at /v1/catalogue lists them.",
        "unknown-field" => "Use fields of the dataset's published revision; the catalogue at /v1/catalogue lists them.",
        "not-found" => "Use a dataset of the catalogue at /v1/catalogue.",
        "dataset-prohibited" => "This dataset is not shared with anyone; the catalogue cites the provision.",
        "agreement-not-active" => "Agree with the provider on sharing this dataset, or wait until the agreement is active again.",
        "consumer-mismatch" => "Use a client that the agreement names.",
        "purpose-not-permitted" => "Ask for a purpose that the agreement grants, or amend the agreement.",
        "fields-not-permitted" => "Leave these fields out, or amend the agreement and the purpose.",
        "quota-exceeded" => "Wait until the quota's window has passed.",
        "case-required" => "Open a case for the person at a desk and name it in the request.",
        "mandate-invalid" => "Leave the mandate out, or name one that is registered and in term.",
        "legal-basis-missing" => "The agreement has to cite a legal basis for these fields.",
        "consent-required" => "Ask the person for consent: POST /v1/consents.",
        "consent-not-valid" => "Ask the person for a new consent: POST /v1/consents.",
        "separate-consent-required" => "Ask the person for a separate consent to these fields: POST /v1/consents with kind separate.",
        "guardian-consent-required" => "Ask the person's guardian for consent.",
        "subject-restricted" => "Do without these fields, or ask the person.",
        "break-glass-not-permitted" => "Ask without break-glass.",
        _ => null,
    };
}
