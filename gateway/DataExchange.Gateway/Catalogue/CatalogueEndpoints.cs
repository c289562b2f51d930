using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Catalogue;

/// <summary>
/// Read-only, and open to anyone: every entry stands readable in the governance log already. What may be shared is public; who
/// asked for whom is not in here.
/// </summary>
public static class CatalogueEndpoints
{
    public static void MapCatalogue(this IEndpointRouteBuilder app)
    {
        var catalogue = app.MapGroup("/v1/catalogue").WithTags("catalogue").AllowAnonymous();
        catalogue.MapGet("/", ReadAll).WithName("ReadCatalogue").WithSummary("Everything registered.");
        catalogue.MapGet("/datasets", (GovernanceLedger ledger) => Datasets(ledger.Current)).WithName("ListDatasets").WithSummary("Published datasets.");
        catalogue.MapGet("/datasets/{member}/{name}", ReadDataset).WithName("ReadDataset").WithSummary("The published revision of a dataset.")
            .Produces<Dataset>().Fails(ProblemSlugs.NotFound);
        catalogue.MapGet("/purposes", (GovernanceLedger ledger) => Purposes(ledger.Current)).WithName("ListPurposes").WithSummary("Registered purposes.");
        catalogue.MapGet("/notices", (GovernanceLedger ledger) => Notices(ledger.Current)).WithName("ListNotices").WithSummary("Consent notices, newest revisions.");
        catalogue.MapGet("/members", (GovernanceLedger ledger) => Members(ledger.Current)).WithName("ListMembers").WithSummary("Departments with their public keys and clients.");
    }

    // One snapshot for all parts: what is listed is what stood at the size that is named.
    private static CatalogueView ReadAll(GovernanceLedger ledger)
    {
        var rules = ledger.Current;
        return new(rules.Region, rules.GovernanceSize, Members(rules), Datasets(rules), Purposes(rules), Notices(rules));
    }

    private static IResult ReadDataset(string member, string name, GovernanceLedger ledger) =>
        ledger.Current.FindDataset($"{member}/{name}") is { } dataset ? Results.Ok(dataset) : new ProblemResult(ProblemSlugs.NotFound);

    private static Member[] Members(RegionSnapshot rules) => [.. rules.Members.OrderBy(member => member.Code, StringComparer.Ordinal)];

    private static Dataset[] Datasets(RegionSnapshot rules) => [.. rules.Datasets.OrderBy(dataset => dataset.Code, StringComparer.Ordinal)];

    private static Purpose[] Purposes(RegionSnapshot rules) => [.. rules.Purposes.OrderBy(purpose => purpose.Code, StringComparer.Ordinal)];

    private static ConsentNotice[] Notices(RegionSnapshot rules) => [.. rules.Notices.OrderBy(notice => notice.Code, StringComparer.Ordinal)];
}
