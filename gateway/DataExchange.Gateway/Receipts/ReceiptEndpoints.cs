using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Logs;
using DataExchange.Gateway.Problems;
using DataExchange.Merkle;
using DataExchange.TransparencyLog;
using Microsoft.Net.Http.Headers;

namespace DataExchange.Gateway.Receipts;

/// <summary>Proofs that an entry stands in a log. They hold hashes only, so anyone may have one.</summary>
public static class ReceiptEndpoints
{
    private const string Text = "text/plain";
    private const string Cose = "application/cose";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void MapReceipts(this IEndpointRouteBuilder app)
    {
        var receipts = app.MapGroup("/v1/receipts").AllowAnonymous().WithTags("receipts");
        receipts.MapGet("/{log}/{index:long:min(0)}", ReadAsync)
            .WithName("ReadReceipt").WithSummary("The receipt of an entry at the newest published checkpoint: a tlog-proof, or a COSE receipt where the caller accepts that.")
            .Produces<string>(200, Text, Cose).Fails(ProblemSlugs.NotFound, ProblemSlugs.AuditUnavailable);
        receipts.MapGet("/{log}", ReadManyAsync)
            .WithName("ReadReceipts").WithSummary("The tlog-proofs of several entries, all at one checkpoint: a line of JSON each, in the order asked for.")
            .Produces<string>(200, ReceiptLines.MediaType).Fails(ProblemSlugs.RequestMalformed, ProblemSlugs.NotFound, ProblemSlugs.AuditUnavailable);
    }

    private static async Task<IResult> ReadAsync(string log, long index, RegionLogs logs, HttpContext context)
    {
        if (logs.Find(log) is not { } found || index >= found.Latest.Size)
        {
            return new ProblemResult(ProblemSlugs.NotFound);
        }

        if (await IsUnpublishedAsync(found, index, context.RequestAborted) is { } problem)
        {
            return problem;
        }

        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.Vary = HeaderNames.Accept;
        if (PrefersCose(context.Request))
        {
            return await found.ProveInCoseAsync(index, context.RequestAborted) is { } receipt
                ? Results.Bytes(receipt.Encode(), CoseReceipt.MediaType)
                : new ProblemResult(ProblemSlugs.NotFound, "There is no COSE receipt in a log of one entry.");
        }

        return await found.ProveAsync(index, context.RequestAborted) is { } proof
            ? Results.Text(proof.ToText(), Text + "; charset=utf-8")
            : new ProblemResult(ProblemSlugs.NotFound);
    }

    private static async Task<IResult> ReadManyAsync(string log, string? indexes, RegionLogs logs, HttpContext context)
    {
        if (logs.Find(log) is not { } found)
        {
            return new ProblemResult(ProblemSlugs.NotFound);
        }

        if (ReceiptLines.Read(indexes) is not { } wanted)
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, $"indexes names 1 to {ReceiptLines.MaxIndexes} entries, in decimal and with commas between.");
        }

        if (wanted.Max() >= found.Latest.Size)
        {
            return new ProblemResult(ProblemSlugs.NotFound);
        }

        if (await IsUnpublishedAsync(found, wanted.Max(), context.RequestAborted) is { } problem)
        {
            return problem;
        }

        context.Response.Headers.CacheControl = "no-cache";
        return Results.Stream(body => ReceiptLines.WriteAsync(body, found.ProveAsync(wanted, context.RequestAborted), context.RequestAborted), ReceiptLines.MediaType);
    }

    /// <summary>Committed but not published yet: publishing follows behind by itself, unless the disk is gone.</summary>
    private static async Task<ProblemResult?> IsUnpublishedAsync(ITransparencyLog log, long index, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await log.WaitPublishedAsync(index + 1, patience.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProblemResult(ProblemSlugs.AuditUnavailable, "The log has not published this entry yet.");
        }
    }

    /// <summary>COSE only for who asks for it by name, and does not like text better. Of the ranges that hold text, the narrowest says how much (RFC 9110 §12.5.1).</summary>
    private static bool PrefersCose(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return Quality(Cose) is { } cose and > 0 && cose >= (Quality(Text) ?? Quality("text/*") ?? Quality("*/*") ?? 0);

        double? Quality(string range) => accepted.Where(media => media.MediaType.Equals(range, StringComparison.OrdinalIgnoreCase)).Max(media => (double?)(media.Quality ?? 1));
    }
}
