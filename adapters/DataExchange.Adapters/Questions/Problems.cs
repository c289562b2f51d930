using System.Text.Json;
using DataExchange.Contracts;
using DataExchange.Contracts.Problems;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Adapters.Questions;

/// <summary>Writes RFC 9457 problems.</summary>
internal static class Problems
{
    public static async Task WriteAsync(HttpContext context, ProblemSlug slug, string detail)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ExchangeProblem { Type = slug.Type, Title = slug.Title, Status = slug.Status, Code = slug.Code, Detail = detail },
            ContractsJsonContext.Default.ExchangeProblem);
        context.Response.StatusCode = slug.Status;
        context.Response.ContentType = "application/problem+json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
