using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DataExchange.Adapters.Configuration;
using DataExchange.Adapters.Hosting;
using DataExchange.Adapters.Records;
using DataExchange.Contracts;
using DataExchange.Contracts.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DataExchange.Adapters.Tests.Conformance;

/// <summary>A whole adapter on a port of its own: configured by JSON, asked over HTTP, its log kept for inspection.</summary>
internal sealed class RunningAdapter : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningAdapter(WebApplication app, IntentForge forge, FakeTimeProvider clock, LogLines log)
    {
        (_app, Forge, Clock, Log) = (app, forge, clock, log);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public IntentForge Forge { get; }

    public FakeTimeProvider Clock { get; }

    public LogLines Log { get; }

    /// <summary>Starts an adapter from its configuration's text; the log key is put in.</summary>
    public static async Task<RunningAdapter> StartAsync<T>(string json, Func<SettingsReader, T> read, Func<T, SourceContext, IRecordSource> open)
    {
        var forge = new IntentForge();
        var configuration = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json)))
            .AddInMemoryCollection([new("Adapter:Log:VerifierKey", forge.VerifierKey)])
            .Build();
        var (options, settings) = AdapterProgram.Load(configuration, read);
        return await StartAsync(options, context => open(settings, context), forge);
    }

    public static async Task<RunningAdapter> StartAsync(AdapterOptions options, Func<SourceContext, IRecordSource> open, IntentForge forge)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        var log = new LogLines();
        var hosting = new AdapterHosting { Clock = clock, Logging = logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log) };
        var app = AdapterHost.Build(options, open, hosting);
        await app.StartAsync();
        return new RunningAdapter(app, forge, clock, log);
    }

    /// <summary>Asks with an honest intent.</summary>
    public Task<Answer> AskAsync(string subject, params string[] fields) => AskAsync(Forge.Question(Clock.GetUtcNow(), subject, fields));

    public async Task<Answer> AskAsync(ProviderQuery query)
    {
        using var response = await Client.PostAsJsonAsync(ProviderProtocol.QueryPath, query, ContractsJsonContext.Default.ProviderQuery);
        return await Answer.ReadAsync(response);
    }

    public async Task<Answer> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return await Answer.ReadAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Forge.Dispose();
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, string? ContentType, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public JsonElement Record => Json.GetProperty("record");

    /// <summary>The problem's code, or null where there is none.</summary>
    public string? Code => ContentType == "application/problem+json" ? Json.GetProperty("code").GetString() : null;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
}
