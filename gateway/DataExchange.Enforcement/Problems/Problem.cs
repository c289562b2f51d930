using DataExchange.Contracts.Problems;

namespace DataExchange.Enforcement.Problems;

/// <summary>Makes problems that no decision stands behind.</summary>
public static class Problem
{
    /// <param name="slug">Which.</param>
    /// <param name="detail">What is wrong with this request, without personal data.</param>
    public static ExchangeProblem Of(ProblemSlug slug, string? detail = null) => new()
    {
        Type = slug.Type,
        Title = slug.Title,
        Status = slug.Status,
        Code = slug.Code,
        Detail = detail,
    };
}
