using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Erasures;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Erasures;

namespace DataExchange.Gateway.Subjects;

/// <summary>Erasure of people (P-BLIND), by the operator on whom the law lays it.</summary>
public static class ErasureEndpoints
{
    private const int MaxSubjects = 1000;

    public static void MapErasure(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/subjects/erase", EraseAsync).RequireRoles(Roles.Operator).WithTags("subjects")
            .WithName("EraseSubjects").WithSummary("Destroys what the sealed records of people can be opened with, in every copy of the vault. Cannot be undone.")
            .Produces<ErasureView>()
            .Fails(
                ProblemSlugs.RequestMalformed, ProblemSlugs.UnsupportedMediaType, ProblemSlugs.PayloadTooLarge, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);

    private static async Task<IResult> EraseAsync(ErasureRequest request, SubjectErasure erasure, HttpContext context)
    {
        // The reader refuses a null for a member, and lets one for an element through.
        if (request.Subjects.Count is 0 or > MaxSubjects || !request.Subjects.All(subject => subject is not null && SubjectNumber.IsAcceptable(subject)))
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, $"subjects names 1 to {MaxSubjects} people, each by a number of its scheme.");
        }

        if (request.Basis == ErasureBasis.None)
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, "basis names the ground in law.");
        }

        var outcome = await erasure.EraseAsync(request.Subjects, request.Basis, context.Caller().Actor.ClientId, context.RequestAborted);
        return Results.Ok(new ErasureView(outcome.Id, outcome.Erased));
    }
}
