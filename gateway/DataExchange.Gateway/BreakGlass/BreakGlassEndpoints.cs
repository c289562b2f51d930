using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Personal;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.BreakGlass;
using DataExchange.Policy.Commands;
using static DataExchange.Gateway.BreakGlass.BreakGlassViews;

namespace DataExchange.Gateway.BreakGlass;

/// <summary>A clerk goes without case, quota and consent for some minutes and about one person, and a colleague may have to approve it.</summary>
public static class BreakGlassEndpoints
{
    private const string Path = "/v1/break-glass";

    public static void MapBreakGlass(this IEndpointRouteBuilder app)
    {
        var grants = app.MapGroup(Path).WithTags("break-glass").RequireRoles(Roles.DeskClerk, Roles.Steward);
        grants.MapPost("/", RequestAsync)
            .WithName("BreakGlass").WithSummary("A clerk breaks the glass for one person: at once, or as soon as a colleague approves. Name the id as breakGlass in the queries it is for.")
            .Produces<BreakGlassView>(201)
            .WithExample("""{ "subject": { "scheme": "cn-resident-id", "value": "11010519491231002X" }, "reason": "LifeInDanger", "explanation": "Found unconscious; next of kin needed.", "minutes": 10 }""")
            .FailsAsCommand();
        grants.MapGet("/", (PersonalSteps steps, TimeProvider clock, HttpContext context) => steps.ListAsync(context, Register, MaySee, Shown(clock)))
            .WithName("ListBreakGlass").WithSummary("The grants of the caller's department.")
            .Produces<IReadOnlyList<BreakGlassView>>().Fails(ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        grants.MapGet("/{id}", (string id, PersonalSteps steps, TimeProvider clock, HttpContext context) => steps.ReadAsync(context, id, Register, MaySee, Shown(clock)))
            .WithName("ReadBreakGlass").WithSummary("One grant.")
            .Produces<BreakGlassView>().Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        MapStep(grants, "approve", "ApproveBreakGlass", "A colleague, the second person, approves: it is open from now on.", id => new ApproveBreakGlass { Id = id });
        MapStep(grants, "refuse", "RefuseBreakGlass", "A colleague does not approve.", id => new RefuseBreakGlass { Id = id });
        MapStep(grants, "end", "EndBreakGlass", "The holder needs it no longer.", id => new EndBreakGlass { Id = id });
    }

    internal static void MapStep(RouteGroupBuilder grants, string step, string name, string summary, Func<string, BreakGlassStep> command) =>
        grants.MapPost("/{id}/" + step, (string id, PersonalSteps steps, TimeProvider clock, HttpContext context) =>
                steps.StepAsync(context, id, null, _ => command(id), Register, Shown(clock)))
            .WithName(name).WithSummary(summary)
            .Produces<BreakGlassView>().FailsAsCommand();

    private static async Task<IResult> RequestAsync(BreakGlassRequest request, PersonalSteps steps, SubjectVault vault, TimeProvider clock, HttpContext context) =>
        SubjectNumber.IsAcceptable(request.Subject)
            ? await steps.CreateAsync(
                context, request, await vault.ResolveAsync(request.Subject, context.RequestAborted),
                _ => new RequestBreakGlass
                {
                    Reason = request.Reason,
                    Explanation = request.Explanation,
                    Minutes = request.Minutes ?? BreakGlassRecord.MaxMinutes,
                    SecondPerson = request.SecondPerson,
                },
                Register, Shown(clock), Path)
            : new ProblemResult(ProblemSlugs.RequestMalformed, "subject is not a number of its scheme.");

    private static bool MaySee(BreakGlassRecord grant, Party by) => BreakGlassParts.Of(grant, by).Count > 0;
}
