using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.Personal;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Mandates;

/// <summary>Who may act for whom: named by the principal or registered at a desk, confirmed by those it needs, revoked at any time.</summary>
public static class MandateEndpoints
{
    private const string Path = "/v1/mandates";
    private const int MaxConfirmers = 8;

    public static void MapMandates(this IEndpointRouteBuilder app)
    {
        var mandates = app.MapGroup(Path).WithTags("mandates").RequireRoles(Roles.Citizen, Roles.DeskClerk);
        mandates.MapPost("/", RequestAsync)
            .WithName("RequestMandate").WithSummary("A person names an agent, or a clerk registers a guardian or an agent with evidence.")
            .Produces<MandateView>(201).FailsAsCommand();
        mandates.MapGet("/", (PersonalSteps steps, TimeProvider clock, HttpContext context) => steps.ListAsync(context, Register, MaySee, Shown(clock)))
            .WithName("ListMandates").WithSummary("The mandates that the caller is a party to, or that their desk registered.")
            .Produces<IReadOnlyList<MandateView>>().Fails(ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        mandates.MapGet("/{id}", (string id, PersonalSteps steps, TimeProvider clock, HttpContext context) => steps.ReadAsync(context, id, Register, MaySee, Shown(clock)))
            .WithName("ReadMandate").WithSummary("One mandate.")
            .Produces<MandateView>().Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        MapStep(mandates, "confirm", "The delegate accepts, or one whose confirmation counts confirms.", (id, evidence) => new ConfirmMandate { Id = id, EvidenceHash = evidence });
        MapStep(mandates, "refuse", "One of those who were asked says no.", (id, evidence) => new RefuseMandate { Id = id, EvidenceHash = evidence });
        MapStep(mandates, "revoke", "The mandate ends: once this is answered, nothing more is permitted under it.", (id, evidence) => new RevokeMandate { Id = id, EvidenceHash = evidence });
    }

    private static void MapStep(RouteGroupBuilder mandates, string step, string summary, Func<string, string?, MandateStep> command) =>
        mandates.MapPost("/{id}/" + step, (string id, MandateEvidence? evidence, PersonalSteps steps, TimeProvider clock, HttpContext context) =>
                steps.StepAsync(context, id, evidence, _ => command(id, evidence?.EvidenceHash), Register, Shown(clock)))
            .WithName(char.ToUpperInvariant(step[0]) + step[1..] + "Mandate").WithSummary(summary)
            .Produces<MandateView>().FailsAsCommand();

    private static async Task<IResult> RequestAsync(MandateRequest request, PersonalSteps steps, SubjectVault vault, TimeProvider clock, HttpContext context)
    {
        var confirmers = request.Confirmers ?? [];
        if (confirmers.Count > MaxConfirmers || !new[] { request.Principal, request.Delegate }.Concat(confirmers).All(person => person is not null && SubjectNumber.IsAcceptable(person)))
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, $"principal, delegate and at most {MaxConfirmers} confirmers are numbers of their schemes.");
        }

        // Whoever could name somebody else here would make people known to the vault, and learn nothing; still it is nobody's to do.
        var caller = context.Caller();
        if (caller.Actor.Roles.Contains(Roles.Citizen) && caller.Subject != request.Principal)
        {
            return new ProblemResult(ProblemSlugs.ActorNotAuthorised, "A person gives a mandate for themselves.");
        }

        var principal = await vault.ResolveAsync(request.Principal, context.RequestAborted);
        var agent = await vault.ResolveAsync(request.Delegate, context.RequestAborted);
        var confirming = new List<SubjectHandle>(confirmers.Count);
        foreach (var confirmer in confirmers)
        {
            confirming.Add((await vault.ResolveAsync(confirmer, context.RequestAborted)).Handle);
        }

        return await steps.CreateAsync(
            context, request, principal,
            _ => new RequestMandate
            {
                Kind = request.Kind,
                Delegate = agent.Handle,
                Confirmers = confirming,
                Needed = request.Needed ?? confirming.Count,
                Themes = request.Themes,
                ValidFrom = request.ValidFrom,
                ValidTo = request.ValidTo,
                BirthDate = SubjectNumber.BirthDate(request.Principal),
                EvidenceHash = request.EvidenceHash,
            },
            Register, Shown(clock), Path);
    }

    private static PersonalIndex<MandateRecord> Register(RegionSnapshot rules) => rules.Mandates;

    private static bool MaySee(MandateRecord mandate, Party by) => MandateParts.Of(mandate, by).Count > 0;

    private static PersonalSteps.Show<MandateRecord> Shown(TimeProvider clock) => (mandate, by, receipt) => new MandateView
    {
        Id = mandate.Id,
        Kind = mandate.Kind,
        State = mandate.StateAt(clock.GetUtcNow()),
        Themes = mandate.Themes,
        ValidFrom = mandate.ValidFrom,
        ValidTo = mandate.ValidTo,
        Accepted = mandate.Accepted,
        Confirmed = mandate.Confirmed.Count,
        Needed = mandate.Needed,
        You = MandateParts.Of(mandate, by),
        LogIndex = mandate.LogIndex,
        Receipt = by.Self == mandate.Subject ? receipt : receipt is null ? null : receipt with { Opening = null },
    };
}
