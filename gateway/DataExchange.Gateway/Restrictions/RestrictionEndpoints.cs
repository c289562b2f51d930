using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Personal;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Restrictions;
using DataExchange.Policy.Rules;
using Object = DataExchange.Policy.Restrictions.Object;

namespace DataExchange.Gateway.Restrictions;

/// <summary>Protective holds, by the data authority and with a reviewer's confirmation; and objections, by the person.</summary>
public static class RestrictionEndpoints
{
    private const string Holds = "/v1/restrictions";
    private const string Objections = "/v1/me/objections";

    public static void MapRestrictions(this IEndpointRouteBuilder app)
    {
        var holds = app.MapGroup(Holds).WithTags("restrictions").RequireRoles(Roles.Steward, Roles.Reviewer);
        holds.MapPost("/", RequestAsync)
            .WithName("RequestHold").WithSummary("A steward of the data authority asks for a protective hold; it hides nothing before a reviewer has confirmed it.")
            .Produces<RestrictionView>(201)
            .WithExample("""{ "subject": { "scheme": "cn-resident-id", "value": "11010519491231002X" }, "reason": "PersonalSafety", "reference": "2026-114", "validTo": "2026-12-31T00:00:00Z" }""")
            .FailsAsCommand();
        holds.MapGet("/", ListAsync)
            .WithName("ListHolds").WithSummary("Every protective hold; whom it is about only as an opaque name.")
            .Produces<IReadOnlyList<RestrictionView>>().Fails(ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        holds.MapGet("/{id}", ReadAsync)
            .WithName("ReadHold").WithSummary("One protective hold.")
            .Produces<RestrictionView>().Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        MapStep(holds, "confirm", "ConfirmHold", "A reviewer, and not whoever asked, confirms: the hold is in force.", id => new ConfirmHold { Id = id });
        MapStep(holds, "refuse", "RefuseHold", "A reviewer declines.", id => new RefuseHold { Id = id });
        MapStep(holds, "lift", "LiftHold", "The hold ends.", id => new LiftRestriction { Id = id });
        holds.MapPost("/{id}/extend", (string id, HoldExtension extension, PersonalSteps steps, TimeProvider clock, HttpContext context) =>
                steps.StepAsync(context, id, extension, _ => new ExtendHold { Id = id, ValidTo = extension.ValidTo }, Register, Shown(clock)))
            .WithName("ExtendHold").WithSummary("A reviewer has looked at the hold again, and lets it last longer.")
            .Produces<RestrictionView>().WithExample("""{ "validTo": "2027-03-31T00:00:00Z" }""").FailsAsCommand();

        var objections = app.MapGroup(Objections).WithTags("me").RequireRoles(Roles.Citizen);
        objections.MapPost("/", ObjectAsync)
            .WithName("Object").WithSummary("A person objects to the use of their records for these purposes, but for what a law demands.")
            .Produces<RestrictionView>(201).WithExample("""{ "purposes": ["rental-housing-application"] }""").FailsAsCommand();
        objections.MapGet("/", ListAsync)
            .WithName("ListMyObjections").WithSummary("The caller's objections.")
            .Produces<IReadOnlyList<RestrictionView>>().Fails(ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        MapStep(objections, "lift", "LiftObjection", "The person objects no longer.", id => new LiftRestriction { Id = id });
    }

    private static void MapStep(RouteGroupBuilder group, string step, string name, string summary, Func<string, RestrictionStep> command) =>
        group.MapPost("/{id}/" + step, (string id, PersonalSteps steps, TimeProvider clock, HttpContext context) =>
                steps.StepAsync(context, id, null, _ => command(id), Register, Shown(clock)))
            .WithName(name).WithSummary(summary)
            .Produces<RestrictionView>().FailsAsCommand();

    private static Task<IResult> ListAsync(PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context) =>
        steps.ListAsync(context, Register, MaySee(ledger.Current), Shown(clock));

    private static Task<IResult> ReadAsync(string id, PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context) =>
        steps.ReadAsync(context, id, Register, MaySee(ledger.Current), Shown(clock));

    private static async Task<IResult> RequestAsync(HoldRequest request, PersonalSteps steps, SubjectVault vault, TimeProvider clock, HttpContext context) =>
        SubjectNumber.IsAcceptable(request.Subject)
            ? await steps.CreateAsync(
                context, request, await vault.ResolveAsync(request.Subject, context.RequestAborted),
                _ => new RequestHold { Reason = request.Reason, Reference = request.Reference, ExemptPurposes = request.ExemptPurposes ?? [], ValidTo = request.ValidTo },
                Register, Shown(clock), Holds)
            : new ProblemResult(ProblemSlugs.RequestMalformed, "subject is not a number of its scheme.");

    private static async Task<IResult> ObjectAsync(ObjectionRequest request, PersonalSteps steps, SubjectVault vault, TimeProvider clock, HttpContext context) =>
        context.Caller().Subject is { } self
            ? await steps.CreateAsync(
                context, request, await vault.ResolveAsync(self, context.RequestAborted), _ => new Object { Purposes = request.Purposes }, Register, Shown(clock), Objections)
            : new ProblemResult(ProblemSlugs.ActorNotAuthorised, "The token does not say whom it speaks for.");

    private static PersonalIndex<RestrictionRecord> Register(RegionSnapshot rules) => rules.Restrictions;

    private static Func<RestrictionRecord, Party, bool> MaySee(RegionSnapshot rules) => (restriction, by) => RestrictionParts.Of(restriction, by, rules).Count > 0;

    private static PersonalSteps.Show<RestrictionRecord> Shown(TimeProvider clock) => (restriction, _, receipt) => new RestrictionView
    {
        Id = restriction.Id,
        Kind = restriction.Kind,
        State = restriction.StateAt(clock.GetUtcNow()),
        Person = restriction.Kind == RestrictionKind.Hold ? OpaquePerson.Of(restriction.Subject) : null,
        Reason = restriction.Reason,
        Reference = restriction.Reference,
        Purposes = restriction.Purposes,
        ValidTo = restriction.ValidTo,
        RequestedBy = restriction.RequestedBy,
        ConfirmedBy = restriction.ConfirmedBy,
        LogIndex = restriction.LogIndex,
        Receipt = receipt,
    };
}
