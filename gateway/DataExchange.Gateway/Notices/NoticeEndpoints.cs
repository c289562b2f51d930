using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Model;
using DataExchange.Policy.Notices;

namespace DataExchange.Gateway.Notices;

/// <summary>What people are asked, in revisions. Open to anyone, as the entries in the governance log are; written by the steward of the department that asks.</summary>
public static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder app)
    {
        var notices = app.MapGroup("/v1/notices").WithTags("notices");
        notices.MapGet("/", (GovernanceLedger ledger) => Results.Ok<IReadOnlyList<NoticeView>>(
                [.. ledger.Current.NoticeRegister.All.OrderBy(entry => entry.Code, StringComparer.Ordinal).Select(NoticeViews.Show)]))
            .AllowAnonymous().WithName("ListNoticeRevisions").WithSummary("Consent notices with all their revisions and drafts.")
            .Produces<IReadOnlyList<NoticeView>>();
        notices.MapGet("/{code}", Read)
            .AllowAnonymous().WithName("ReadNotice").WithSummary("One notice with its revisions, what each changed, and the draft of the next.")
            .Produces<NoticeView>().Fails(ProblemSlugs.NotFound);
        notices.MapPost("/{code}/draft", DraftAsync).RequireRoles(Roles.Steward)
            .WithName("DraftNotice").WithSummary("A steward drafts the first revision, or the next; it takes the place of an earlier draft.")
            .Produces<NoticeView>()
            .WithExample("""
                {
                  "purpose": "rental-housing-application", "dataset": "human-resources/social-insurance", "fields": ["status"],
                  "texts": { "zh": "为办理租房申请，住房保障中心需要查询您的社保状态。", "en": "To handle your application for rental housing, the housing authority needs to see your social insurance status." },
                  "change": "wording"
                }
                """)
            .FailsAsCommand(ProblemSlugs.FieldsRequired, ProblemSlugs.UnknownField, ProblemSlugs.UnknownPurpose);
        notices.MapPost("/{code}/publish", PublishAsync).RequireRoles(Roles.Steward)
            .WithName("PublishNotice").WithSummary("The draft takes the place of the revision in force. Unless nothing but wording has changed, people have to be asked again.")
            .Produces<NoticeView>()
            .FailsAsCommand(ProblemSlugs.FieldsRequired, ProblemSlugs.UnknownField, ProblemSlugs.UnknownPurpose);
    }

    private static IResult Read(string code, GovernanceLedger ledger, HttpContext context)
    {
        if (ledger.Current.NoticeRegister.Find(code) is not { } entry)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such notice.");
        }

        context.Response.SetVersion(entry.LogIndex);
        return Results.Ok(NoticeViews.Show(entry));
    }

    private static Task<IResult> DraftAsync(string code, NoticeDraft draft, CommandSender commands, HttpContext context) => SendAsync(context, draft, commands, code, new DraftNotice
    {
        Code = code,
        Purpose = draft.Purpose,
        Dataset = draft.Dataset,
        Fields = draft.Fields,
        Texts = Texts(draft.Texts),
        Method = draft.Method is { } method ? Texts(method) : null,
        Change = draft.Change switch
        {
            null => null,
            "wording" => NoticeChange.Wording,
            "substance" => NoticeChange.Substance,
            _ => NoticeChange.None, // Which the rules refuse.
        },
    });

    private static Task<IResult> PublishAsync(string code, CommandSender commands, HttpContext context) => SendAsync(context, null, commands, code, new PublishNotice { Code = code });

    private static async Task<IResult> SendAsync(HttpContext context, object? body, CommandSender commands, string code, NoticeCommand command)
    {
        var result = await commands.SendAsync(context, body, _ => command);
        if (result.Problem is not null)
        {
            return result.ToProblem();
        }

        var entry = result.Rules!.NoticeRegister.Find(code)!;
        context.Response.SetVersion(entry.LogIndex);
        return Results.Ok(NoticeViews.Show(entry));
    }

    private static LocalizedText Texts(IReadOnlyDictionary<string, string> texts)
    {
        var localized = new LocalizedText();
        foreach (var (language, text) in texts)
        {
            localized[language] = text;
        }

        return localized;
    }
}
