using DataExchange.Contracts.Problems;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Hard prohibitions. Nothing overrides them, break-glass included.</summary>
internal static class Gate3Prohibitions
{
    private const int Number = 3;

    public static void Check(Evaluation evaluation)
    {
        if (evaluation.Rules.FindDataset(evaluation.Request.Dataset) is { ShareClass: ShareClass.Prohibited } dataset)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.DatasetProhibited, $"Sharing is prohibited: {dataset.Prohibition ?? dataset.Conditions}");
        }
    }
}
