using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Contracts;
using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;

namespace DataExchange.Gateway.Tests.Running;

/// <summary>The API as one caller uses it.</summary>
public sealed class Api(HttpClient gateway, string token)
{
    private static readonly ContractsJsonContext Json = ContractsJsonContext.Default;

    public static async Task<Api> OfClientAsync(HttpClient gateway, string client) => new(gateway, await gateway.OfClientAsync(client));

    public static async Task<Api> OfUserAsync(HttpClient gateway, string user, string client = "demo-desk") => new(gateway, await gateway.OfUserAsync(user, client));

    public Task<Answer<RecordAnswer>> QueryAsync(string dataset, string subject, string purpose, params string[] fields) => SendAsync(
        HttpMethod.Post,
        $"/v1/records/{dataset}/query",
        JsonContent.Create(new RecordQuery { Subject = new SubjectRef("cn-resident-id", subject), Purpose = purpose, Fields = fields }, Json.RecordQuery),
        Json.RecordAnswer);

    public Task<Answer<ConsentView>> RequestConsentAsync(ConsentRequest request) =>
        SendAsync(HttpMethod.Post, "/v1/consents", JsonContent.Create(request, Json.ConsentRequest), Json.ConsentView);

    /// <param name="id">The consent.</param>
    /// <param name="step"><c>give</c>, <c>refuse</c> or <c>withdraw</c>.</param>
    /// <param name="giving">What a clerk who assists sends along.</param>
    public Task<Answer<ConsentView>> DecideConsentAsync(string id, string step, ConsentGiving? giving = null) =>
        SendAsync(HttpMethod.Post, $"/v1/consents/{id}/{step}", giving is null ? null : JsonContent.Create(giving, Json.ConsentGiving), Json.ConsentView);

    public Task<Answer<ConsentView>> ConsentAsync(string id) => SendAsync(HttpMethod.Get, "/v1/consents/" + id, null, Json.ConsentView);

    public Task<Answer<IReadOnlyList<ConsentView>>> ConsentsAsync() => SendAsync(HttpMethod.Get, "/v1/consents", null, Json.IReadOnlyListConsentView);

    /// <param name="method">Method.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="content">Body; null for none.</param>
    /// <param name="headers">Headers beside the token.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content, Headers = { Authorization = Tokens.Bearer(token) } };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await gateway.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<Answer<T>> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type)
    {
        using var response = await SendAsync(method, path, content);
        var problem = response.IsSuccessStatusCode ? null : await response.Content.ReadFromJsonAsync(Json.ExchangeProblem, TestContext.Current.CancellationToken);
        var body = response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync(type, TestContext.Current.CancellationToken) : default;
        return new Answer<T>(response.StatusCode, body, problem);
    }
}

/// <summary>A body or a problem, never both.</summary>
public sealed record Answer<T>(HttpStatusCode Status, T? Body, ExchangeProblem? Problem)
{
    public T Released
    {
        get
        {
            Assert.True(Problem is null, $"{Problem?.Code}: {Problem?.Detail} {string.Join("; ", Problem?.Reasons?.Select(reason => reason.Detail) ?? [])}");
            return Body!;
        }
    }
}
