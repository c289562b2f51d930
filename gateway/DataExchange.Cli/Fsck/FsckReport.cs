using System.Globalization;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Fsck;

/// <summary>What a check of a data folder found.</summary>
internal sealed record FsckReport : Report
{
    public FsckReport(string folder, IReadOnlyDictionary<string, long> entries, IReadOnlyList<Finding> findings)
        : base(
            !findings.Any(IsError),
            findings.FirstOrDefault(IsError)?.Code ?? FindingCode.Verified,
            findings.Any(IsError) ? $"{folder} is damaged or not safe as it stands." : $"{folder} holds what it should.")
    {
        (Entries, Findings) = (entries, findings);
        ExitCode = Verified ? ExitCode.Verified : ExitCode.DoesNotVerify;
    }

    /// <summary>Entries of each log that was read.</summary>
    public IReadOnlyDictionary<string, long> Entries { get; }

    /// <summary>Everything found, warnings included.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    public override IEnumerable<(string Name, string Value)> Facts() =>
    [
        .. Entries.Select(log => (log.Key, $"{log.Value.ToString("N0", CultureInfo.InvariantCulture)} entries")),
        .. Findings.Select(finding => (IsError(finding) ? "ERROR" : "warning", $"[{finding.Code}] {finding.Place}: {finding.Detail} {finding.Remedy}")),
    ];

    private static bool IsError(Finding finding) => finding.Severity == Severity.Error;
}
