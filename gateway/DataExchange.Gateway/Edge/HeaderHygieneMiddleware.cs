using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace DataExchange.Gateway.Edge;

/// <summary>
/// Drops headers by which a caller would claim what only the connection or a trusted proxy can say, and headers meant for one hop
/// only (RFC 9110 §7.6.1). Dropped and not refused: well-meaning proxies add them.
/// </summary>
public sealed class HeaderHygieneMiddleware(RequestDelegate next)
{
    private static readonly FrozenSet<string> Claims = FrozenSet.ToFrozenSet(
    [
        "X-Client-Cert", "X-Client-Certificate", "X-ARR-ClientCert", "X-SSL-Cert", "X-SSL-Client-Cert", "X-Forwarded-Client-Cert", "Client-Cert", "Client-Cert-Chain",
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Forwarded-Port", "X-Forwarded-User",
        "X-Original-For", "X-Original-Proto", "X-Original-Host", "X-Original-URL", "X-Rewrite-URL", "X-Real-IP", "X-Remote-User",
        "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override", "Proxy",
    ], StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        DropClaims(headers);
        if (headers.Connection.Count > 0)
        {
            DropNominated(headers, headers.Connection);
        }

        return next(context);
    }

    // A request has few headers and there are many such names: looking up what is there costs less than removing what is not.
    private static void DropClaims(IHeaderDictionary headers)
    {
        List<string>? claims = null;
        foreach (var (name, _) in headers)
        {
            if (Claims.Contains(name))
            {
                (claims ??= []).Add(name);
            }
        }

        foreach (var name in claims ?? [])
        {
            headers.Remove(name);
        }
    }

    private static void DropNominated(IHeaderDictionary headers, StringValues connection)
    {
        foreach (var value in connection)
        {
            foreach (var option in value!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                headers.Remove(option);
            }
        }
    }
}
