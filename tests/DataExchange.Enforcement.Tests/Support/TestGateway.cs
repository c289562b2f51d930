using System.Net.Http.Headers;
using System.Text;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Decisions;
using DataExchange.Storage;
using DataExchange.TransparencyLog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace DataExchange.Enforcement.Tests.Support;

/// <summary>The enforcement point in a real Kestrel, on real SQLite logs in a folder of its own, before one fake provider.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Providers:police:Resilience:Retries"] = "0",
        ["Providers:police:Resilience:RetryDelay"] = "00:00:00.001",
        // A slow machine is not a slow provider: tests of time-outs set their own.
        ["Providers:police:Resilience:TryTimeout"] = "00:00:30",
        ["Providers:police:Resilience:TotalTimeout"] = "00:01:00",
    };

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private TestGateway(WebApplication app, DirectoryInfo folder, FakeProvider provider)
    {
        (_app, _folder, Provider) = (app, folder, provider);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Client.DefaultRequestHeaders.Authorization = Token(TestRegion.HousingClient);
    }

    public FakeProvider Provider { get; }

    /// <summary>Speaks as the housing department's system.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public RegionLogs Logs => Services.GetRequiredService<RegionLogs>();

    public GovernanceLedger Ledger => Services.GetRequiredService<GovernanceLedger>();

    /// <summary>What the proxy is told to route now.</summary>
    public IProxyConfig Routes() => Services.GetServices<IProxyConfigProvider>().Single().GetConfig();

    public SubjectVault Vault => Services.GetRequiredService<SubjectVault>();

    public static async Task<TestGateway> StartAsync(Action<GatewaySetup>? configure = null)
    {
        var setup = new GatewaySetup();
        configure?.Invoke(setup);
        var provider = await FakeProvider.StartAsync();
        var folder = Directory.CreateTempSubdirectory("enforcement-");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection(Settings);
        if (setup.KnowsProvider)
        {
            builder.Configuration["Providers:police:Addresses:0"] = provider.Address.GetLeftPart(UriPartial.Authority);
        }

        builder.Configuration.AddInMemoryCollection(setup.Settings);
        builder.Services.AddSqliteStorage(options => options.DataFolder = folder.FullName);
        builder.Services.AddTransparencyLogs(options => (options.Region, options.KeyFolder) = (TestRegion.Name, folder.FullName));
        builder.Services.AddSubjectVault(options => options.DataFolder = folder.FullName);
        builder.Services.AddGovernance();
        builder.Services.AddDataExchange(builder.Configuration);
        setup.Services?.Invoke(builder.Services);
        var app = builder.Build();
        try
        {
            await app.Services.GetRequiredService<GovernanceLedger>().FoundAsync(setup.Founding, CancellationToken.None);
            app.UseRouting();
            app.Use(AuthenticateAsync);
            setup.Map(app);
            await app.StartAsync();
            return new TestGateway(app, folder, provider);
        }
        catch
        {
            await app.DisposeAsync();
            await provider.DisposeAsync();
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>A token that the test authentication believes: the client's id and its roles.</summary>
    public static AuthenticationHeaderValue Token(string client, string roles = "department-system") => new("Bearer", client + ";" + roles);

    /// <summary>A token of a user at the housing department's system.</summary>
    public static AuthenticationHeaderValue UserToken(string user, string? acr = null) =>
        new("Bearer", $"{TestRegion.HousingClient};department-system;{user}{(acr is null ? "" : ";" + acr)}");

    public Task<HttpResponseMessage> QueryAsync(string dataset, SubjectRef subject, params string[] fields) =>
        PostAsync(dataset + "/query", Body(subject, fields));

    public Task<HttpResponseMessage> PostAsync(string path, string body, string mediaType = "application/json", string? prefer = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/records/" + path) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        return Client.SendAsync(request);
    }

    public static string Body(SubjectRef subject, params string[] fields) =>
        $$"""{"subject":{"scheme":"{{subject.Scheme}}","value":"{{subject.Value}}"},"purpose":"{{TestRegion.Rental}}","fields":[{{string.Join(",", fields.Select(field => $"\"{field}\""))}}]}""";

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Provider.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static Task AuthenticateAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.Authorization is [{ } header] && header["Bearer ".Length..].Split(';') is [var client, var roles, .. var rest])
        {
            context.Features.Set(new Actor { ClientId = client, Roles = roles.Split(','), UserId = rest.ElementAtOrDefault(0), Acr = rest.ElementAtOrDefault(1) });
        }

        return next(context);
    }
}
