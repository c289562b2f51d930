using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using DataExchange.Contracts;
using DataExchange.Contracts.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace DataExchange.Enforcement.Tests.Support;

/// <summary>A provider on loopback that does as it is told, and counts what it was asked.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ProviderQuery> _questions = new();
    private readonly ConcurrentQueue<IReadOnlyDictionary<string, string>> _headers = new();
    private readonly Channel<string> _probes = Channel.CreateUnbounded<string>();
    private int _count;

    private FakeProvider(WebApplication app) => _app = app;

    /// <summary>What to do with the n-th question, counted from 1. Default: answer with <see cref="Record"/>.</summary>
    public Func<HttpContext, ProviderQuery, int, Task> Answer { get; set; } = AnswerAsync;

    public int Count => Volatile.Read(ref _count);

    public IReadOnlyList<ProviderQuery> Questions => [.. _questions];

    /// <summary>Headers of each question.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Headers => [.. _headers];

    public Uri Address => new(_app.Urls.Single());

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        var provider = new FakeProvider(app);
        app.Run(provider.HandleAsync);
        await app.StartAsync();
        return provider;
    }

    /// <summary>The values that the register holds, whoever is asked about.</summary>
    public static JsonObject Record(ProviderQuery query)
    {
        var all = new JsonObject
        {
            ["name"] = "张\"三\"",
            ["address"] = "长安街 1 号",
            ["idcard"] = "ABCDEFGH",
            ["born"] = "1949-12-31",
            ["income"] = 7300,
            ["rate"] = 0.5,
            ["married"] = true,
            ["phone"] = "13800000000",
            ["secret"] = "secret",
        };
        foreach (var name in all.Select(member => member.Key).Except(query.Fields).ToList())
        {
            all.Remove(name);
        }

        return all;
    }

    public static JsonObject AnswerTo(ProviderQuery query) => new()
    {
        ["dataset"] = query.Dataset,
        ["revision"] = query.Revision,
        ["subject"] = new JsonObject { ["scheme"] = query.Subject.Scheme, ["value"] = query.Subject.Value },
        ["record"] = Record(query),
    };

    public static Task WriteAsync(HttpContext context, JsonNode answer) => WriteAsync(context, answer.ToJsonString());

    public static Task WriteAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }

    public static Task AnswerAsync(HttpContext context, ProviderQuery query, int n) => WriteAsync(context, AnswerTo(query));

    /// <summary>Cuts the connection instead of answering.</summary>
    public static Task HangUpAsync(HttpContext context, ProviderQuery query, int n)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Method and path of the next health probe from now on.</summary>
    public async Task<string> NextProbeAsync()
    {
        while (_probes.Reader.TryRead(out _))
        {
        }

        return await _probes.Reader.ReadAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            _probes.Writer.TryWrite($"GET {context.Request.Path}");
            return;
        }

        if (context.Request.Path != ProviderProtocol.QueryPath || !HttpMethods.IsPost(context.Request.Method) || context.Request.QueryString.HasValue)
        {
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            return;
        }

        var query = await JsonSerializer.DeserializeAsync(context.Request.Body, ContractsJsonContext.Default.ProviderQuery, context.RequestAborted);
        _questions.Enqueue(query!);
        _headers.Enqueue(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()));
        await Answer(context, query!, Interlocked.Increment(ref _count));
    }
}
