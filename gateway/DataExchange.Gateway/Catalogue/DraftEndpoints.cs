using DataExchange.Contracts.Problems;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Model;

namespace DataExchange.Gateway.Catalogue;

/// <summary>Stewards write, review, publish and withdraw. <c>contracts/state-machines.md</c> says who may do what when.</summary>
internal static class DraftEndpoints
{
    private const string Example = """
        {
          "code": "education/enrolment", "revision": 1,
          "names": { "zh": "学籍信息", "en": "School enrolment" },
          "descriptions": { "zh": "在校学生的学籍登记", "en": "Who is enrolled at which school" },
          "theme": "education", "subjectScheme": "cn-resident-id",
          "fields": [{
            "name": "school", "type": "String", "category": "dpv-pd:School", "maxLength": 60, "transforms": ["Full"],
            "names": { "zh": "学校", "en": "School" }
          }],
          "format": "application/json", "updateFrequency": "daily",
          "shareClass": "Conditional",
          "shareConditions": [{ "code": "statutory-duty", "names": { "zh": "法定职责所需", "en": "Needed for a statutory duty" } }],
          "modes": ["Query"], "conditionsOfUse": { "zh": "仅限本次事项", "en": "For the matter at hand only" },
          "classification": "L3", "grade": "General"
        }
        """;

    public static void Map(RouteGroupBuilder catalogue)
    {
        var entry = catalogue.MapGroup("/{member}/{name}").RequireRoles(Roles.Steward);
        entry.MapPost("/drafts", (string member, string name, Dataset dataset, CatalogueCommands commands, HttpContext context) =>
                commands.SendAsync(context, member, name, dataset, (code, steward) => new DraftDataset(dataset) { Code = code, Steward = steward }))
            .WithName("DraftDataset").WithSummary("A steward of the provider begins a revision.")
            .Produces<EntryView>(201).WithExample(Example).FailsAsCommand();
        entry.MapPut("/draft", (string member, string name, Dataset dataset, CatalogueCommands commands, HttpContext context) => context.Request.DemandVersion() is { } problem
                ? Task.FromResult<IResult>(problem)
                : commands.SendAsync(context, member, name, dataset, (code, steward) => new EditDraft(dataset) { Code = code, Steward = steward }))
            .WithName("EditDraft").WithSummary("A steward of the provider writes the draft anew, of the version that If-Match names.")
            .Produces<EntryView>().WithExample(Example).FailsAsCommand(ProblemSlugs.PreconditionRequired);
        MapStep(entry, "/draft/submit", "SubmitDraft", "A steward of the provider hands the draft to the reviewer.", (code, steward) => new SubmitDraft { Code = code, Steward = steward })
            .FailsAsCommand(ProblemSlugs.CatalogueEntryIncomplete);
        MapStep(entry, "/draft/publish", "PublishDraft", "The reviewer publishes what was submitted; the answer names the agreements that it ends.", (code, steward) => new PublishDraft { Code = code, Steward = steward })
            .FailsAsCommand();
        MapStep(entry, "/draft/discard", "DiscardDraft", "A steward of the provider gives the draft up.", (code, steward) => new DiscardDraft { Code = code, Steward = steward })
            .FailsAsCommand();
        MapReason(entry, "/draft/return", "ReturnDraft", "The reviewer sends the draft back, and says why.", (code, steward, reason) => new ReturnDraft(reason) { Code = code, Steward = steward });
        MapReason(entry, "/withdraw", "WithdrawDataset", "A steward of the provider ends the sharing of what is published.", (code, steward, reason) => new WithdrawDataset(reason) { Code = code, Steward = steward });
    }

    private static RouteHandlerBuilder MapStep(RouteGroupBuilder entry, string path, string name, string summary, Func<string, SubjectHandle, CatalogueCommand> command) =>
        entry.MapPost(path, (string member, string name, CatalogueCommands commands, HttpContext context) => commands.SendAsync(context, member, name, null, command))
            .WithName(name).WithSummary(summary).Produces<EntryView>();

    private static void MapReason(RouteGroupBuilder entry, string path, string name, string summary, Func<string, SubjectHandle, string, CatalogueCommand> command) =>
        entry.MapPost(path, (string member, string name, ReasonBody body, CatalogueCommands commands, HttpContext context) =>
                commands.SendAsync(context, member, name, body, (code, steward) => command(code, steward, body.Reason)))
            .WithName(name).WithSummary(summary).Produces<EntryView>().WithExample("""{ "reason": "The conditions name no provision." }""").FailsAsCommand();
}
