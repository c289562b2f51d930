using System.Text.Json;
using DataExchange.Contracts.Agreements;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Agreements;
using Microsoft.AspNetCore.Mvc;

namespace DataExchange.Gateway.Agreements;

/// <summary>
/// Agreements are made, changed and ended by the stewards of their parties. Reading is open to anyone: every word of it stands readable in the
/// governance log already.
/// </summary>
public static class AgreementEndpoints
{
    public static void MapAgreements(this IEndpointRouteBuilder app)
    {
        var agreements = app.MapGroup("/v1/agreements").WithTags("agreements");
        agreements.MapGet("/", List).AllowAnonymous()
            .WithName("ListAgreements").WithSummary("Agreements by party, dataset, state, whose step is next, and whether it is overdue.")
            .Produces<IReadOnlyList<AgreementView>>().Fails(ProblemSlugs.RequestMalformed);
        agreements.MapGet("/{id}", Read).AllowAnonymous()
            .WithName("ReadAgreement").WithSummary("One agreement: the revision in force, and the one that is being agreed on.")
            .Produces<AgreementView>().Fails(ProblemSlugs.NotFound);
        agreements.MapGet("/{id}/revisions/{revision:int}", ReadRevision).AllowAnonymous()
            .WithName("ReadAgreementRevision").WithSummary("One revision, in the words that its parties sign. Older ones stand in the governance log.")
            .Produces<AgreementRevisionView>().Fails(ProblemSlugs.NotFound);

        agreements.MapPost("/", ([FromBody] JsonElement document, AgreementSteps steps, HttpContext context) => steps.DraftAsync(null, document, context))
            .RequireRoles(Roles.Steward).WithName("DraftAgreement").WithSummary("The consumer drafts an agreement.")
            .Produces<AgreementView>(201).WithExample(AgreementExamples.Document).FailsAsCommand();
        agreements.MapPost("/{id}/draft", (string id, [FromBody] JsonElement document, AgreementSteps steps, HttpContext context) => steps.DraftAsync(id, document, context))
            .RequireRoles(Roles.Steward).WithName("AmendAgreement").WithSummary("The consumer drafts the next revision; the one in force goes on.")
            .Produces<AgreementView>(201).WithExample(AgreementExamples.Document).FailsAsCommand();
        MapDocument(agreements, "revise", "ReviseAgreement", "The consumer writes its draft anew.", (id, agreement) => new ReviseAgreement(agreement) { Id = id });
        MapDocument(agreements, "supplement", "SupplementAgreement", "The consumer completes its request. Signatures under the old words are void.", (id, agreement) => new SupplementAgreement(agreement) { Id = id });

        MapStep(agreements, "submit", "SubmitAgreement", "The consumer asks for what it drafted. All faults are told at once.", id => new SubmitAgreement { Id = id });
        MapStep(agreements, "provision", "ProvisionAgreement", "The provider confirms that the data are connected: the agreement is in force once this is answered.", id => new ProvisionAgreement { Id = id });
        MapReason(agreements, "request-supplement", "RequestAgreementSupplement", "The provider wants the request completed.", (id, reason) => new RequestSupplement(reason) { Id = id });
        MapReason(agreements, "withdraw", "WithdrawAgreement", "The consumer takes its request back.", (id, reason) => new WithdrawAgreement(reason) { Id = id });
        MapReason(agreements, "suspend", "SuspendAgreement", "A party suspends it: once this is answered, nothing more is released under it.", (id, reason) => new SuspendAgreement(reason) { Id = id });
        MapReason(agreements, "resume", "ResumeAgreement", "Whoever suspended it lets it go on; where a rule of the agreement did, the provider.", (id, reason) => new ResumeAgreement(reason) { Id = id });
        MapReason(agreements, "terminate", "TerminateAgreement", "A party ends it: once this is answered, nothing more is released under it.", (id, reason) => new TerminateAgreement(reason) { Id = id });

        agreements.MapPost("/{id}/extend", (string id, AgreementExtension extension, AgreementSteps steps, HttpContext context) =>
                steps.TakeAsync(context, extension, new ExtendAgreement(extension.Days, extension.Reason) { Id = id }))
            .RequireRoles(Roles.Steward).WithName("ExtendAgreement").WithSummary("The provider takes longer to answer, once.")
            .Produces<AgreementView>().WithExample(AgreementExamples.Extension).FailsAsCommand();
        agreements.MapPost("/{id}/approve", (string id, AgreementApproval approval, AgreementSteps steps, HttpContext context) =>
                steps.TakeAsync(context, approval, new ApproveAgreement(approval.Approval) { Id = id }))
            .RequireRoles(Roles.Steward).WithName("ApproveAgreement").WithSummary("A party signs the revision that is being agreed on.")
            .Produces<AgreementView>().WithExample(AgreementExamples.Approval).FailsAsCommand();
        agreements.MapPost("/{id}/refuse", (string id, AgreementRefusal refusal, AgreementSteps steps, HttpContext context) => steps.RefuseAsync(id, refusal, context))
            .RequireRoles(Roles.Steward).WithName("RefuseAgreement").WithSummary("A party refuses, for reasons that the Order knows.")
            .Produces<AgreementView>().WithExample(AgreementExamples.Refusal).FailsAsCommand();
    }

