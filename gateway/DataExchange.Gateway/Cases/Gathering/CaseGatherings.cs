using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Cases;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Cases;
using DataExchange.Policy.Matters;

namespace DataExchange.Gateway.Cases.Gathering;

/// <summary>Checks what can be checked before anybody is asked: the case is the caller's to gather in, it is this person's, and its matter has these needs.</summary>
public sealed class CaseGatherings(CaseAccess access, CaseGather gather, GovernanceLedger ledger, SubjectVault vault, TimeProvider clock)
{
    internal async ValueTask<(GatherRun? Gathering, IResult? Problem)> StartAsync(string id, CaseGathering body, HttpContext context)
    {
        if (!SubjectNumber.IsAcceptable(body.Subject))
        {
            return (null, new ProblemResult(ProblemSlugs.RequestMalformed, "subject is not a number of its scheme."));
        }

        // Whoever names another person than the case is about learns no more than whoever names another case.
        if (await access.FindAsync(id, context) is not { } visible
            || await vault.FindAsync(body.Subject, context.RequestAborted) is not { } subject || subject.Handle != visible.Case.Subject)
        {
            return (null, CaseEndpoints.NotThere());
        }

        if (CaseMachine.WhyNotGather(visible.Case, visible.By, clock.GetUtcNow()) is { } refusal)
        {
            return (null, new ProblemResult(Problem.Of(refusal.Problem!, refusal.Detail) with { Next = refusal.Next }));
        }

        var matter = visible.Matter.Matter;
        if (body.Needs is { } named && (named.Any(code => matter.FindNeed(code) is null) || named.Distinct(StringComparer.Ordinal).Count() != named.Count))
        {
            return (null, new ProblemResult(ProblemSlugs.RequestMalformed, "needs names needs of the matter, each once."));
        }

        IReadOnlyList<MatterNeed> needs = [.. matter.Needs.Where(need => body.Needs?.Contains(need.Code) ?? visible.Case.ResultOf(need.Code) is null)];
        return (new GatherRun(gather, ledger, clock, visible, subject, needs, body.Subject, context), null);
    }
}
