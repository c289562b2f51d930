using System.Globalization;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Agreements;

/// <summary>Agreements that were put in force, with the signatures that verify.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Size">Entries under the checkpoint.</param>
/// <param name="Agreements">In the order of the log.</param>
internal sealed record AgreementReport(string Origin, long Size, IReadOnlyList<CheckedAgreement> Agreements)
    : Report(Agreements.All(agreement => agreement.Missing.Count == 0), CodeOf(Agreements), Describe(Agreements))
{
    public override IEnumerable<(string Name, string Value)> Facts() => Agreements.Select(agreement => (
        agreement.Name,
        agreement.Missing.Count == 0 ? $"signed by {string.Join(", ", agreement.Signers)}" : $"NOT signed by {string.Join(", ", agreement.Missing)}"));

    private static string CodeOf(IReadOnlyList<CheckedAgreement> agreements) => agreements.All(agreement => agreement.Missing.Count == 0) ? FindingCode.Verified
        : agreements.All(agreement => agreement.Missing.Count == 0 || agreement.CannotTell) ? FindingCode.SignerUnknown
        : FindingCode.SignatureMissing;

    private static string Describe(IReadOnlyList<CheckedAgreement> agreements) => agreements.Count(agreement => agreement.Missing.Count > 0) is var unsigned and > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{unsigned} of {agreements.Count} revisions in force lack a party's signature that verifies.")
        : string.Create(CultureInfo.InvariantCulture, $"All parties signed exactly what was put in force: {agreements.Count} revisions.");
}
