using Microsoft.Extensions.Primitives;

namespace DataExchange.Gateway.Edge;

/// <summary>
/// Drops headers by which a caller would claim what only the connection or a trusted proxy can say, and headers meant for one hop
/// only (RFC 9110 §7.6.1). Dropped and not refused: well-meaning proxies add them.
/// </summary>
public sealed class HeaderHygieneMiddleware(RequestDelegate next)
{
    private static readonly string[] Claims =
    [
        "X-Client-Cert", "X-Client-Certificate", "X-ARR-ClientCert", "X-SSL-Cert", "X-SSL-Client-Cert", "X-Forwarded-Client-Cert", "Client-Cert", "Client-Cert-Chain",
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Forwarded-Port", "X-Forwarded-User",
        "X-Original-For", "X-Original-Proto", "X-Original-Host", "X-Original-URL", "X-Rewrite-URL", "X-Real-IP", "X-Remote-User",
        "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override", "Proxy",
    ];

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        foreach (var name in Claims)
        {
            headers.Remove(name);
        }

        if (headers.Connection.Count > 0)
        {
            DropNominated(headers, headers.Connection);
        }

        return next(context);
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
