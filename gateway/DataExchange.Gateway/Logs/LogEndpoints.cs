using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Problems;
using DataExchange.Merkle;
using DataExchange.TransparencyLog;
using Microsoft.Net.Http.Headers;

namespace DataExchange.Gateway.Logs;

/// <summary>Both logs for anyone to read, as C2SP tlog-tiles has it: exact paths, and nothing beyond the published checkpoint.</summary>
public static class LogEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapLogs(this IEndpointRouteBuilder app)
    {
        var log = app.MapGroup("/log/{log}").WithTags("log").AllowAnonymous();
        log.MapMethods("/checkpoint", Reading, Checkpoint)
            .WithName("ReadCheckpoint").WithSummary("The newest signed checkpoint whose tiles can be read, with the witnesses' cosignatures.").Produces<string>(200, "text/plain").Fails(ProblemSlugs.NotFound);
        log.MapMethods("/vkey", Reading, VerifierKey)
            .WithName("ReadVerifierKey").WithSummary("The key that signs checkpoints, as a C2SP verifier key.").Produces<string>(200, "text/plain").Fails(ProblemSlugs.NotFound);
        log.MapMethods("/tile/{**tile}", Reading, TileAsync)
            .WithName("ReadTile").WithSummary("A hash tile ({level}/{n}[.p/{width}]) or an entry bundle (entries/{n}[.p/{width}]).")
            .Produces<byte[]>(200, "application/octet-stream").Fails(ProblemSlugs.NotFound, ProblemSlugs.AuditUnavailable);
    }

    private static IResult Checkpoint(string log, RegionLogs logs, HttpResponse response)
    {
        if (logs.FindServed(log) is not { } found)
        {
            return new ProblemResult(ProblemSlugs.NotFound);
        }

        // A checkpoint kept by a cache looks like a log that stands still.
        response.Headers.CacheControl = "no-store";
        return Results.Text(found.Served.Note, "text/plain; charset=utf-8");
    }

    private static IResult VerifierKey(string log, RegionLogs logs) =>
        logs.FindServed(log) is { } found ? Results.Text(found.Verifier + "\n", "text/plain; charset=utf-8") : new ProblemResult(ProblemSlugs.NotFound);

    private static async Task<IResult> TileAsync(string log, string? tile, RegionLogs logs, HttpResponse response, CancellationToken cancellationToken)
    {
        if (logs.FindServed(log) is not { } found
            || !TileId.TryParse("tile/" + tile, out var id)
            || await found.ReadTileAsync(id, cancellationToken) is not { } bytes)
        {
            return new ProblemResult(ProblemSlugs.NotFound);
        }

        // What a path holds never changes, partial tiles included: the path itself is the strongest validator there is.
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(bytes, "application/octet-stream", entityTag: new EntityTagHeaderValue($"\"{found.Origin}/{tile}\""));
    }
}
