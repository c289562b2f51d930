using System.Globalization;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Mirrors;

/// <summary>A mirror that verified.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Size">Entries of the mirror, each of which was read.</param>
/// <param name="LogSize">Entries of the log.</param>
internal sealed record MirrorReport(string Origin, long Size, long LogSize)
    : Report(true, FindingCode.Verified, $"the mirror is {(Size == LogSize ? "all" : "the beginning")} of {Origin}.")
{
    /// <summary>Entries that the mirror lacks.</summary>
    public long Behind => LogSize - Size;

    public override IEnumerable<(string Name, string Value)> Facts() =>
        [("mirror", $"{Number(Size)} entries"), ("log", $"{Number(LogSize)} entries"), ("behind", $"{Number(Behind)} entries")];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
