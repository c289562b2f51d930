using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using DataExchange.Contracts;
using DataExchange.Contracts.Problems;
using DataExchange.DemoRegion.Folder;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.Tests.Cases;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Identity;

/// <summary>A thumbprint in the founding file binds every token of its client, on every endpoint and not on the records alone.</summary>
public sealed class RegisteredCertificateTests : IAsyncLifetime
{
    private const string Client = "housing-authority";
    private readonly X509Certificate2 _own = TestCertificates.Create(Client);
    private readonly X509Certificate2 _server = TestCertificates.Create("gateway");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dx-registered-");
    private GatewayProcess _gateway = null!;

    [Theory]
    [InlineData("GET", "/v1/consents", null)]
    [InlineData("GET", "/v1/consents/unknown", null)]
    [InlineData("POST", "/v1/consents", "{}")]
    [InlineData("POST", "/v1/decisions/0", "{}")]
    [InlineData("POST", "/access/v1/evaluation", "{}")]
    public async Task A_registered_certificate_is_demanded_of_an_unbound_token_too(string method, string path, string? body)
    {
        using var bare = ClientWith(null);
        using var certified = ClientWith(_own);
        var unbound = await bare.OfClientAsync(Client);

        foreach (var client in new[] { bare, certified })
        {
            using var content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await new Api(client, unbound).SendAsync(new HttpMethod(method), path, content);
            var problem = await answer.Content.ReadFromJsonAsync(ContractsJsonContext.Default.ExchangeProblem, TestContext.Current.CancellationToken);
            Assert.Equal(ProblemSlugs.TokenBindingMismatch.Code, problem?.Code);
        }
    }

    [Fact]
    public async Task A_bound_token_with_the_registered_certificate_is_taken()
    {
        using var certified = ClientWith(_own);

        Assert.Null((await (await Api.OfClientAsync(certified, Client)).ConsentsAsync()).Problem);
    }

    [Fact]
    public async Task A_gathering_is_held_to_the_certificate_like_any_exchange()
    {
        using var certified = ClientWith(_own);
        var clerk = await CaseApi.OfClerkAsync(certified);
        var opened = (await clerk.OpenAsync("rental-housing", DemoPeople.First)).Released;

        var gathered = (await clerk.GatherAsync(opened.Id, DemoPeople.First, "residence", "income")).Released;

        // There is nobody to answer; what matters is how far the rules let each get.
        Assert.Equal(
            ["income consent-required", "residence provider-unavailable"], gathered.Needs.Select(need => $"{need.Need} {need.Problem?.Code}").Order());
        Assert.Contains(opened.MissingConsents, missing => missing.Need == "income");
    }

    public async ValueTask InitializeAsync()
    {
        var demo = await DemoRegionFolder.EnsureAsync(Path.Combine(_folder.FullName, "demo"), TestContext.Current.CancellationToken);
        var founding = JsonNode.Parse(await File.ReadAllTextAsync(demo.FoundingFile, TestContext.Current.CancellationToken))!;
        var registered = founding["members"]!.AsArray().SelectMany(member => member!["clients"]!.AsArray()).Single(client => (string?)client!["clientId"] == Client)!;
        registered["certificateThumbprint"] = CertificateThumbprint.Of(_own);
        var file = Path.Combine(_folder.FullName, "founding.json");
        await File.WriteAllTextAsync(file, founding.ToJsonString(), TestContext.Current.CancellationToken);
        _gateway = await GatewayProcess.StartAsync(new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "https://127.0.0.1:0",
            ["Kestrel__Certificates__Default__Path"] = TestCertificates.WriteTo(_folder.FullName, _server),
            ["DemoRegion__Enabled"] = "false",
            ["FoundingFile"] = file,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Delete(recursive: true);
        _own.Dispose();
        _server.Dispose();
    }

    private HttpClient ClientWith(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == _server.GetCertHashString();
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        return new HttpClient(handler) { BaseAddress = _gateway.Client.BaseAddress };
    }
}
