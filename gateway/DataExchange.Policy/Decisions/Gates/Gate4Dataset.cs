using DataExchange.Contracts.Problems;
using DataExchange.Policy.Catalogue;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>The dataset is published, is about such subjects, and holds every field.</summary>
internal static class Gate4Dataset
{
    private const int Number = 4;

    public static void Check(Evaluation evaluation)
    {
        var request = evaluation.Request;
        evaluation.Dataset = evaluation.Rules.FindDataset(request.Dataset);
        if (evaluation.Dataset is not { } dataset)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.NotFound, Explain(evaluation));
            return;
        }

        if (request.SubjectScheme != dataset.SubjectScheme)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.RequestMalformed, $"The dataset is about subjects of the scheme {dataset.SubjectScheme}.");
        }

        foreach (var name in request.Fields)
        {
            if (dataset.FindField(name) is null)
            {
                evaluation.Reasons.AboutField(Number, ProblemSlugs.UnknownField, name, "The dataset has no such field.");
            }
        }
    }

    private static string Explain(Evaluation evaluation) => evaluation.Rules.FindEntry(evaluation.Request.Dataset) is { State: RevisionState.Withdrawn }
        ? "The dataset was withdrawn."
        : "No such dataset is published.";
}
