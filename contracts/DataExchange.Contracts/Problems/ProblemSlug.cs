using System.Collections.Frozen;

namespace DataExchange.Contracts.Problems;

/// <summary>One kind of refusal: its stable code, HTTP status and title. <c>contracts/errors.md</c> explains each.</summary>
public sealed record ProblemSlug(string Code, int Status, string Title)
{
    /// <summary>The problem type: <c>urn:data-exchange:problem:{code}</c>.</summary>
    public string Type => "urn:data-exchange:problem:" + Code;

    /// <inheritdoc/>
    public override string ToString() => Code;
}

/// <summary>Every problem this system answers with (RFC 9457).</summary>
public static class ProblemSlugs
{
    /// <summary>The request cannot be read.</summary>
    public static readonly ProblemSlug RequestMalformed = new("request-malformed", 400, "The request is malformed");

    /// <summary>No explicit fields.</summary>
    public static readonly ProblemSlug FieldsRequired = new("fields-required", 400, "Name the fields you need");

    /// <summary>No token.</summary>
    public static readonly ProblemSlug TokenMissing = new("token-missing", 401, "An access token is required");

    /// <summary>The token does not verify.</summary>
    public static readonly ProblemSlug TokenInvalid = new("token-invalid", 401, "The access token is not valid");

    /// <summary>RFC 8705 binding does not match the client certificate.</summary>
    public static readonly ProblemSlug TokenBindingMismatch = new("token-binding-mismatch", 401, "The token is bound to another client certificate");

    /// <summary>A stronger sign-in is needed.</summary>
    public static readonly ProblemSlug StepUpRequired = new("step-up-required", 401, "A stronger sign-in is required");

    /// <summary>Sharing of the dataset is prohibited.</summary>
    public static readonly ProblemSlug DatasetProhibited = new("dataset-prohibited", 403, "This dataset may not be shared");

    /// <summary>No active agreement.</summary>
    public static readonly ProblemSlug AgreementNotActive = new("agreement-not-active", 403, "No active agreement covers this request");

    /// <summary>The client is not registered to the consumer that the agreement names.</summary>
    public static readonly ProblemSlug ConsumerMismatch = new("consumer-mismatch", 403, "The client does not belong to the agreement's consumer");

    /// <summary>The agreement does not grant this purpose.</summary>
    public static readonly ProblemSlug PurposeNotPermitted = new("purpose-not-permitted", 403, "The agreement does not permit this purpose");

    /// <summary>Fields beyond the grant or the purpose.</summary>
    public static readonly ProblemSlug FieldsNotPermitted = new("fields-not-permitted", 403, "Some fields are not permitted");

    /// <summary>No legal basis is cited.</summary>
    public static readonly ProblemSlug LegalBasisMissing = new("legal-basis-missing", 403, "No legal basis covers this request");

    /// <summary>The subject has not consented.</summary>
    public static readonly ProblemSlug ConsentRequired = new("consent-required", 403, "The subject's consent is required");

    /// <summary>A consent exists and is not valid (withdrawn, expired, other notice).</summary>
    public static readonly ProblemSlug ConsentNotValid = new("consent-not-valid", 403, "The subject's consent is not valid");

    /// <summary>A sensitive field needs a consent of its own.</summary>
    public static readonly ProblemSlug SeparateConsentRequired = new("separate-consent-required", 403, "Separate consent is required");

    /// <summary>The subject is under 14.</summary>
    public static readonly ProblemSlug GuardianConsentRequired = new("guardian-consent-required", 403, "A guardian's consent is required");

    /// <summary>The mandate is unknown, out of term or of another theme.</summary>
    public static readonly ProblemSlug MandateInvalid = new("mandate-invalid", 403, "The mandate is not valid");

    /// <summary>The grant asks for an open case.</summary>
    public static readonly ProblemSlug CaseRequired = new("case-required", 403, "An open case is required");

    /// <summary>The actor's role does not allow this.</summary>
    public static readonly ProblemSlug ActorNotAuthorised = new("actor-not-authorised", 403, "The actor is not authorised");

    /// <summary>A restriction covers the subject.</summary>
    public static readonly ProblemSlug SubjectRestricted = new("subject-restricted", 403, "The subject's records are restricted");

