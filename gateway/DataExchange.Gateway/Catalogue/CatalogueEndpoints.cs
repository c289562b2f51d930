using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using Microsoft.Net.Http.Headers;

namespace DataExchange.Gateway.Catalogue;

/// <summary>
/// Reading is open to anyone: every entry stands readable in the governance log already. Writing is for stewards.
/// </summary>
public static class CatalogueEndpoints
{
    public static void AddCatalogue(this WebApplicationBuilder builder) => builder.Services.AddSingleton<CatalogueCommands>();

    public static void MapCatalogue(this IEndpointRouteBuilder app)
    {
        var catalogue = app.MapGroup("/v1/catalogue").WithTags("catalogue").AllowAnonymous();
        catalogue.MapGet("/", ReadAll).WithName("ReadCatalogue")
            .WithSummary("Everything registered; with a query, the entries that it finds, page by page; as DCAT where application/ld+json is asked for.")
            .Produces<CatalogueView>().Fails(ProblemSlugs.RequestMalformed);
        app.MapGet("/v1/catalogue.jsonld", (GovernanceLedger ledger) => Dcat(ledger.Current)).WithTags("catalogue").AllowAnonymous()
            .WithName("ReadDcatCatalogue").WithSummary("The published catalogue as DCAT 3, in JSON-LD.").Produces<string>(200, DcatDocument.MediaType);
        catalogue.MapGet("/datasets", (GovernanceLedger ledger) => Datasets(ledger.Current)).WithName("ListDatasets").WithSummary("Published datasets.");
        catalogue.MapGet("/datasets/{member}/{name}", ReadDataset).WithName("ReadDataset").WithSummary("The published revision of a dataset.")
            .Produces<Dataset>().Fails(ProblemSlugs.NotFound);
        catalogue.MapGet("/purposes", (GovernanceLedger ledger) => Purposes(ledger.Current)).WithName("ListPurposes").WithSummary("Registered purposes.");
        catalogue.MapGet("/notices", (GovernanceLedger ledger) => Notices(ledger.Current)).WithName("ListNotices").WithSummary("Consent notices, newest revisions.");
        catalogue.MapGet("/members", (GovernanceLedger ledger) => Members(ledger.Current)).WithName("ListMembers").WithSummary("Departments with their public keys and clients.");
        EntryEndpoints.Map(catalogue);
        DraftEndpoints.Map(app.MapGroup("/v1/catalogue").WithTags("catalogue"));
    }

    // One snapshot for all parts: what is listed is what stood at the size that is named.
    private static IResult ReadAll([AsParameters] CatalogueFilter filter, GovernanceLedger ledger, HttpContext context)
    {
        var rules = ledger.Current;
        context.Response.Headers.Vary = HeaderNames.Accept;
        return AsksForDcat(context.Request) ? Dcat(rules)
            : filter.IsEmpty() ? Results.Ok(new CatalogueView(rules.Region, rules.GovernanceSize) { Members = Members(rules), Datasets = Datasets(rules), Purposes = Purposes(rules), Notices = Notices(rules) })
            : Results.Ok(Find(rules, filter.ToQuery()));
    }

    private static CatalogueView Find(RegionSnapshot rules, CatalogueQuery query)
    {
        var page = CatalogueSearch.Find(rules.Catalogue, query);
        return new CatalogueView(rules.Region, rules.GovernanceSize)
        {
            Entries = [.. page.Entries.Select(Summarise)],
            Total = page.Total,
            Next = page.Next is { } last ? CatalogueFilter.WriteCursor(last) : null,
        };
    }

    private static EntrySummary Summarise(CatalogueEntry entry)
    {
        var newest = entry.Newest!;
        return new EntrySummary(
            entry.Code, entry.State, entry.DraftState, newest.Revision, newest.Names, newest.ShareClass, newest.Classification,
            newest.Fields.Any(field => field.IsPersonal()), newest.Fields.Any(field => field.Sensitive), entry.Updated);
    }

    /// <summary>Named, and not liked less than plain JSON. Whoever takes anything gets plain JSON.</summary>
    private static bool AsksForDcat(HttpRequest request)
    {
        var accept = request.GetTypedHeaders().Accept;
        return Quality(DcatDocument.MediaType) is > 0 and var wanted && wanted >= Quality("application/json");

        double Quality(string mediaType) => accept.Where(type => type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)).Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();
    }

    private static IResult Dcat(RegionSnapshot rules) => Results.Bytes(DcatDocument.Write(rules), DcatDocument.MediaType);

    private static IResult ReadDataset(string member, string name, GovernanceLedger ledger) =>
        ledger.Current.FindDataset($"{member}/{name}") is { } dataset ? Results.Ok(dataset) : new ProblemResult(ProblemSlugs.NotFound);

    private static Member[] Members(RegionSnapshot rules) => [.. rules.Members.OrderBy(member => member.Code, StringComparer.Ordinal)];

    private static Dataset[] Datasets(RegionSnapshot rules) => [.. rules.Datasets.OrderBy(dataset => dataset.Code, StringComparer.Ordinal)];

    private static Purpose[] Purposes(RegionSnapshot rules) => [.. rules.Purposes.OrderBy(purpose => purpose.Code, StringComparer.Ordinal)];

    private static ConsentNotice[] Notices(RegionSnapshot rules) => [.. rules.Notices.OrderBy(notice => notice.Code, StringComparer.Ordinal)];
}
