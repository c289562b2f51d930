using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
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
        consents.MapPost("/batch", ConsentBatches.RequestAsync).RequireRoles(Roles.DepartmentSystem, Roles.DeskClerk)
            .WithName("RequestConsents").WithSummary("A department asks a person for several consents at once. What is pending or in force already is answered and not asked again, so the same batch may be sent again.")
            .Produces<IReadOnlyList<ConsentBatchAnswer>>()
            .WithExample("""
                {
                  "subject": { "scheme": "cn-resident-id", "value": "11010519491231002X" },
                  "consents": [
                    {
                      "notice": "rental-social-insurance", "language": "zh", "purpose": "rental-housing-application",
                      "dataset": "human-resources/social-insurance", "fields": ["status"], "kind": "general", "validTo": "2099-12-31T00:00:00Z", "maxUses": 1
                    }
                  ]
                }
                """)
            .FailsAsCommand(ProblemSlugs.ConsumerMismatch);
        consents.MapGet("/{id}/receipt", ConsentReceipts.ReadAsync).RequireRoles(Roles.Citizen, Roles.DepartmentSystem, Roles.DeskClerk)
            .WithName("ReadConsentReceipt").WithSummary("The consent as a record by ISO/IEC TS 27560: JSON-LD in the terms of the Data Privacy Vocabulary.")
            .Produces<System.Text.Json.JsonElement>(200, ConsentReceipts.MediaType).Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        MapDecision(consents, "give", ConsentDecision.Give, "The person consents.");
        MapDecision(consents, "refuse", ConsentDecision.Refuse, "The person does not consent.");
        MapDecision(consents, "withdraw", ConsentDecision.Withdraw, "The person withdraws: once this is answered, nothing more is released under the consent.");
        consents.MapPost("/{id}/renew", (string id, ConsentRenewal renewal, ConsentDecisions decisions, HttpContext context) => decisions.RenewAsync(id, renewal, context))
            .RequireRoles(Roles.Citizen, Roles.DeskClerk)
            .WithName("RenewConsent").WithSummary("The person prolongs a consent that is in force.")
            .Produces<ConsentView>()
            .WithExample("""{ "validTo": "2099-12-31T00:00:00Z" }""")
            .FailsAsCommand();
    }

    private static void MapDecision(RouteGroupBuilder consents, string step, ConsentDecision decision, string summary) =>
        consents.MapPost("/{id}/" + step, (string id, ConsentGiving? giving, ConsentDecisions decisions, HttpContext context) => decisions.DecideAsync(id, decision, giving, context))
            .RequireRoles(Roles.Citizen, Roles.DeskClerk)
            .WithName(char.ToUpperInvariant(step[0]) + step[1..] + "Consent").WithSummary(summary)
            .Produces<ConsentView>()
            .WithExample("""{ "evidenceHash": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }""")
            .FailsAsCommand();

    private static async Task<IResult> ListAsync(ConsentAccess access, GovernanceLedger ledger, TimeProvider clock, HttpContext context)
    {
        var visible = await access.ListAsync(context.Caller(), context.RequestAborted);
        var (rules, now) = (ledger.Current, clock.GetUtcNow());
        return Results.Ok<IReadOnlyList<ConsentView>>([.. visible.Select(consent => ConsentViews.Show(consent, rules, now))]);
    }

    private static async Task<IResult> ReadAsync(string id, ConsentAccess access, GovernanceLedger ledger, TimeProvider clock, HttpContext context)
    {
        if (await access.FindAsync(id, context.Caller(), context.RequestAborted) is not { } consent)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such consent.");
        }

        context.Response.SetVersion(consent.LogIndex);
        return Results.Ok(ConsentViews.Show(consent, ledger.Current, clock.GetUtcNow()));
    }
}
