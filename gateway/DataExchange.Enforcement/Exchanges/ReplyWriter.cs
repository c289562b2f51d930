using System.Globalization;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>Writes the reply of a single exchange: status, headers and body from scratch, whatever the proxy left on the response.</summary>
internal static class ReplyWriter
{
    public const string ContentType = "application/json";

    public static async Task WriteAsync(HttpContext context, ExchangeReply reply, bool lenient)
    {
        var response = context.Response;
        if (reply.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((long)Math.Max(1, Math.Ceiling(wait.TotalSeconds))).ToString(CultureInfo.InvariantCulture);
        }

        if (reply is not { Answer: { } answer })
        {
            await context.WriteProblemAsync(reply.Problem!);
            return;
        }

        response.StatusCode = StatusCodes.Status200OK;
        context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = null;
        response.ContentType = ContentType;
        response.ContentLength = answer.Length;
        response.Headers.CacheControl = "no-store";
        if (lenient)
        {
            response.Headers[Preference.AppliedHeader] = Preference.Lenient;
        }

        await response.Body.WriteAsync(answer.Memory, context.RequestAborted);
    }
}
