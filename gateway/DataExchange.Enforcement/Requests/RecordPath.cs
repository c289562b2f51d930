using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DataExchange.Enforcement.Requests;

/// <summary>
/// The path as it was sent. Codes and numbers need no escaping, so whatever is escaped, empty, dotted or otherwise ambiguous was put
/// there to be read in two ways, and is refused before anything is made of it.
/// </summary>
internal static class RecordPath
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/");

    public static bool IsPlain(HttpContext context) =>
        context.Features.Get<IHttpRequestFeature>() is { RawTarget: { Length: > 0 } target } && IsPlain(PathOf(target));

    public static bool IsPlain(ReadOnlySpan<char> path) =>
        path is ['/', .., not '/']
        && !path.ContainsAnyExcept(Plain)
        && !path.Contains("//", StringComparison.Ordinal)
        && !path.Contains("/.", StringComparison.Ordinal);

    /// <summary>Cuts the query, and scheme and authority where the target is in absolute form (RFC 9112 §3.2.2).</summary>
    private static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> target)
    {
        var query = target.IndexOf('?');
        var path = query < 0 ? target : target[..query];
        if (path[0] == '/' || path.IndexOf("://", StringComparison.Ordinal) is var scheme && scheme < 0)
        {
            return path;
        }

        var rest = path[(scheme + 3)..];
        var slash = rest.IndexOf('/');
        return slash < 0 ? [] : rest[slash..];
    }
}
