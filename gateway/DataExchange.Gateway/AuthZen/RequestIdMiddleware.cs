using System.Buffers;

namespace DataExchange.Gateway.AuthZen;

/// <summary>Sends the <c>X-Request-ID</c> of a question to the Authorization API back with its answer (§10.1.3), whatever the answer is.</summary>
public sealed class RequestIdMiddleware(RequestDelegate next)
{
    /// <summary>Where the Authorization API is.</summary>
    public const string Prefix = "/access/v1";

    private const string Header = "X-Request-ID";

    /// <summary>Longest id that is sent back, in characters.</summary>
    private const int MaxLength = 256;

    private static readonly SearchValues<char> Printable = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)]);

    public Task InvokeAsync(HttpContext context)
    {
        // What could not stand in a header is not sent back: the server would fail the answer over it.
        if (context.Request.Path.StartsWithSegments(Prefix) && context.Request.Headers[Header] is [{ Length: > 0 and <= MaxLength } id] && !id.AsSpan().ContainsAnyExcept(Printable))
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers[Header] = id;
                return Task.CompletedTask;
            });
        }

        return next(context);
    }
}
