using System.Text.Json;
using DataExchange.Contracts;
using DataExchange.Contracts.Providers;
using DataExchange.DemoRegion.Folder;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DataExchange.Gateway.Tests.Running;

/// <summary>
/// The one department of a demo region that can be asked: <c>public-security</c>. It takes every question and answers none before it is let
/// go; then all, with a name, a birthday and an x for everything else.
/// </summary>
internal sealed class SlowProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly SemaphoreSlim _asked = new(0);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _questions;

    private SlowProvider(WebApplication app, DirectoryInfo folder, string foundingFile)
    {
        (_app, _folder) = (app, folder);
        Settings = new()
        {
            ["DemoRegion__Enabled"] = "false",
            ["FoundingFile"] = foundingFile,
            ["Providers__public-security__Resilience__TryTimeout"] = "00:01:00",
            ["Providers__public-security__Resilience__TotalTimeout"] = "00:02:00",
        };
    }

    /// <summary>What a gateway has to be started with to ask nobody but this; more patient than any test.</summary>
    public Dictionary<string, string> Settings { get; }

    /// <summary>Questions so far.</summary>
    public int Questions => Volatile.Read(ref _questions);

    public static async Task<SlowProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var folder = Directory.CreateTempSubdirectory("dx-region-");
        var region = await DemoRegionFolder.EnsureAsync(Path.Combine(folder.FullName, "region"));
        var provider = new SlowProvider(builder.Build(), folder, region.FoundingFile);
        provider._app.MapPost(ProviderProtocol.QueryPath, provider.AnswerAsync);
        await provider._app.StartAsync();
        provider.Settings["Providers__public-security__Addresses__0"] = provider._app.Urls.Single();
        return provider;
    }

    /// <summary>Waits until so many more questions have arrived.</summary>
    public async Task AskedAsync(int questions)
    {
        for (var i = 0; i < questions; i++)
        {
            Assert.True(await _asked.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), $"Only {i} of {questions} questions arrived.");
        }
    }

    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await _app.DisposeAsync();
        _asked.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string ValueOf(string field) => field switch
    {
        "name" => "张三",
        "birthDate" => "1990-01-01",
        _ => "x",
    };

    private async Task AnswerAsync(HttpContext context)
    {
        var query = (await JsonSerializer.DeserializeAsync(context.Request.Body, ContractsJsonContext.Default.ProviderQuery, context.RequestAborted))!;
        Interlocked.Increment(ref _questions);
        _asked.Release();
        await _released.Task.WaitAsync(context.RequestAborted);
        var answer = new ProviderAnswer { Dataset = query.Dataset, Revision = query.Revision, Subject = query.Subject, Record = JsonSerializer.SerializeToElement(query.Fields.ToDictionary(field => field, ValueOf)) };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(JsonSerializer.Serialize(answer, ContractsJsonContext.Default.ProviderAnswer));
    }
}