    /// <summary>A finding about the actor waits for a reviewer.</summary>
    public static readonly ProblemSlug HeldForReview = new("held-for-review", 403, "A review has to come first");

    /// <summary>Break-glass cannot relax this.</summary>
    public static readonly ProblemSlug BreakGlassNotPermitted = new("break-glass-not-permitted", 403, "Break-glass is not permitted here");

    /// <summary>Nothing there, or nothing that the caller may know of.</summary>
    public static readonly ProblemSlug NotFound = new("not-found", 404, "Not found");

    /// <summary>The state does not allow this transition.</summary>
    public static readonly ProblemSlug StateConflict = new("state-conflict", 409, "The current state does not allow this");

    /// <summary>If-Match failed.</summary>
    public static readonly ProblemSlug PreconditionFailed = new("precondition-failed", 412, "A precondition failed");

    /// <summary>The change has to say which version it is of.</summary>
    public static readonly ProblemSlug PreconditionRequired = new("precondition-required", 428, "Say which version this changes");

    /// <summary>The idempotency key stands for another request.</summary>
    public static readonly ProblemSlug IdempotencyKeyReused = new("idempotency-key-reused", 422, "The idempotency key was used for another request");

    /// <summary>The body is larger than the limit.</summary>
    public static readonly ProblemSlug PayloadTooLarge = new("payload-too-large", 413, "The request body is too large");

    /// <summary>The purpose is not registered.</summary>
    public static readonly ProblemSlug UnknownPurpose = new("unknown-purpose", 422, "The purpose is not registered");

    /// <summary>The dataset holds no such field.</summary>
    public static readonly ProblemSlug UnknownField = new("unknown-field", 422, "The dataset has no such field");

    /// <summary>The catalogue entry does not say everything that an entry has to.</summary>
    public static readonly ProblemSlug CatalogueEntryIncomplete = new("catalogue-entry-incomplete", 422, "The catalogue entry is not complete");

    /// <summary>The agreement's quota is used up.</summary>
    public static readonly ProblemSlug QuotaExceeded = new("quota-exceeded", 429, "The agreement's quota is used up");

    /// <summary>An anomaly rule lets nothing through for now.</summary>
    public static readonly ProblemSlug Throttled = new("throttled", 429, "Too much was asked for now");

    /// <summary>The provider's answer breaks its schema.</summary>
    public static readonly ProblemSlug ProviderSchemaViolation = new("provider-schema-violation", 502, "The provider's answer does not follow its schema");

    /// <summary>The provider answered about someone else.</summary>
    public static readonly ProblemSlug ProviderSubjectMismatch = new("provider-subject-mismatch", 502, "The provider answered about another subject");

    /// <summary>The log cannot commit, so nothing was asked and nothing leaves.</summary>
    public static readonly ProblemSlug AuditUnavailable = new("audit-unavailable", 503, "The audit log is unavailable");

    /// <summary>The provider cannot be reached or fails.</summary>
    public static readonly ProblemSlug ProviderUnavailable = new("provider-unavailable", 503, "The provider is unavailable");

    /// <summary>The provider took too long.</summary>
    public static readonly ProblemSlug ProviderTimeout = new("provider-timeout", 504, "The provider took too long");

    /// <summary>The method is not offered here.</summary>
    public static readonly ProblemSlug MethodNotAllowed = new("method-not-allowed", 405, "The method is not allowed here");

    /// <summary>The body's media type is not taken here.</summary>
    public static readonly ProblemSlug UnsupportedMediaType = new("unsupported-media-type", 415, "The media type is not supported");

    /// <summary>Something failed that should not; nothing was released.</summary>
    public static readonly ProblemSlug InternalError = new("internal-error", 500, "Something failed; nothing was released");

    /// <summary>Every slug by its code.</summary>
    public static readonly FrozenDictionary<string, ProblemSlug> All = typeof(ProblemSlugs).GetFields()
        .Where(f => f.FieldType == typeof(ProblemSlug)).Select(f => (ProblemSlug)f.GetValue(null)!)
        .ToFrozenDictionary(s => s.Code);
}
