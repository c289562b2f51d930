using System.Text.Json;
using DataExchange.Contracts;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;

namespace DataExchange.Enforcement.Tests.Support;

/// <summary>Reads responses by the wire contracts, strictly.</summary>
internal static class Responses
{
    public static async Task<RecordAnswer> AnswerAsync(this Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonSerializer.Deserialize(body, ContractsJsonContext.Default.RecordAnswer)!;
    }

    /// <summary>The problem, after checking that it is one in every respect.</summary>
    public static async Task<ExchangeProblem> ProblemAsync(this Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", body);
        var problem = JsonSerializer.Deserialize(body, ContractsJsonContext.Default.ExchangeProblem)!;
        Assert.Equal((int)response.StatusCode, problem.Status);
        Assert.Equal("urn:data-exchange:problem:" + problem.Code, problem.Type);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal(problem.Code is "provider-unavailable" or "quota-exceeded" or "throttled", response.Headers.RetryAfter is not null);
        return problem;
    }

    public static async Task RefusedAsync(this Task<HttpResponseMessage> sending, ProblemSlug slug) => Assert.Equal(slug.Code, (await sending.ProblemAsync()).Code);
}
