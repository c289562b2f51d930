using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Decisions;

/// <summary>
/// What a caller is told of a decision. A restriction hides that it is there (a person under protection is not to be found by asking about
/// them), so a caller is told of it what is also told where no legal basis covers a field. The person concerned and reviewers see the
/// decision as it is.
/// </summary>
public static class Disclosure
{
    /// <summary>The gate that the reasons shown instead are of.</summary>
    private const int LegalBasisGate = 8;

    /// <summary>The same decision when no restriction had a part in it.</summary>
    public static Decision ToCaller(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var told = decision.Reasons.Where(reason => reason.Code != ProblemSlugs.SubjectRestricted.Code).ToList();
        if (told.Count == decision.Reasons.Count)
        {
            return decision;
        }

        var unexplained = decision.Denied.Where(field => told.TrueForAll(reason => reason.Field != field))
            .Select(field => new ProblemReason(LegalBasisGate, ProblemSlugs.LegalBasisMissing.Code, field, Gates.Gate8LegalBasis.NoBasis));
        var reasons = told.Concat(unexplained).OrderBy(reason => reason.Gate).ToList();
        var problem = ProblemSlugs.All[reasons[0].Code];
        return decision with { Reasons = reasons, Problem = problem, Remedy = Remedies.For(problem) };
    }
}
