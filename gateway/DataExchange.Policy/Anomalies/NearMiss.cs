using System.Collections.Frozen;
using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Anomalies;

/// <summary>Refusals of somebody who may ask in general, about something that they may not: an agreement stands, and what it or the person allows does not reach so far.</summary>
public static class NearMiss
{
    private static readonly FrozenSet<string> Codes = new[]
    {
        ProblemSlugs.FieldsNotPermitted, ProblemSlugs.PurposeNotPermitted, ProblemSlugs.LegalBasisMissing, ProblemSlugs.ConsentRequired, ProblemSlugs.ConsentNotValid,
        ProblemSlugs.SeparateConsentRequired, ProblemSlugs.GuardianConsentRequired, ProblemSlugs.MandateInvalid, ProblemSlugs.CaseRequired, ProblemSlugs.DatasetProhibited,
        ProblemSlugs.BreakGlassNotPermitted,
    }.Select(slug => slug.Code).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a refusal with this code is one. A refusal by an anomaly rule is none, or a finding would feed itself.</summary>
    public static bool Is(string? code) => code is not null && Codes.Contains(code);
}
