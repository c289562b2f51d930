using System.Globalization;
using DataExchange.Cli.Sources;

namespace DataExchange.Cli.DataFolders;

/// <summary>A log that was retired and another begun in its place, as <c>exchange.db</c> keeps it since its version 3.</summary>
/// <param name="Log">One of <see cref="LogName"/>.</param>
/// <param name="Generation">Which of the logs of that name; 1 for the first.</param>
/// <param name="Origin">Its origin.</param>
/// <param name="VerifierKey">Its verifier key.</param>
/// <param name="Note">The newest checkpoint of what is stored that was at hand when it was retired; null for none.</param>
internal sealed record RetiredLog(string Log, int Generation, string Origin, string VerifierKey, string? Note)
{
    /// <summary>What it is called on the command line: <c>access-1</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Log}-{Generation}");

    /// <summary>What its table of batches is called after.</summary>
    public string Table => TableOf(Log, Generation);

    public static string TableOf(string log, int generation) => string.Create(CultureInfo.InvariantCulture, $"{log}_{generation}");

    /// <summary>All of them, oldest first; none where the file is older.</summary>
    public static IReadOnlyList<RetiredLog> ReadAll(ReadDatabase exchange) =>
        exchange.Long("SELECT count(*) FROM sqlite_schema WHERE name = 'log_retired'") > 0
            ? [.. exchange.Rows("SELECT log, generation, origin, vkey, note FROM log_retired ORDER BY log, generation").Select(row => new RetiredLog(
                row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4)))]
            : [];

    /// <summary>Which of the logs of this name is written now.</summary>
    public static int Current(ReadDatabase exchange, string log) =>
        1 + ReadAll(exchange).Where(retired => retired.Log == log).Select(retired => retired.Generation).DefaultIfEmpty().Max();

    /// <summary>The last part of the origin of one of the logs of this name.</summary>
    public static string LabelOf(string log, int generation) =>
        generation == 1 ? log : string.Create(CultureInfo.InvariantCulture, $"{log}-{generation}");

    /// <summary>The retired log that the command line names; null for one of the two that are written.</summary>
    /// <exception cref="FindingException">There is no such log.</exception>
    public static RetiredLog? Find(string folder, string name)
    {
        if (LogName.All.Contains(name))
        {
            return null;
        }

        using var exchange = ReadDatabase.Open(Path.Combine(folder, DataFolder.Exchange), isExclusive: false);
        var retired = ReadAll(exchange);
        return retired.FirstOrDefault(log => log.Name == name) ?? throw LogSource.Unreadable(
            folder, $"it has no log {name}; it has {string.Join(", ", LogName.All.Concat(retired.Select(log => log.Name)))}.");
    }
}
