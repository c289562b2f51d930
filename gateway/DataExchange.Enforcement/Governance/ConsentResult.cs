using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Consents;

namespace DataExchange.Enforcement.Governance;

/// <summary>A consent after its change with the receipt of the change, or a problem.</summary>
public sealed record ConsentResult(ConsentRecord? Consent, Receipt? Receipt, ProblemSlug? Problem, string? Detail)
{
    internal static ConsentResult Accept(ConsentRecord consent, Receipt receipt) => new(consent, receipt, null, null);

    internal static ConsentResult Refuse(ProblemSlug problem, string detail) => new(null, null, problem, detail);
}
