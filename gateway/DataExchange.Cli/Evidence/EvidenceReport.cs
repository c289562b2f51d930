using System.Globalization;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Evidence;

/// <summary>Evidence that verified, and what it proves.</summary>
/// <param name="Case">Id of the case.</param>
/// <param name="Matter"><c>{code}@{revision}</c>.</param>
/// <param name="Answers">Needs that were answered.</param>
/// <param name="Consents">Consents that the answers rest on.</param>
/// <param name="Receipts">Receipts that hold.</param>
/// <param name="Records">Records that are the ones released; null where none were given.</param>
internal sealed record EvidenceReport(string Case, string Matter, int Answers, int Consents, int Receipts, int? Records)
    : Report(true, FindingCode.Verified, $"the case {Case} went as its evidence says.")
{
    public override IEnumerable<(string Name, string Value)> Facts() =>
    [
        ("matter", Matter),
        ("answers", Text(Answers)),
        ("consents", Text(Consents)),
        ("receipts", $"{Text(Receipts)}, all hold"),
        ("records", Records is { } records ? $"{Text(records)}, all as released" : "not given; --records takes them"),
    ];

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
