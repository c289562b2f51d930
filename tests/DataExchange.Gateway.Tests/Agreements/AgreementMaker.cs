using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts;
using DataExchange.Contracts.Agreements;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Signatures;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Agreements;

/// <summary>Two departments of the demo region that make an agreement: their stewards, and their keys.</summary>
public sealed class AgreementMaker
{
    private const string KeyId = "demo-key-do-not-trust";

    private readonly GatewayProcess _gateway;
    private readonly JsonObject _document;

    private AgreementMaker(GatewayProcess gateway, JsonObject document, Api consumer, Api provider) =>
        (_gateway, _document, Consumer, Provider) = (gateway, document, consumer, provider);

    public string Id => _document["id"]!.GetValue<string>();

    /// <summary>Steward of the consumer.</summary>
    public Api Consumer { get; }

    /// <summary>Steward of the provider.</summary>
    public Api Provider { get; }

    /// <summary>Signs both stewards in.</summary>
    public static async Task<AgreementMaker> SignInAsync(GatewayProcess gateway, JsonObject document)
    {
        var consumer = document["consumer"]!.GetValue<string>();
        var provider = document["provider"]!.GetValue<string>();
        return new AgreementMaker(
            gateway, document,
            await Api.OfUserAsync(gateway.Client, consumer + "-steward", consumer),
            await Api.OfUserAsync(gateway.Client, provider + "-steward", provider + "-steward"));
    }

    /// <summary>An agreement that is in force now and grants one field.</summary>
    public static JsonObject Document(string id, string consumer, string dataset, string purpose, string field, Action<JsonObject>? change = null)
    {
        var document = new JsonObject
        {
            ["id"] = id,
            ["revision"] = 1,
            ["consumer"] = consumer,
            ["provider"] = dataset[..dataset.IndexOf('/', StringComparison.Ordinal)],
            ["dataset"] = dataset,
            ["datasetRevision"] = 1,
            ["basis"] = "State Council Order 809",
            ["scenario"] = "A test",
            ["mode"] = "Query",
            ["validFrom"] = "2025-08-01T00:00:00+08:00",
            ["validTo"] = "2099-01-01T00:00:00Z",
            ["grants"] = new JsonArray(new JsonObject
            {
                ["purpose"] = purpose,
                ["fields"] = new JsonArray(new JsonObject { ["name"] = field, ["transform"] = "Full", ["basis"] = "StatutoryDuty", ["citation"] = "Art. 9" }),
                ["obligations"] = new JsonArray(),
            }),
            ["clients"] = new JsonArray(consumer),
        };
        change?.Invoke(document);
        return document;
    }

    /// <summary>Drafts, submits, signs for both, provides.</summary>
    public async Task<AgreementView> MakeAsync()
    {
        await DraftAsync(_document);
        await TakeAsync(Consumer, "submit");
        await ApproveAsync();
        return await TakeAsync(Provider, "provision");
    }

    /// <summary>Both sign the revision that is being agreed on.</summary>
    public async Task ApproveAsync()
    {
        await TakeAsync(Provider, "approve", await SignedAsync("provider"));
        await TakeAsync(Consumer, "approve", await SignedAsync("consumer"));
    }

    public async Task<AgreementView> DraftAsync(JsonObject document)
    {
        using var response = await Consumer.SendAsync(HttpMethod.Post, "/v1/agreements", JsonContent.Create(document));
        return await ReadAsync(response);
    }

    /// <summary>A step that is accepted.</summary>
    public async Task<AgreementView> TakeAsync(Api by, string step, object? body = null) => await ReadAsync(await SendAsync(by, step, body));

    /// <summary>A step that is refused.</summary>
    public async Task<ExchangeProblem> RefusedAsync(Api by, string step, object? body = null)
    {
        using var response = await SendAsync(by, step, body);
        Assert.False(response.IsSuccessStatusCode, "It was accepted.");
        return (await response.Content.ReadFromJsonAsync(ContractsJsonContext.Default.ExchangeProblem, TestContext.Current.CancellationToken))!;
    }

    public Task<HttpResponseMessage> SendAsync(Api by, string step, object? body = null, params (string Name, string Value)[] headers) =>
        by.SendAsync(HttpMethod.Post, $"/v1/agreements/{Id}/{step}", body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Web), headers);

    /// <summary>The agreement as anyone sees it.</summary>
    public async Task<AgreementView> ViewAsync() =>
        (await _gateway.Client.GetFromJsonAsync($"/v1/agreements/{Id}", ContractsJsonContext.Default.AgreementView, TestContext.Current.CancellationToken))!;

    /// <summary>The party's signature under what the gateway shows, as <c>dx agreement sign</c> makes it.</summary>
    public async Task<AgreementApproval> SignedAsync(string party)
    {
        var view = (await ViewAsync()).Pending!;
        var member = _document[party]!.GetValue<string>();
        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(_gateway.DataFolder, "demo", "keys", member + ".pem"), TestContext.Current.CancellationToken));
        var header = Encode(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{member}}/{{KeyId}}"}"""));
        var signed = $"{header}.{Encode(SignedStatement.Of(SignedStatement.Agreement, view.Name, view.Document))}";
        return new AgreementApproval($"{signed}.{Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}");
    }

    private static async Task<AgreementView> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        var view = JsonSerializer.Deserialize(body, ContractsJsonContext.Default.AgreementView)!;
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"\"{view.LogIndex}\""), response.Headers.ETag?.ToString());
        return view;
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
