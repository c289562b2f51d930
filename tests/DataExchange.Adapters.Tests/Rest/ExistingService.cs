using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Adapters.Tests.Conformance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Adapters.Tests.Rest;

/// <summary>A department's old JSON service: asked by path, by header or by body, it wants a key, and it can be told to misbehave.</summary>
internal sealed class ExistingService : IAsyncDisposable
{
    public const string Key = "the adapter's own key";

    private readonly WebApplication _app;

    private ExistingService(WebApplication app) => _app = app;

    /// <summary>When set, answers instead of the register.</summary>
    public Func<HttpContext, Task>? Misbehave { get; set; }

    /// <summary>Paths and queries asked for so far, as they came over the wire.</summary>
    public List<string> Asked { get; } = [];

    public string Address => _app.Urls.Single();

    public static async Task<ExistingService> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var service = new ExistingService(app);
        app.Use(service.GuardAsync);
        app.UseRouting();
        app.MapGet("/old/health", () => "ok");
        app.MapGet("/old/people/{number}", (HttpContext context, string number) => AnswerAsync(context, number));
        app.MapGet("/old/person", context => AnswerAsync(context, context.Request.Headers["X-Number"].ToString()));
        app.MapPost("/old/find", async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            await AnswerAsync(context, body.RootElement.GetProperty("criteria")[0].GetProperty("equals").GetString()!);
        });
        await app.StartAsync();
        return service;
    }

    public static JsonObject Document(Person person) => new()
    {
        ["result"] = new JsonArray(new JsonObject
        {
            ["id"] = person.Number,
            ["full name"] = person.Name,
            ["地址"] = person.Address,
            ["born"] = person.Born,
            ["dependants"] = person.Dependants,
            ["income"] = person.Income,
            ["select"] = person.Active,
            ["note"] = person.Note,
            ["unmapped"] = "secret",
        }),
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, string number)
    {
        if (Register.People.SingleOrDefault(person => person.Number == number) is not { } person)
        {
            context.Response.StatusCode = 404;
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Document(person).ToJsonString()));
    }

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        lock (Asked)
        {
            Asked.Add(context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget);
        }

        if (context.Request.Headers["X-Api-Key"] != Key)
        {
            context.Response.StatusCode = 401;
        }
        else if (Misbehave is { } misbehave)
        {
            await misbehave(context);
        }
        else
        {
            await next(context);
        }
    }
}
