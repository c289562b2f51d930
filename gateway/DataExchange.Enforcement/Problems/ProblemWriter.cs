using System.Text.Json;
using DataExchange.Contracts;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DataExchange.Enforcement.Problems;

/// <summary>Answers with RFC 9457 problems; the one place that knows how they go on the wire.</summary>
public static class ProblemWriter
{
    /// <summary>Media type of a problem.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>Writes the problem, and nothing but it. The answer must not have started.</summary>
    public static async Task WriteProblemAsync(this HttpContext context, ExchangeProblem problem)
    {
        using var body = new PooledBuffer(512);
        Write(body, problem);

        var response = context.Response;
        response.StatusCode = problem.Status;
        context.Features.Get<IHttpResponseFeature>()?.ReasonPhrase = null;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(body.Memory, context.RequestAborted);
    }

    /// <inheritdoc cref="WriteProblemAsync(HttpContext, ExchangeProblem)"/>
    public static Task WriteProblemAsync(this HttpContext context, ProblemSlug slug, string? detail = null) =>
        context.WriteProblemAsync(Problem.Of(slug, detail));

    internal static void Write(PooledBuffer output, ExchangeProblem problem)
    {
        using var writer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(writer, problem, ContractsJsonContext.Default.ExchangeProblem);
    }
}
