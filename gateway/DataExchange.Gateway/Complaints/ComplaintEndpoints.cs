using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Personal;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Complaints;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Complaints;

/// <summary>A person complains of a department, and a reviewer answers in time.</summary>
public static class ComplaintEndpoints
{
    private const string Own = "/v1/me/complaints";

    public static void MapComplaints(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup(Own).WithTags("me").RequireRoles(Roles.Citizen);
        own.MapPost("/", ComplainAsync)
            .WithName("Complain").WithSummary("A person complains of a department.")
            .Produces<ComplaintView>(201)
            .WithExample("""{ "member": "housing-authority", "ground": "UnjustifiedAccess", "explanation": "I never applied there.", "reference": "42" }""")
            .FailsAsCommand();
        own.MapGet("/", (PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context) => steps.ListAsync(context, Register, MaySee, Shown(ledger, clock)))
            .WithName("ListMyComplaints").WithSummary("The caller's complaints and what came of them.")
            .Produces<IReadOnlyList<ComplaintView>>().Fails(ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        MapStep(own, "withdraw", "WithdrawComplaint", "The person takes it back.", id => new WithdrawComplaint { Id = id });

        var audit = app.MapGroup("/v1/audit/complaints").WithTags("audit").RequireRoles(Roles.Reviewer);
        audit.MapGet("/", (bool? open, PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context) => steps.ListAsync(
                context, Register, (complaint, by) => MaySee(complaint, by) && (open != true || complaint.IsOpen), Shown(ledger, clock)))
            .WithName("ListComplaints").WithSummary("The complaints that the caller may answer; with open=true those that nobody has. Overdue ones say so.")
            .Produces<IReadOnlyList<ComplaintView>>().Fails(ProblemSlugs.RequestMalformed, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        audit.MapGet("/{id}", (string id, PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context) => steps.ReadAsync(context, id, Register, MaySee, Shown(ledger, clock)))
            .WithName("ReadComplaint").WithSummary("One complaint.")
            .Produces<ComplaintView>().Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        MapStep(audit, "assign", "AssignComplaint", "The caller takes the complaint.", id => new AssignComplaint { Id = id });
        MapAnswer(audit, "answer", ComplaintState.Answered, "AnswerComplaint", "The complaint is answered; it was neither right nor wrong.");
        MapAnswer(audit, "uphold", ComplaintState.Upheld, "UpholdComplaint", "The complaint was right.");
        MapAnswer(audit, "reject", ComplaintState.Rejected, "RejectComplaint", "The complaint was not right.");
    }

    private static void MapStep(RouteGroupBuilder group, string step, string name, string summary, Func<string, ComplaintStep> command) =>
        group.MapPost("/{id}/" + step, (string id, PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context) =>
                steps.StepAsync(context, id, null, _ => command(id), Register, Shown(ledger, clock)))
            .WithName(name).WithSummary(summary)
            .Produces<ComplaintView>().FailsAsCommand();

    private static void MapAnswer(RouteGroupBuilder group, string step, ComplaintState verdict, string name, string summary) =>
        group.MapPost("/{id}/" + step, (string id, ComplaintAnswer answer, PersonalSteps steps, GovernanceLedger ledger, TimeProvider clock, HttpContext context) => steps.StepAsync(
                context, id, answer, _ => new AnswerComplaint { Id = id, Verdict = verdict, Answer = answer.Answer }, Register, Shown(ledger, clock)))
            .WithName(name).WithSummary(summary)
            .Produces<ComplaintView>().WithExample("""{ "answer": "The access belonged to your application of 3 May." }""").FailsAsCommand();

    private static async Task<IResult> ComplainAsync(
        ComplaintRequest request, PersonalSteps steps, SubjectVault vault, GovernanceLedger ledger, TimeProvider clock, HttpContext context) =>
        context.Caller().Subject is { } self
            ? await steps.CreateAsync(
                context, request, await vault.ResolveAsync(self, context.RequestAborted),
                _ => new Complain { Member = request.Member, Ground = request.Ground, Explanation = request.Explanation, Reference = request.Reference },
                Register, Shown(ledger, clock), Own)
            : new ProblemResult(ProblemSlugs.ActorNotAuthorised, "The token does not say whom it speaks for.");

    private static PersonalIndex<ComplaintRecord> Register(RegionSnapshot rules) => rules.Complaints;

    private static bool MaySee(ComplaintRecord complaint, Party by) => ComplaintParts.Of(complaint, by).Count > 0;

    private static PersonalSteps.Show<ComplaintRecord> Shown(GovernanceLedger ledger, TimeProvider clock)
    {
        var (calendar, now) = (PersonalClocks.CalendarOf(ledger.Current), clock.GetUtcNow());
        return (complaint, by, receipt) => new ComplaintView
        {
            Id = complaint.Id,
            State = complaint.State,
            Person = by.Self == default ? OpaquePerson.Of(complaint.Subject) : null,
            Member = complaint.Member,
            Ground = complaint.Ground,
            Explanation = complaint.Explanation,
            Reference = complaint.Reference,
            ReceivedAt = complaint.ReceivedAt,
            Due = complaint.Due(calendar).At,
            Overdue = complaint.IsOverdue(calendar, now),
            EscalatedAt = complaint.EscalatedAt,
            Reviewer = by.Self == default ? complaint.Reviewer : null,
            Answer = complaint.Answer,
            AnsweredAt = complaint.AnsweredAt,
            LogIndex = complaint.LogIndex,
            Receipt = receipt,
        };
    }
}
