using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Consents;

namespace DataExchange.Gateway.Consents;

/// <summary>A department asks; the person, or a clerk with evidence of the person's will, decides.</summary>
public static class ConsentEndpoints
{
    public static void MapConsents(this IEndpointRouteBuilder app)
    {
        var consents = app.MapGroup("/v1/consents").WithTags("consents");
        consents.MapPost("/", ConsentRequests.RequestAsync).RequireRoles(Roles.DepartmentSystem, Roles.DeskClerk)
            .WithName("RequestConsent").WithSummary("A department asks a person for consent.")
            .Produces<ConsentView>(201)
            .WithExample("""
                {
                  "subject": { "scheme": "cn-resident-id", "value": "11010519491231002X" },
                  "notice": "rental-social-insurance", "language": "zh", "purpose": "rental-housing-application",
                  "dataset": "human-resources/social-insurance", "fields": ["status"], "kind": "general", "validTo": "2099-12-31T00:00:00Z"
                }
                """)
            .FailsAsCommand(ProblemSlugs.FieldsRequired, ProblemSlugs.UnknownField, ProblemSlugs.ConsumerMismatch);
        consents.MapGet("/", ListAsync).RequireRoles(Roles.Citizen, Roles.DepartmentSystem, Roles.DeskClerk)
            .WithName("ListConsents").WithSummary("A person's own consents, or those that a department asked for.")
            .Produces<IReadOnlyList<ConsentView>>().Fails(ProblemSlugs.ActorNotAuthorised);
        consents.MapGet("/{id}", ReadAsync).RequireRoles(Roles.Citizen, Roles.DepartmentSystem, Roles.DeskClerk)
            .WithName("ReadConsent").WithSummary("One consent.")
            .Produces<ConsentView>().Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised);
        MapDecision(consents, "give", ConsentDecision.Give, "The person consents.");
        MapDecision(consents, "refuse", ConsentDecision.Refuse, "The person does not consent.");
        MapDecision(consents, "withdraw", ConsentDecision.Withdraw, "The person withdraws: once this is answered, nothing more is released under the consent.");
    }

    private static void MapDecision(RouteGroupBuilder consents, string step, ConsentDecision decision, string summary) =>
        consents.MapPost("/{id}/" + step, (string id, ConsentGiving? giving, ConsentDecisions decisions, HttpContext context) => decisions.DecideAsync(id, decision, giving, context))
            .RequireRoles(Roles.Citizen, Roles.DeskClerk)
            .WithName(char.ToUpperInvariant(step[0]) + step[1..] + "Consent").WithSummary(summary)
            .Produces<ConsentView>()
            .WithExample("""{ "evidenceHash": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }""")
            .FailsAsCommand();

    private static async Task<IResult> ListAsync(ConsentAccess access, TimeProvider clock, HttpContext context)
    {
        var visible = await access.ListAsync(context.Caller(), context.RequestAborted);
        var now = clock.GetUtcNow();
        return Results.Ok<IReadOnlyList<ConsentView>>([.. visible.Select(consent => ConsentViews.Show(consent, now))]);
    }

    private static async Task<IResult> ReadAsync(string id, ConsentAccess access, TimeProvider clock, HttpContext context)
    {
        if (await access.FindAsync(id, context.Caller(), context.RequestAborted) is not { } consent)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such consent.");
        }

        context.Response.SetVersion(consent.LogIndex);
        return Results.Ok(ConsentViews.Show(consent, clock.GetUtcNow()));
    }
}
