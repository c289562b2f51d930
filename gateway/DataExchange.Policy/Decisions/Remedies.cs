using DataExchange.Contracts.Problems;
using DataExchange.Policy.Explanations;

namespace DataExchange.Policy.Decisions;

/// <summary>What a refused caller can do, one sentence a slug, without personal data. In English: problems are; explanations have it in every language.</summary>
internal static class Remedies
{
    public static string? For(ProblemSlug slug) => LanguageTexts.English.Codes.GetValueOrDefault(slug.Code)?.Remedy;
}
