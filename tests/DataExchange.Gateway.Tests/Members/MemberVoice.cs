using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Proposals;
using DataExchange.Contracts.Signatures;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Members;

/// <summary>A member of the demo region: its steward at the API, and the private key in the demo folder.</summary>
internal sealed class MemberVoice(GatewayProcess gateway, string member)
{
    public const string KeyId = "demo-key-do-not-trust";

    private Api? _api;

    public string KeyFile => Path.Combine(gateway.DataFolder, "demo", "keys", member + ".pem");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The member's steward, signed in; again after a restart, for tokens do not outlive it.</summary>
    public async Task<Api> StewardAsync() => _api ??= await Api.OfUserAsync(
        gateway.Client, member + "-steward", member is "housing-authority" or "service-centre" ? member : member + "-steward");

    public void Forget() => _api = null;

    public async Task<ProposalView> ProposeAsync(string kind, JsonNode change)
    {
        using var response = await SendAsync(HttpMethod.Post, "/v1/proposals", new JsonObject { ["kind"] = kind, ["change"] = change.DeepClone(), ["reason"] = "The members want it." });
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Cancelled));
        return (await response.Content.ReadFromJsonAsync(ContractsJsonContext.Default.ProposalView, Cancelled))!;
    }

    public Task<HttpResponseMessage> ApproveAsync(ProposalView proposal, string? signature = null) => SendAsync(
        HttpMethod.Post, $"/v1/proposals/{proposal.Id}/approve", new JsonObject { ["signature"] = signature ?? Sign(SignedStatement.Of("proposal", proposal.Id, proposal.Document)) });

    public Task<HttpResponseMessage> RejectAsync(ProposalView proposal, string reason) => SendAsync(
        HttpMethod.Post, $"/v1/proposals/{proposal.Id}/reject",
        new JsonObject { ["reason"] = reason, ["signature"] = Sign(SignedStatement.Of("rejection", proposal.Id, proposal.Document, reason)) });

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonNode? body, params (string Name, string Value)[] headers) =>
        await (await StewardAsync()).SendAsync(method, path, body is null ? null : JsonContent.Create(body), headers);

    /// <summary>A compact JWS, with the member's demo key or another one.</summary>
    public string Sign(byte[] statement, ECDsa? with = null, string keyId = KeyId)
    {
        using var demo = ECDsa.Create();
        demo.ImportFromPem(File.ReadAllText(KeyFile));
        var header = Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{member}}/{{keyId}}"}""");
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(statement)}";
        return $"{signed}.{Base64Url.EncodeToString((with ?? demo).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public static async Task<ExchangeProblem> ProblemAsync(HttpResponseMessage response)
    {
        Assert.False(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancelled));
        return (await response.Content.ReadFromJsonAsync(ContractsJsonContext.Default.ExchangeProblem, Cancelled))!;
    }

    public static async Task<JsonElement> OkAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }
}