    private static void MapStep(RouteGroupBuilder agreements, string step, string name, string summary, Func<string, AgreementStepCommand> command) =>
        agreements.MapPost("/{id}/" + step, (string id, AgreementSteps steps, HttpContext context) => steps.TakeAsync(context, null, command(id)))
            .RequireRoles(Roles.Steward).WithName(name).WithSummary(summary).Produces<AgreementView>().FailsAsCommand();

    private static void MapReason(RouteGroupBuilder agreements, string step, string name, string summary, Func<string, string, AgreementStepCommand> command) =>
        agreements.MapPost("/{id}/" + step, (string id, AgreementReason body, AgreementSteps steps, HttpContext context) => steps.TakeAsync(context, body, command(id, body.Reason)))
            .RequireRoles(Roles.Steward).WithName(name).WithSummary(summary).Produces<AgreementView>().WithExample(AgreementExamples.Reason).FailsAsCommand();

    private static void MapDocument(RouteGroupBuilder agreements, string step, string name, string summary, Func<string, Policy.Model.SharingAgreement, AgreementStepCommand> command) =>
        agreements.MapPost("/{id}/" + step, (string id, [FromBody] JsonElement document, AgreementSteps steps, HttpContext context) =>
                steps.WriteAsync(document, context, agreement => command(id, agreement)))
            .RequireRoles(Roles.Steward).WithName(name).WithSummary(summary).Produces<AgreementView>().WithExample(AgreementExamples.Document)
            .FailsAsCommand(ProblemSlugs.PreconditionRequired);

    private static IResult List([AsParameters] AgreementFilter filter, GovernanceLedger ledger, TimeProvider clock)
    {
        if (filter.Fault() is { } fault)
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, fault);
        }

        var (rules, now) = (ledger.Current, clock.GetUtcNow());
        return Results.Ok<IReadOnlyList<AgreementView>>([.. filter.Apply(rules, now).Select(record => AgreementViews.Show(record, rules, now))]);
    }

    private static IResult Read(string id, GovernanceLedger ledger, TimeProvider clock, HttpContext context)
    {
        var rules = ledger.Current;
        if (rules.Agreements.FindRecord(id) is not { } record)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such agreement.");
        }

        context.Response.SetVersion(record.LogIndex);
        return Results.Ok(AgreementViews.Show(record, rules, clock.GetUtcNow()));
    }

    private static IResult ReadRevision(string id, int revision, GovernanceLedger ledger, TimeProvider clock)
    {
        var rules = ledger.Current;
        var record = rules.Agreements.FindRecord(id);
        return new[] { record?.Pending, record?.Current }.FirstOrDefault(entry => entry?.Agreement.Revision == revision) is { } found
            ? Results.Ok(AgreementViews.Show(found, rules, clock.GetUtcNow()))
            : new ProblemResult(ProblemSlugs.NotFound, "There is no such revision in force or being agreed on. Older ones stand in the governance log.");
    }
}
