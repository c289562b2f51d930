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
        else if (HasWildcard(request.Fields))
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.FieldsRequired, "A wildcard names no field.");
        }
        else if (HasRepeat(request.Fields))
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.RequestMalformed, "A field is named twice.");
        }

        evaluation.Purpose = evaluation.Rules.FindPurpose(request.Purpose);
        if (evaluation.Purpose is null)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.UnknownPurpose, "No such purpose is registered.");
        }
    }

    private static bool HasWildcard(IReadOnlyList<string> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Contains('*', StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // Fields are few: comparing each with each costs less than a set of them.
    private static bool HasRepeat(IReadOnlyList<string> fields)
    {
        for (var i = 1; i < fields.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (fields[i] == fields[j])
                {
                    return true;
                }
            }
        }

        return false;
    }
}
