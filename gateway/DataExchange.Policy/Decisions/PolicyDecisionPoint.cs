using DataExchange.Contracts.Problems;
using DataExchange.Policy.Decisions.Gates;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Decisions;

/// <summary>The decision function.</summary>
public static class PolicyDecisionPoint
{
    /// <summary>Pure: the same request, rules and moment give the same decision and the same reasons.</summary>
    /// <remarks>
    /// Deny overrides. The gates run in the order of their numbers; the first that fails names the problem, and every reason found is
    /// reported. Gates 8 to 10 look at the person, so they run only once gates 1 to 7 have found a grant that covers something: a caller
    /// without one learns nothing about anybody, not even through the list of reasons.
    /// </remarks>
    public static Decision Decide(ExchangeRequest request, RegionSnapshot snapshot, DateTimeOffset now) => Concluded(Evaluate(request, snapshot, now));

    /// <summary>The same decision, with what the gates found on the way to it.</summary>
    /// <inheritdoc cref="Decide" path="/remarks"/>
    public static DecisionTrace Trace(ExchangeRequest request, RegionSnapshot snapshot, DateTimeOffset now)
    {
        var evaluation = Evaluate(request, snapshot, now);
        return new DecisionTrace
        {
            Request = request,
            Rules = snapshot,
            Now = now,
            Decision = Concluded(evaluation),
            Consumer = evaluation.Consumer,
            Purpose = evaluation.Purpose,
            Dataset = evaluation.Dataset,
            Agreement = evaluation.Agreement,
            Grant = evaluation.Grant,
            LookedAtPerson = evaluation.LookedAtPerson,
        };
    }

    private static Evaluation Evaluate(ExchangeRequest request, RegionSnapshot snapshot, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(snapshot);

        var evaluation = new Evaluation(request, snapshot, now);
        Gate1Sender.Check(evaluation);
        Gate2Form.Check(evaluation);
        Gate3Prohibitions.Check(evaluation);
        Gate4Dataset.Check(evaluation);
        Gate5Agreement.Check(evaluation);
        Gate6Actor.Check(evaluation);
        Gate7Minimisation.Check(evaluation);

        if (evaluation.Reasons.FirstAboutRequest is null && HasFieldLeft(evaluation))
        {
            evaluation.LookedAtPerson = true;
            Gate8LegalBasis.Check(evaluation);
            Gate9Restrictions.Check(evaluation);
            Gate10BreakGlass.Check(evaluation);
        }

        return evaluation;
    }

    private static bool HasFieldLeft(Evaluation evaluation)
    {
        var fields = evaluation.Request.Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            if (!evaluation.Reasons.IsDenied(fields[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the gates say, and over it what a protective hold does to it; it too looks at the person.</summary>
    private static Decision Concluded(Evaluation evaluation) =>
        evaluation.LookedAtPerson ? Concealment.Apply(Conclude(evaluation), evaluation) : Conclude(evaluation);

    private static Decision Conclude(Evaluation evaluation)
    {
        var request = evaluation.Request;
        var reasons = evaluation.Reasons;
        var permitted = Permitted(evaluation);

        var outcome = !reasons.Any && permitted.Count == request.Fields.Count ? DecisionOutcome.Permit
            : request.Lenient && reasons.FirstAboutRequest is null && permitted.Count > 0 ? DecisionOutcome.Partial
            : DecisionOutcome.Deny;

        var denies = outcome == DecisionOutcome.Deny;
        return new Decision
        {
            Outcome = outcome,
            Problem = denies ? reasons.First ?? ProblemSlugs.LegalBasisMissing : null,
            Reasons = reasons.All,
            Relaxed = denies ? [] : evaluation.Relaxed,
            Permitted = denies ? [] : permitted,
            Denied = Denied(evaluation, denies),
            Obligations = denies ? [] : evaluation.Grant!.Obligations,
            Consumer = evaluation.Consumer?.Code,
            Agreement = evaluation.Agreement is { } agreement ? $"{agreement.Id}@{agreement.Revision}" : null,
            Served = denies ? null : evaluation.Served,
            Remedy = denies ? Remedies.For(reasons.First ?? ProblemSlugs.LegalBasisMissing) : null,
            GovernanceSize = evaluation.Rules.GovernanceSize,
            Uncounted = denies ? [] : evaluation.Uncounted ?? [],
        };
    }

    /// <summary>Only a field that its dataset has, its grant names and no gate denied.</summary>
    private static List<PermittedField> Permitted(Evaluation evaluation)
    {
        var permitted = new List<PermittedField>(evaluation.Request.Fields.Count);
        if (evaluation.Reasons.FirstAboutRequest is not null)
        {
            return permitted;
        }

        foreach (var name in evaluation.Request.Fields)
        {
            if (!evaluation.Reasons.IsDenied(name) && evaluation.Granted(name) is { } granted && evaluation.Served?.FindField(name) is { } field && evaluation.Dataset?.FindField(name) is not null)
            {
                permitted.Add(new PermittedField(name, field.Type, granted.Transform, granted.RangeWidth, granted.Basis, evaluation.Consents.GetValueOrDefault(name)));
            }
        }

        return permitted;
    }

    /// <summary>The fields that have a reason of their own; when the request as a whole was refused, all of them.</summary>
    private static List<string> Denied(Evaluation evaluation, bool denies)
    {
        var all = denies && evaluation.Reasons.FirstAboutRequest is not null;
        return !all && !evaluation.Reasons.AnyField ? [] : [.. evaluation.Request.Fields.Where(field => all || evaluation.Reasons.IsDenied(field))];
    }
}
