using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Proposals;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Proposals;

namespace DataExchange.Gateway.Proposals;

/// <summary>
/// How the region's rules change: a member proposes, and with the k-th signature of n members the change takes effect. Reading is open to
/// anyone, for every word of it stands readable in the governance log.
/// </summary>
public static class ProposalEndpoints
{
    private const string Sha256 = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

    public static void MapProposals(this IEndpointRouteBuilder app)
    {
        var proposals = app.MapGroup("/v1/proposals").WithTags("proposals");
        proposals.MapGet("/", List).AllowAnonymous()
            .WithName("ListProposals").WithSummary("Proposals, newest first, and the quorum they need; ?state=open lists those that can be decided.")
            .Produces<ProposalList>().Fails(ProblemSlugs.RequestMalformed);
        proposals.MapGet("/{id}", Read).AllowAnonymous()
            .WithName("ReadProposal").WithSummary("One proposal, with the document that members sign.")
            .Produces<ProposalView>().Fails(ProblemSlugs.NotFound);
        proposals.MapPost("/", MakeAsync).RequireRoles(Roles.Steward)
            .WithName("MakeProposal").WithSummary("A member proposes a change of the region's rules.")
            .Produces<ProposalView>(201)
            .WithExample("""
                {
                  "kind": "member.suspended",
                  "change": { "member": "market-regulation", "reason": "Its signing key was published; until it has another one." },
                  "reason": "So that nobody signs in its name."
                }
                """)
            .FailsAsCommand();
        proposals.MapPost("/{id}/approve", (string id, ProposalApproval body, CommandSender commands, TimeProvider clock, HttpContext context) =>
                StepAsync(body, new ApproveProposal { Id = id, Signature = body.Signature }, commands, clock, context)).RequireRoles(Roles.Steward)
            .WithName("ApproveProposal").WithSummary("A member approves. With the approval that completes the quorum, the change is in force.")
            .Produces<ProposalView>()
            .WithExample($$"""{ "signature": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImVkdWNhdGlvbi8yMDI2LWEifQ.eyJwcm9wb3NhbCI6IuKApiJ9.{{Sha256}}" }""")
            .FailsAsCommand();
        proposals.MapPost("/{id}/reject", (string id, ProposalRejection body, CommandSender commands, TimeProvider clock, HttpContext context) =>
                StepAsync(body, new RejectProposal { Id = id, Signature = body.Signature, Reason = body.Reason }, commands, clock, context)).RequireRoles(Roles.Steward)
            .WithName("RejectProposal").WithSummary("A member rejects. When the quorum is out of reach, the proposal is rejected.")
            .Produces<ProposalView>()
            .WithExample($$"""{ "reason": "The purpose is too wide.", "signature": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImVkdWNhdGlvbi8yMDI2LWEifQ.eyJyZWplY3Rpb24iOiLigKYifQ.{{Sha256}}" }""")
            .FailsAsCommand();
        proposals.MapPost("/{id}/withdraw", (string id, CommandSender commands, TimeProvider clock, HttpContext context) =>
                StepAsync(null, new WithdrawProposal { Id = id }, commands, clock, context)).RequireRoles(Roles.Steward)
            .WithName("WithdrawProposal").WithSummary("The member that made a proposal takes it back.")
            .Produces<ProposalView>()
            .FailsAsCommand();
    }

    private static IResult List(GovernanceLedger ledger, TimeProvider clock, string? state = null)
    {
        if (state is not null && !ProposalViews.IsState(state))
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, "state is open, outdated, expired, enacted, rejected or withdrawn.");
        }

        var (rules, now) = (ledger.Current, clock.GetUtcNow());
        var members = rules.Membership.ActiveCount;
        var proposals = rules.Proposals.All.OrderByDescending(proposal => proposal.MadeIndex)
            .Select(proposal => ProposalViews.Show(proposal, rules, now)).Where(view => state is null || view.State == state);
        return Results.Ok(new ProposalList(rules.Proposals.Required(members), members, [.. RegionChanges.Kinds], [.. proposals]));
    }

    private static IResult Read(string id, GovernanceLedger ledger, TimeProvider clock, HttpContext context)
    {
        var rules = ledger.Current;
        if (rules.Proposals.Find(id) is not { } proposal)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such proposal.");
        }

        context.Response.SetVersion(proposal.LogIndex);
        return Results.Ok(ProposalViews.Show(proposal, rules, clock.GetUtcNow()));
    }

    private static async Task<IResult> MakeAsync(ProposalRequest request, CommandSender commands, TimeProvider clock, HttpContext context)
    {
        var result = await commands.SendAsync(
            context, request, _ => new MakeProposal { Kind = request.Kind, Change = request.Change, Reason = request.Reason, HostCheck = HostRules.Check });
        return Answer(result, clock, context, isNew: true);
    }

    private static async Task<IResult> StepAsync(object? body, GovernanceCommand step, CommandSender commands, TimeProvider clock, HttpContext context) =>
        Answer(await commands.SendAsync(context, body, _ => step), clock, context, isNew: false);

    private static IResult Answer(CommandResult result, TimeProvider clock, HttpContext context, bool isNew)
    {
        if (result.Problem is not null)
        {
            return result.ToProblem();
        }

        var proposal = result.Rules!.Proposals.Find(result.Id!)!;
        context.Response.SetVersion(proposal.LogIndex);
        var view = ProposalViews.Show(proposal, result.Rules, clock.GetUtcNow(), result.Receipt);
        return isNew ? Results.Created($"/v1/proposals/{proposal.Id}", view) : Results.Ok(view);
    }
}
