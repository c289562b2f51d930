using System.Globalization;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Export;

/// <summary>A log that was exported, and verified on the way.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Size">Entries under the exported checkpoint.</param>
/// <param name="SizeBefore">Entries that the folder held before; null when it held none.</param>
/// <param name="FilesWritten">Files written by this run.</param>
/// <param name="Target">The folder.</param>
internal sealed record ExportReport(string Origin, long Size, long? SizeBefore, long FilesWritten, string Target)
    : Report(true, FindingCode.Verified, $"{Target} holds {Origin}.")
{
    public override IEnumerable<(string Name, string Value)> Facts() =>
    [
        ("entries", Number(Size)),
        ("before", SizeBefore is { } before ? $"{Number(before)} entries, which it extends" : "nothing"),
        ("written", $"{Number(FilesWritten)} files"),
    ];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
