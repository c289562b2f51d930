using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Policy.Cases;

namespace DataExchange.Gateway.Cases.Evidence;

/// <summary><c>GET /v1/cases/{id}/evidence</c>.</summary>
internal static class EvidenceEndpoint
{
    public static async Task<IResult> ReadAsync(string id, CaseAccess access, EvidenceReader reader, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await access.FindAsync(id, context) is not { } visible)
        {
            return CaseEndpoints.NotThere();
        }

        return visible.Case.State == CaseState.Completed
            ? Results.Ok(await reader.ReadAsync(visible, await access.SubjectOfAsync(visible.Case, context.RequestAborted), context.RequestAborted))
            : new ProblemResult(ProblemSlugs.StateConflict, "There is evidence of a completed case only.");
    }
}
