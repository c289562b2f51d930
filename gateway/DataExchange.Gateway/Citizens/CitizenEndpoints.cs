using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.Problems;

namespace DataExchange.Gateway.Citizens;

/// <summary>What a person may know about the uses of their own data (P-MINE), and nobody else.</summary>
public static class CitizenEndpoints
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    public static void MapCitizens(this IEndpointRouteBuilder app)
    {
        var me = app.MapGroup("/v1/me").WithTags("me").RequireRoles(Roles.Citizen);
        me.MapGet("/token", TokenAsync)
            .WithName("ReadMyToken").WithSummary("The caller's own token with its proof, and the tags of their leaves by month.")
            .Produces<MyToken>().Fails(ProblemSlugs.RequestMalformed, ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        me.MapGet("/accesses", AccessesAsync)
            .WithName("ReadMyAccesses").WithSummary("Every entry about the caller in both logs, opened.")
            .Produces<MyAccesses>().Fails(ProblemSlugs.RequestMalformed, ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
    }

    private static async Task<IResult> TokenAsync(string? from, string? to, SubjectVault vault, TimeProvider clock, HttpContext context)
    {
        if (MonthRange.Read(from, to, clock.GetUtcNow()) is not { } range)
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, MonthRange.Rule);
        }

        if (await SelfAsync(vault, context) is not { } self)
        {
            return NobodyThere();
        }

        return Results.Ok(new MyToken(
            context.Caller().Subject!,
            Convert.ToBase64String(self.Token.Span),
            Convert.ToBase64String(self.Nonce.Span),
            Convert.ToBase64String(self.TokenProof.Span),
            Convert.ToBase64String(await vault.VrfPublicKeyAsync(context.RequestAborted)),
            [.. range.Months.Select(month => new MyTag(MonthRange.Text(month), Convert.ToBase64String(SubjectTag.Compute(self.Token.Span, month.Year, month.Month))))]));
    }

    private static async Task<IResult> AccessesAsync(
        string? from, string? to, string? cursor, int? limit, SubjectVault vault, MyEntries entries, TimeProvider clock, HttpContext context)
    {
        if (MonthRange.Read(from, to, clock.GetUtcNow()) is not { } range)
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, MonthRange.Rule);
        }

        var after = cursor is null ? null : EntryCursor.Read(cursor);
        if ((cursor is not null && after is null) || limit is < 1 or > MaxLimit)
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, $"cursor is one that a page ended with, and limit 1 to {MaxLimit}.");
        }

        return await SelfAsync(vault, context) is { } self
            ? Results.Ok(await entries.ReadAsync(self, range, after, limit ?? DefaultLimit, context.RequestAborted))
            : NobodyThere();
    }

    /// <summary>The caller, if the vault knows them; looking makes nobody known. What is answered stays in no cache.</summary>
    private static async Task<Subject?> SelfAsync(SubjectVault vault, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Caller().Subject is { } subject ? await vault.FindAsync(subject, context.RequestAborted) : null;
    }

    private static ProblemResult NobodyThere() => new(ProblemSlugs.NotFound, "Nothing is kept about you: nobody has asked yet, or you were erased.");
}
