using System.Globalization;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Fsck;

/// <summary>What a check of a data folder found.</summary>
/// <param name="Folder">The data folder.</param>
/// <param name="Entries">Entries of each log that was read.</param>
/// <param name="Findings">Everything found, warnings included.</param>
internal sealed record FsckReport(string Folder, IReadOnlyDictionary<string, long> Entries, IReadOnlyList<Finding> Findings) : Report(
    !Findings.Any(IsError),
    Findings.FirstOrDefault(IsError)?.Code ?? FindingCode.Verified,
    Findings.Any(IsError) ? $"{Folder} is damaged or not safe as it stands." : $"{Folder} holds what it should.")
{
    public override IEnumerable<(string Name, string Value)> Facts() =>
    [
        .. Entries.Select(log => (log.Key, $"{log.Value.ToString("N0", CultureInfo.InvariantCulture)} entries")),
        .. Findings.Select(finding => (IsError(finding) ? "ERROR" : "warning", $"[{finding.Code}] {finding.Place}: {finding.Detail} {finding.Remedy}")),
    ];

    private static bool IsError(Finding finding) => finding.Severity == Severity.Error;
}
