using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Contracts;
using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Records;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Cases;

/// <summary>The API of cases as one caller uses it.</summary>
internal sealed class CaseApi(HttpClient gateway, string token)
{
    private static readonly ContractsJsonContext Json = ContractsJsonContext.Default;

    public static async Task<CaseApi> OfClerkAsync(HttpClient gateway) => new(gateway, await gateway.OfUserAsync("housing-clerk", "housing-authority"));

    public static async Task<CaseApi> OfCentreClerkAsync(HttpClient gateway) => new(gateway, await gateway.OfUserAsync("clerk", "service-centre"));

    public static async Task<CaseApi> OfSystemAsync(HttpClient gateway) => new(gateway, await gateway.OfClientAsync("housing-authority"));

    public static async Task<CaseApi> OfCitizenAsync(HttpClient gateway, DemoPerson person) => new(gateway, await gateway.OfUserAsync(person.User));

    public Task<Answer<CaseView>> OpenAsync(string matter, DemoPerson? person, string? key = null) =>
        SendAsync(HttpMethod.Post, "/v1/cases", new CaseOpening { Matter = matter, Subject = person is null ? null : SubjectOf(person) }, Json.CaseOpening, Json.CaseView, key: key);

    public Task<Answer<CaseView>> ReadAsync(string id) => SendAsync(HttpMethod.Get, "/v1/cases/" + id, Json.CaseView);

    public Task<Answer<IReadOnlyList<CaseView>>> ListAsync(string path = "/v1/cases?limit=200") => SendAsync(HttpMethod.Get, path, Json.IReadOnlyListCaseView);

    public Task<Answer<CaseView>> ReadMineAsync(string path) => SendAsync(HttpMethod.Get, path, Json.CaseView);

    public Task<Answer<CaseGathered>> GatherAsync(string id, DemoPerson person, params string[] needs) =>
        SendAsync(HttpMethod.Post, $"/v1/cases/{id}/gather", Gathering(person, needs), Json.CaseGathering, Json.CaseGathered);

    public Task<Answer<CaseConsents>> AskAsync(string id) =>
        SendAsync(HttpMethod.Post, $"/v1/cases/{id}/consents", new CaseConsentRequest { Language = "zh" }, Json.CaseConsentRequest, Json.CaseConsents);

    public Task<Answer<CaseConsents>> DecideAsync(string link, params IEnumerable<(string Consent, bool Give)> decisions) => SendAsync(
        HttpMethod.Post, link + "/consents",
        new MyCaseDecisions { Decisions = [.. decisions.Select(decision => new MyCaseDecision { Consent = decision.Consent, Give = decision.Give })] },
        Json.MyCaseDecisions, Json.CaseConsents);

    /// <param name="id">The case.</param>
    /// <param name="step"><c>complete</c> or <c>cancel</c>.</param>
    /// <param name="version">For <c>If-Match</c>.</param>
    public Task<Answer<CaseView>> StepAsync(string id, string step, long? version = null) => SendAsync(HttpMethod.Post, $"/v1/cases/{id}/{step}", Json.CaseView, version);

    public Task<Answer<EvidencePack>> EvidenceAsync(string id) => SendAsync(HttpMethod.Get, $"/v1/cases/{id}/evidence", Json.EvidencePack);

    public Task<Answer<MatterStatisticsView>> StatisticsAsync(string matter) => SendAsync(HttpMethod.Get, $"/v1/matters/{matter}/statistics", Json.MatterStatisticsView);

    public Task<Answer<RecordAnswer>> QueryAsync(string dataset, DemoPerson person, string purpose, string? caseId, params string[] fields) => SendAsync(
        HttpMethod.Post, $"/v1/records/{dataset}/query",
        new RecordQuery { Subject = SubjectOf(person), Purpose = purpose, Fields = fields, Case = caseId }, Json.RecordQuery, Json.RecordAnswer);

    /// <summary>The events of a gathering, as they come.</summary>
    public async IAsyncEnumerable<(string Type, JsonElement Data)> GatherEventsAsync(string id, DemoPerson person, params string[] needs)
    {
        using var request = Request(HttpMethod.Post, $"/v1/cases/{id}/gather", JsonContent.Create(Gathering(person, needs), Json.CaseGathering));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await gateway.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            yield return (item.EventType, JsonElement.Parse(item.Data));
        }
    }

    private static CaseGathering Gathering(DemoPerson person, string[] needs) => new() { Subject = SubjectOf(person), Needs = needs.Length == 0 ? null : needs };

    private static SubjectRef SubjectOf(DemoPerson person) => new("cn-resident-id", person.Number);

    private Task<Answer<T>> SendAsync<TBody, T>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, string? key = null)
    {
        var request = Request(method, path, JsonContent.Create(body, bodyType));
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return SendAsync(request, type);
    }

    private Task<Answer<T>> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> type, long? version = null)
    {
        var request = Request(method, path, null);
        if (version is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        }

        return SendAsync(request, type);
    }

    private async Task<Answer<T>> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type)
    {
        using (request)
        {
            using var response = await gateway.SendAsync(request, TestContext.Current.CancellationToken);
            var problem = response.IsSuccessStatusCode ? null : await response.Content.ReadFromJsonAsync(Json.ExchangeProblem, TestContext.Current.CancellationToken);
            var body = response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync(type, TestContext.Current.CancellationToken) : default;
            return new Answer<T>(response.StatusCode, body, problem);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content) =>
        new(method, path) { Content = content, Headers = { Authorization = Tokens.Bearer(token) } };
}
