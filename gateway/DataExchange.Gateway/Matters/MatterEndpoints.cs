using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Cases;
using DataExchange.Policy.Matters;

namespace DataExchange.Gateway.Matters;

/// <summary>Matters as they are defined: open to anyone, for they stand readable in the governance log already. What their cases came to is for those who work with them.</summary>
public static class MatterEndpoints
{
    public static void MapMatters(this IEndpointRouteBuilder app)
    {
        var matters = app.MapGroup("/v1/matters").WithTags("matters");
        matters.MapGet("/", ListMatters).AllowAnonymous()
            .WithName("ListMatters").WithSummary("Every matter, in its newest revision.");
        matters.MapGet("/{code}", ReadMatter).AllowAnonymous()
            .WithName("ReadMatter").WithSummary("A matter: the newest revision, or the one asked for.")
            .Produces<MatterView>().Fails(ProblemSlugs.NotFound);
        matters.MapGet("/{code}/statistics", ReadStatistics).RequireRoles(Roles.DeskClerk, Roles.DepartmentSystem, Roles.Steward, Roles.Reviewer, Roles.Operator)
            .WithName("ReadMatterStatistics").WithSummary("Completed cases of a matter by month, and the documents and counters that they spared people.")
            .Produces<MatterStatisticsView>().Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised);
    }

    private static MatterView[] ListMatters(GovernanceLedger ledger) =>
        [.. ledger.Current.Matters.Newest.OrderBy(defined => defined.Matter.Code, StringComparer.Ordinal).Select(Show)];

    private static IResult ReadMatter(string code, int? revision, GovernanceLedger ledger, HttpContext context)
    {
        var matters = ledger.Current.Matters;
        if ((revision is { } wanted ? matters.Find(code, wanted) : matters.Find(code)) is not { } defined)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such matter.");
        }

        context.Response.SetVersion(defined.LogIndex);
        return Results.Ok(Show(defined));
    }

    private static IResult ReadStatistics(string code, GovernanceLedger ledger)
    {
        var rules = ledger.Current;
        if (rules.Matters.Find(code) is null)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such matter.");
        }

        var months = MatterStatistics.Of(code, rules);
        return Results.Ok(new MatterStatisticsView(
            code, rules.GovernanceSize, months.Sum(month => month.Cases), months.Sum(month => month.DocumentsSpared), months.Sum(month => month.CountersSpared),
            [.. months.Select(month => new MatterMonthView(month.Month, month.Cases, month.DocumentsSpared, month.CountersSpared))]));
    }

    private static MatterView Show(DefinedMatter defined) => new(defined.LogIndex, defined.Matter);
}

/// <summary>A revision of a matter.</summary>
/// <param name="LogIndex">Index of the governance entry that holds it.</param>
/// <param name="Matter">The revision.</param>
public sealed record MatterView(long LogIndex, Matter Matter);
