using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Form: one registered purpose; explicit fields, each once, no wildcard.</summary>
internal static class Gate2Form
{
    private const int Number = 2;

    public static void Check(Evaluation evaluation)
    {
        var request = evaluation.Request;
        if (request.Fields.Count == 0)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.FieldsRequired, "No field is named.");
        }
        else if (request.Fields.Any(f => f.Contains('*', StringComparison.Ordinal)))
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.FieldsRequired, "A wildcard names no field.");
        }
        else if (request.Fields.Distinct(StringComparer.Ordinal).Count() != request.Fields.Count)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.RequestMalformed, "A field is named twice.");
        }

        evaluation.Purpose = evaluation.Rules.FindPurpose(request.Purpose);
        if (evaluation.Purpose is null)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.UnknownPurpose, "No such purpose is registered.");
        }
    }
}
