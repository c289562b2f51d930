using System.Globalization;
using System.Text.RegularExpressions;
using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Tests.Contracts;

/// <summary><c>contracts/errors.md</c> against the code.</summary>
public partial class ErrorsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "contracts", "errors.md"));

    [Fact]
    public void It_lists_every_problem_with_its_status_and_no_other()
    {
        var documented = Row().Matches(Document).Select(row => (Code: row.Groups["code"].Value, Status: int.Parse(row.Groups["status"].Value, CultureInfo.InvariantCulture)));
        Assert.Equal(
            ProblemSlugs.All.Values.Select(problem => (problem.Code, problem.Status)).Order(),
            documented.Order());
    }

    [Fact]
    public void Each_problem_has_a_meaning_a_cause_and_a_remedy() => Assert.All(
        Row().Matches(Document), row => Assert.All(row.Groups["cell"].Captures, cell => Assert.False(string.IsNullOrWhiteSpace(cell.Value), row.Value)));

    [Fact]
    public void Every_gate_and_every_code_it_names_exists()
    {
        var gates = Gate().Matches(Document);
        Assert.Equal(Enumerable.Range(1, 10), gates.Select(gate => int.Parse(gate.Groups["gate"].Value, CultureInfo.InvariantCulture)));
        Assert.All(gates.SelectMany(gate => Code().Matches(gate.Groups["codes"].Value)), code => Assert.Contains(code.Groups[1].Value, ProblemSlugs.All.Keys));
    }

    [GeneratedRegex(@"^\| `(?<code>[a-z-]+)` \| (?<status>\d{3}) (\|(?<cell>[^|\n]*)){3}\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| (?<gate>\d+) \|[^|\n]*\|(?<codes>[^|\n]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Gate();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Code();
}
