using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;

namespace DataExchange.Gateway.Cases;

/// <summary><c>POST /v1/cases/{id}/consents</c> and <c>POST /v1/me/cases/{id}/consents</c>.</summary>
internal static class CaseConsentEndpoints
{
    private const int MaxDecisions = 100;

    public static async Task<IResult> RequestAsync(string id, CaseConsentRequest request, CaseAccess access, CaseConsentSender sender, TimeProvider clock, HttpContext context)
    {
        if (await access.FindAsync(id, context) is not { } visible)
        {
            return CaseEndpoints.NotThere();
        }

        return visible.Case.IsOpenAt(clock.GetUtcNow()) ? Results.Ok(await sender.RequestAsync(visible, request, context.RequestAborted)) : Ended();
    }

    public static async Task<IResult> DecideAsync(string id, MyCaseDecisions decisions, CaseAccess access, CaseConsentSender sender, TimeProvider clock, HttpContext context)
    {
        if (decisions.Decisions.Count is 0 or > MaxDecisions || decisions.Decisions.DistinctBy(decision => decision.Consent).Count() != decisions.Decisions.Count)
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, $"decisions names 1 to {MaxDecisions} consents, each once.");
        }

        if (await access.FindAsync(id, context) is not { } visible)
        {
            return CaseEndpoints.NotThere();
        }

        return visible.Case.IsOpenAt(clock.GetUtcNow()) ? Results.Ok(await sender.DecideAsync(visible, decisions, context.RequestAborted)) : Ended();
    }

    private static ProblemResult Ended() => new(Problem.Of(ProblemSlugs.StateConflict, "The case is no longer open.") with { Next = [] });
}
