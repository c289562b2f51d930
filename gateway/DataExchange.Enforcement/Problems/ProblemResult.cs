using DataExchange.Contracts.Problems;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Enforcement.Problems;

/// <summary>A problem as the result of a minimal-API endpoint.</summary>
public sealed class ProblemResult(ExchangeProblem problem) : IResult
{
    public ProblemResult(ProblemSlug slug, string? detail = null)
        : this(Problems.Problem.Of(slug, detail))
    {
    }

    /// <summary>What is answered.</summary>
    public ExchangeProblem Problem => problem;

    public Task ExecuteAsync(HttpContext httpContext) => httpContext.WriteProblemAsync(problem);
}
