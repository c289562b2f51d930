using System.Collections.Frozen;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace DataExchange.Gateway.Edge;

/// <summary>
/// Refuses requests that two servers on one path could read in two ways: the raw material of request smuggling and of paths that
/// slip past a rule. Kestrel is lenient with these; a gateway has no reason to be.
/// </summary>
public sealed class RequestHygieneMiddleware(RequestDelegate next)
{
    private const string Allowed = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static readonly FrozenSet<string> Methods = Allowed.Split(", ").ToFrozenSet(StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        if (!Methods.Contains(context.Request.Method))
        {
            context.Response.Headers.Allow = Allowed;
            return context.WriteProblemAsync(ProblemSlugs.MethodNotAllowed, "This method is not offered anywhere here.");
        }

        var fault = FramingFault(context.Request) ?? PathFault(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        return fault is null ? next(context) : RefuseAsync(context, fault);
    }

    private static string? FramingFault(HttpRequest request)
    {
        if (request.Headers.TransferEncoding.Count == 0)
        {
            return null;
        }

        // RFC 9112 §6.1 and §6.3. Kestrel honours the transfer coding and renames the length it ignored to X-Content-Length.
        if (request.ContentLength is not null || request.Headers.ContainsKey("X-Content-Length"))
        {
            return "Content-Length and Transfer-Encoding together.";
        }

        return HttpProtocol.IsHttp10(request.Protocol) ? "Transfer-Encoding in HTTP/1.0." : null;
    }

    // Judged on the target as it was sent: the decoded path no longer shows these.
    private static string? PathFault(ReadOnlySpan<char> target)
    {
        var query = target.IndexOf('?');
        var path = query < 0 ? target : target[..query];
        if (path.Length > 0 && path[0] != '/' && path is not "*")
        {
            return "The target has to be a path.";
        }

        if (path.Contains("//", StringComparison.Ordinal) || path.Contains('\\') || path.Contains("/.", StringComparison.Ordinal) && !IsWellKnown(path))
        {
            return "Empty or dotted path segments, or backslashes.";
        }

        return path.Contains('%') && HoldsEncodedSeparator(path) ? "Encoded separators, dots or control characters in the path." : null;
    }

    // The one dotted segment there is (RFC 8615): once, and nothing dotted after it.
    private static bool IsWellKnown(ReadOnlySpan<char> path)
    {
        const string Segment = "/.well-known/";
        var at = path.IndexOf(Segment, StringComparison.Ordinal);
        return at >= 0 && !path[..at].Contains("/.", StringComparison.Ordinal) && !path[(at + Segment.Length - 1)..].Contains("/.", StringComparison.Ordinal);
    }

    private static bool HoldsEncodedSeparator(ReadOnlySpan<char> path)
    {
        for (var at = path.IndexOf('%'); at >= 0 && at + 2 < path.Length; at++)
        {
            if (path[at] != '%')
            {
                continue;
            }

            var code = path.Slice(at + 1, 2);
            if (code is ['0' or '1', _] or ['2', 'e' or 'E' or 'f' or 'F'] or ['5', 'c' or 'C'] or ['7', 'f' or 'F'] or ['2', '5'])
            {
                return true;
            }
        }

        return false;
    }

    private static Task RefuseAsync(HttpContext context, string fault)
    {
        // What follows on this connection might be the second half of a smuggled request.
        context.Response.Headers.Connection = "close";
        return context.WriteProblemAsync(ProblemSlugs.RequestMalformed, fault);
    }
}
