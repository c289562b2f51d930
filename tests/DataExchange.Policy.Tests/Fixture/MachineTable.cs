using System.Text.RegularExpressions;

namespace DataExchange.Policy.Tests.Fixture;

/// <summary>A table of <c>contracts/state-machines.md</c>: which command is legal in which state, for whom, and where it leads.</summary>
internal sealed partial class MachineTable
{
    private readonly Dictionary<(string State, string Command), List<(string Next, HashSet<string> Parties)>> _cells = [];

    private MachineTable(IReadOnlyList<string> states, IReadOnlyList<string> commands) => (States, Commands) = (states, commands);

    public IReadOnlyList<string> States { get; }

    public IReadOnlyList<string> Commands { get; }

    /// <summary>Everybody whom the table names.</summary>
    public IReadOnlyList<string> Parties => [.. _cells.Values.SelectMany(cells => cells).SelectMany(cell => cell.Parties).Distinct().Order()];

    /// <summary>The first table of the section with this heading.</summary>
    public static MachineTable Read(string heading)
    {
        var document = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "contracts", "state-machines.md"));
        var rows = document.SkipWhile(line => line != "## " + heading).SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Replace("`", "", StringComparison.Ordinal)).ToArray()).ToList();
        Assert.True(rows.Count > 2, $"contracts/state-machines.md has no table under '## {heading}'.");
        var table = new MachineTable([.. rows.Skip(2).Select(row => row[0])], rows[0][1..]);
        foreach (var row in rows.Skip(2))
        {
            Assert.Equal(rows[0].Length, row.Length);
            for (var i = 1; i < row.Length; i++)
            {
                table._cells[(row[0], rows[0][i])] = [.. Cell().Matches(row[i]).Select(cell => (
                    cell.Groups["next"].Value, cell.Groups["parties"].Value.Split(", ").ToHashSet()))];
                Assert.Equal(row[i].Length > 0, table._cells[(row[0], rows[0][i])].Count > 0);
            }
        }

        return table;
    }

    /// <summary>Where the command leads for this party; null where it is not legal.</summary>
    public string? Next(string state, string command, string party) =>
        _cells[(state, command)].Where(cell => cell.Parties.Contains(party)).Select(cell => cell.Next).SingleOrDefault();

    /// <summary>Whether the party may ever give the command.</summary>
    public bool Knows(string command, string party) => States.Any(state => Next(state, command, party) is not null);

    /// <summary>The commands that are legal for the party in this state.</summary>
    public IReadOnlyList<string> Legal(string state, string party) => [.. Commands.Where(command => Next(state, command, party) is not null)];

    // A cell may lead different parties to different states: "Closed (reviewer), Assigned (operator)".
    [GeneratedRegex(@"(?<next>[A-Za-z]+) \((?<parties>[^)]*)\)")]
    private static partial Regex Cell();
}
