using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Logs;
using DataExchange.Gateway.Problems;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Receipts;

/// <summary>Proofs that an entry stands in a log. They hold hashes only, so anyone may have one.</summary>
public static class ReceiptEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void MapReceipts(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/receipts/{log}/{index:long:min(0)}", ReadAsync).AllowAnonymous().WithTags("receipts")
            .WithName("ReadReceipt").WithSummary("The tlog-proof of an entry at the newest published checkpoint.")
            .Produces<string>(200, "text/plain").Fails(ProblemSlugs.NotFound, ProblemSlugs.AuditUnavailable);

    private static async Task<IResult> ReadAsync(string log, long index, RegionLogs logs, HttpResponse response, CancellationToken cancellationToken)
    {
        if (logs.Find(log) is not { } found || index >= found.Latest.Size)
        {
            return new ProblemResult(ProblemSlugs.NotFound);
        }

        // Committed but not published yet: publishing follows behind by itself, unless the disk is gone.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await found.WaitPublishedAsync(index + 1, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProblemResult(ProblemSlugs.AuditUnavailable, "The log has not published this entry yet.");
        }

        if (await found.ProveAsync(index, cancellationToken) is not { } proof)
        {
            return new ProblemResult(ProblemSlugs.NotFound);
        }

        response.Headers.CacheControl = "no-cache";
        return Results.Text(proof.ToText(), "text/plain; charset=utf-8");
    }
}
