using DataExchange.Contracts.Problems;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Minimisation: what is asked for lies within the grant, and within what the purpose may ever need, and is released no more fully than the dataset allows.</summary>
internal static class Gate7Minimisation
{
    private const int Number = 7;

    public static void Check(Evaluation evaluation)
    {
        if (evaluation.Grant is null || evaluation.Purpose is null || evaluation.Dataset is not { } dataset)
        {
            return; // Gates 2, 4 and 5 have said why.
        }

        var limit = evaluation.Purpose.Limits.GetValueOrDefault(dataset.Code) ?? [];
        foreach (var field in evaluation.Request.Fields)
        {
            if (evaluation.Reasons.IsDenied(field))
            {
                continue; // No such field: gate 4.
            }

            if (evaluation.Granted(field) is not { } granted)
            {
                evaluation.Reasons.AboutField(Number, ProblemSlugs.FieldsNotPermitted, field, "The agreement does not grant this field for this purpose.");
            }
            else if (!limit.Contains(field))
            {
                evaluation.Reasons.AboutField(Number, ProblemSlugs.FieldsNotPermitted, field, "The purpose does not need this field.");
            }
            else if (!Allows(dataset, granted))
            {
                evaluation.Reasons.AboutField(Number, ProblemSlugs.FieldsNotPermitted, field, "The dataset does not allow this field to be released as the agreement says.");
            }
        }
    }
    private static bool Allows(Dataset dataset, GrantedField granted) =>
        granted.Transform != FieldTransform.None && dataset.FindField(granted.Name)!.Transforms.Contains(granted.Transform);
}
