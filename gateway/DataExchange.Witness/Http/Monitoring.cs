using DataExchange.Merkle;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Witness.Http;

/// <summary>What anybody may read: the witness's key, and for each log the latest checkpoint it cosigned, exactly as it stands on the disk.</summary>
internal sealed class Monitoring(WitnessSettings settings, Cosigning.Witness witness, NoteVerifier verifier)
{
    private readonly Dictionary<string, string> _origins = settings.Logs.Keys.ToDictionary(WitnessPaths.OriginHash);

    /// <summary><c>GET {prefix}/vkey</c>: one line.</summary>
    public Task VkeyAsync(HttpContext context) => WriteAsync(context, verifier + "\n");

    /// <summary><c>GET {prefix}/{SHA-256 of the origin}/checkpoint</c>: the signed note with the log's signatures and the witness's.</summary>
    public Task CheckpointAsync(HttpContext context)
    {
        if (!_origins.TryGetValue((string)context.Request.RouteValues["origin"]!, out var origin))
        {
            return WitnessProblem.UnknownOrigin.WriteAsync(context);
        }

        return witness.Latest(origin) is { } latest ? WriteAsync(context, latest.Note) : WitnessProblem.NothingCosigned.WriteAsync(context);
    }

    private static Task WriteAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
