using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Model;

namespace DataExchange.Gateway.Catalogue;

/// <summary>One entry: what is published, what is being prepared, and how it came so. Open to anyone, as the log is that it is read from.</summary>
internal static class EntryEndpoints
{
    public static void Map(RouteGroupBuilder catalogue)
    {
        var entry = catalogue.MapGroup("/{member}/{name}");
        entry.MapGet("/", Read).WithName("ReadCatalogueEntry").WithSummary("What is published under a code, and the draft with what it would change.")
            .Produces<EntryView>().Fails(ProblemSlugs.NotFound);
        entry.MapGet("/revisions", Revisions).WithName("ListRevisions").WithSummary("Every revision that was ever published, oldest first.")
            .Produces<IReadOnlyList<RevisionView>>().Fails(ProblemSlugs.NotFound);
        entry.MapGet("/revisions/{revision:int:min(1)}", Revision).WithName("ReadRevision").WithSummary("One published revision.")
            .Produces<RevisionView>().Fails(ProblemSlugs.NotFound);
        entry.MapGet("/revisions/{revision:int:min(1)}/schema", Schema).WithName("ReadRevisionSchema").WithSummary("JSON Schema (2020-12) of what is released of a revision.")
            .Produces<string>(200, DatasetSchema.MediaType).Fails(ProblemSlugs.NotFound);
        entry.MapGet("/history", History).WithName("ReadCatalogueHistory").WithSummary("Every event of the entry, with its index in the governance log.")
            .Produces<IReadOnlyList<CatalogueStep>>().Fails(ProblemSlugs.NotFound);
        entry.MapGet("/diff", Diff).WithName("CompareRevisions").WithSummary("How two revisions differ, and what of it is breaking. Without numbers: the draft against what is published.")
            .Produces<DiffView>().Fails(ProblemSlugs.NotFound, ProblemSlugs.RequestMalformed);
    }

    private static IResult Read(string member, string name, GovernanceLedger ledger, HttpContext context)
    {
        var rules = ledger.Current;
        if (rules.FindEntry($"{member}/{name}") is not { } entry)
        {
            return NotThere();
        }

        context.Response.SetVersion(entry.LogIndex);
        return Results.Ok(EntryViews.Show(entry, rules));
    }

    private static IResult Revisions(string member, string name, GovernanceLedger ledger) => ledger.Current.FindEntry($"{member}/{name}") is { } entry
        ? Results.Ok<IReadOnlyList<RevisionView>>([.. entry.Revisions.Select(Show)])
        : NotThere();

    private static IResult Revision(string member, string name, int revision, GovernanceLedger ledger) =>
        ledger.Current.FindEntry($"{member}/{name}")?.Find(revision) is { } found ? Results.Ok(Show(found)) : NotThere();

    private static IResult Schema(string member, string name, int revision, GovernanceLedger ledger) =>
        ledger.Current.FindEntry($"{member}/{name}")?.Find(revision) is { } found ? Results.Bytes(DatasetSchema.Write(found.Dataset), DatasetSchema.MediaType) : NotThere();

    private static IResult History(string member, string name, GovernanceLedger ledger) =>
        ledger.Current.FindEntry($"{member}/{name}") is { } entry ? Results.Ok<IReadOnlyList<CatalogueStep>>(entry.History) : NotThere();

    private static IResult Diff(string member, string name, int? from, int? to, GovernanceLedger ledger)
    {
        if (ledger.Current.FindEntry($"{member}/{name}") is not { } entry)
        {
            return NotThere();
        }

        var newer = to is { } wanted ? Find(entry, wanted) : entry.Draft?.Dataset ?? entry.Newest;
        var older = from is { } before ? Find(entry, before) : entry.Revisions.LastOrDefault(revision => revision.Dataset.Revision < newer?.Revision)?.Dataset;
        if (newer is null || (from is not null && older is null))
        {
            return new ProblemResult(ProblemSlugs.NotFound, "The entry has no such revision.");
        }

        if (older?.Revision >= newer.Revision)
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, "'from' is a revision before 'to'.");
        }

        var changes = DatasetDiff.Between(older, newer);
        return Results.Ok(new DiffView(entry.Code, older?.Revision ?? 0, newer.Revision, changes.Any(change => change.Breaking), changes));
    }

    private static Dataset? Find(CatalogueEntry entry, int revision) =>
        entry.Draft is { } draft && draft.Dataset.Revision == revision ? draft.Dataset : entry.Find(revision)?.Dataset;

    private static RevisionView Show(CatalogueRevision revision) => new(revision.Dataset.Revision, revision.State, revision.At, revision.LogIndex, revision.Dataset);

    private static ProblemResult NotThere() => new(ProblemSlugs.NotFound, "The catalogue has nothing there. GET /v1/catalogue lists what there is.");
}
