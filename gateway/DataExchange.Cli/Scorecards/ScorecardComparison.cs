using System.Text.Json;
using DataExchange.Contracts;
using DataExchange.Contracts.Scorecards;

namespace DataExchange.Cli.Scorecards;

/// <summary>Two scorecards, figure by figure.</summary>
internal static class ScorecardComparison
{
    /// <summary>Paths at which the claimed card differs from the recomputed one, with both values.</summary>
    /// <param name="claimed">As published.</param>
    /// <param name="recomputed">As the logs say.</param>
    /// <param name="onlyOpen">Only what stands in the open.</param>
    public static IReadOnlyList<string> Of(Scorecard claimed, Scorecard recomputed, bool onlyOpen)
    {
        var differences = new List<string>();
        if (!onlyOpen)
        {
            Compare("", ToJson(claimed), ToJson(recomputed), differences);
            return differences;
        }

        // Nobody without facts can tell how many entries could not be opened, nor what a department did in sealed ones.
        Compare("/totals", ToJson(claimed with { Totals = claimed.Totals with { Unopened = 0 } }).GetProperty("totals"), ToJson(recomputed with { Totals = recomputed.Totals with { Unopened = 0 } }).GetProperty("totals"), differences);
        var own = recomputed.Departments.ToDictionary(department => department.Member, department => department.Agreements, StringComparer.Ordinal);
        var nothing = new AgreementScorecard(0, 0, 0);
        foreach (var department in claimed.Departments)
        {
            if (department.Agreements != own.GetValueOrDefault(department.Member, nothing))
            {
                differences.Add($"/departments/{department.Member}/agreements");
            }

            own.Remove(department.Member);
        }

        differences.AddRange(own.Keys.Select(member => $"/departments/{member} is missing"));
        return differences;
    }

    private static JsonElement ToJson(Scorecard card) => JsonSerializer.SerializeToElement(card, ContractsJsonContext.Default.Scorecard);

    private static void Compare(string path, JsonElement claimed, JsonElement recomputed, List<string> differences)
    {
        if (claimed.ValueKind != recomputed.ValueKind)
        {
            differences.Add($"{path} differs in kind");
        }
        else if (claimed.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in claimed.EnumerateObject().Select(member => member.Name).Union(recomputed.EnumerateObject().Select(member => member.Name), StringComparer.Ordinal))
            {
                if (claimed.TryGetProperty(name, out var one) && recomputed.TryGetProperty(name, out var other))
                {
                    Compare($"{path}/{name}", one, other, differences);
                }
                else
                {
                    differences.Add($"{path}/{name} is missing on one side");
                }
            }
        }
        else if (claimed.ValueKind == JsonValueKind.Array)
        {
            if (claimed.GetArrayLength() != recomputed.GetArrayLength())
            {
                differences.Add($"{path} has {claimed.GetArrayLength()} instead of {recomputed.GetArrayLength()}");
                return;
            }

            for (var i = 0; i < claimed.GetArrayLength(); i++)
            {
                Compare($"{path}/{i}", claimed[i], recomputed[i], differences);
            }
        }
        else if (claimed.GetRawText() != recomputed.GetRawText())
        {
            differences.Add($"{path} is {claimed.GetRawText()} instead of {recomputed.GetRawText()}");
        }
    }
}
