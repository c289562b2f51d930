using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Personal;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Corrections;
using static DataExchange.Gateway.Corrections.CorrectionViews;

namespace DataExchange.Gateway.Corrections;

/// <summary>Errors in records: reported by the person or by a department that saw them, answered by the owner within ten working days.</summary>
public static class CorrectionEndpoints
{
    private const string Example = """{ "decision": "42", "field": "address", "reason": "Outdated", "explanation": "Moved in March." }""";

    public static void MapCorrections(this IEndpointRouteBuilder app)
    {
        var corrections = app.MapGroup("/v1/corrections").WithTags("corrections");
        string[] consumers = [Roles.DepartmentSystem, Roles.DeskClerk];
        corrections.MapPost("/", (ErrorReport report, CorrectionReports reports, HttpContext context) => reports.ReportAsync(report, context)).RequireRoles(consumers)
            .WithName("ReportError").WithSummary("A department reports an error in a record that it was shown.")
            .Produces<CorrectionView>(201)
            .WithExample("""{ "subject": { "scheme": "cn-resident-id", "value": "11010519491231002X" }, "decision": "42", "field": "address", "reason": "Outdated", "explanation": "Moved in March." }""")
            .FailsAsCommand(ProblemSlugs.UnknownField);
        corrections.MapGet("/", ListAsync).RequireRoles([.. consumers, Roles.Steward])
            .WithName("ListCorrections").WithSummary("The reports that the caller's department made, and for a steward those that it has to answer.")
            .Produces<IReadOnlyList<CorrectionView>>().Fails(ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        corrections.MapGet("/{id}", (string id, CorrectionReports reports, HttpContext context) => reports.ReadAsync(id, context)).RequireRoles([.. consumers, Roles.Steward])
            .WithName("ReadCorrection").WithSummary("One report; its owner is told whose record it is.")
            .Produces<CorrectionView>().Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        Describe(corrections.MapPost("/{id}/verify", (string id, PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context) =>
            Step(steps, ledger, clock, context, id, null, new VerifyCorrection { Id = id })).RequireRoles(Roles.Steward), "VerifyCorrection", "The owner looks into it.");
        Describe(corrections.MapPost("/{id}/forward", (string id, CorrectionForwarding body, PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context) =>
            Step(steps, ledger, clock, context, id, body, new ForwardCorrection { Id = id, To = body.To })).RequireRoles(Roles.Steward), "ForwardCorrection", "Another department owns the value; its clock begins.", """{ "to": "civil-affairs" }""");
        Describe(corrections.MapPost("/{id}/correct", (string id, CorrectionAnswer? body, PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context) =>
            Step(steps, ledger, clock, context, id, body, new CorrectField { Id = id, Answer = body?.Answer })).RequireRoles(Roles.Steward), "CorrectField", "The owner has corrected the value.");
        Describe(corrections.MapPost("/{id}/reject", (string id, CorrectionAnswer body, PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context) =>
            Step(steps, ledger, clock, context, id, body, new RejectCorrection { Id = id, Answer = body.Answer })).RequireRoles(Roles.Steward), "RejectCorrection", "The owner says why the value is right.", """{ "answer": "The lease shows the same address." }""");
        MapWithdraw(corrections, "WithdrawCorrection", consumers);

        var own = app.MapGroup("/v1/me/corrections").WithTags("me").RequireRoles(Roles.Citizen);
        own.MapPost("/", (OwnErrorReport report, CorrectionReports reports, HttpContext context) => reports.ReportOwnAsync(report, context))
            .WithName("ReportMyError").WithSummary("A person reports an error in a record of theirs that was released.")
            .Produces<CorrectionView>(201).WithExample(Example).FailsAsCommand(ProblemSlugs.UnknownField);
        own.MapGet("/", ListAsync)
            .WithName("ListMyCorrections").WithSummary("Every report about the caller's records, whoever made it.")
            .Produces<IReadOnlyList<CorrectionView>>().Fails(ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        MapWithdraw(own, "WithdrawMyCorrection", Roles.Citizen);
    }

    private static void MapWithdraw(RouteGroupBuilder group, string name, params string[] roles) => Describe(
        group.MapPost("/{id}/withdraw", (string id, PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context) =>
            Step(steps, ledger, clock, context, id, null, new WithdrawCorrection { Id = id })).RequireRoles(roles), name, "Whoever reported it takes it back.");

    private static void Describe(RouteHandlerBuilder step, string name, string summary, string? example = null) =>
        step.WithName(name).WithSummary(summary).Produces<CorrectionView>().WithExample(example).FailsAsCommand();

    private static Task<IResult> Step(PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context, string id, object? body, CorrectionStep step) =>
        steps.StepAsync(context, id, body, _ => step, Register, Shown(ledger, clock));

    private static Task<IResult> ListAsync(PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context) =>
        steps.ListAsync(context, Register, MaySee, Shown(ledger, clock));
}
