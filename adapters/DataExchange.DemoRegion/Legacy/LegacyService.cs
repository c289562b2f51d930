using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.DemoRegion.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.DemoRegion.Legacy;

/// <summary>
/// A JSON service as a department may have had it for years, with habits of its own: <c>POST /api/query</c> with
/// <c>{"sfzh":"…"}</c> and a key in <c>X-Api-Key</c>; every answer is an envelope <c>{"code":0,"data":{…}}</c>.
/// </summary>
internal static class LegacyService
{
    public const string Path = "/api/query";

    public const string KeyHeader = "X-Api-Key";

    private const int LongestBody = 1024;

    /// <summary>Starts it on a free port of the loopback.</summary>
    public static async Task<WebApplication> StartAsync(LegacyStore store, string apiKey, AdapterGuest guest, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        guest.LogHere(builder.Logging);
        builder.WebHost.UseKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LongestBody);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();

        var app = builder.Build();
        app.UseRouting();
        app.MapPost(Path, context => AnswerAsync(context, store, Encoding.UTF8.GetBytes(apiKey)));
        await app.StartAsync(cancellationToken);
        return app;
    }

    private static async Task AnswerAsync(HttpContext context, LegacyStore store, byte[] apiKey)
    {
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers[KeyHeader].ToString()), apiKey))
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "密钥错误");
        }
        else if (await NumberAsync(context) is not { } number)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "请求有误");
        }
        else if (store.Find(number) is not { } document)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "查无此人");
        }
        else
        {
            await WriteAsync(context, $$"""{"code":0,"data":{{document}}}""");
        }
    }

    private static async Task<string?> NumberAsync(HttpContext context)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return (body as JsonObject)?["sfzh"] is JsonValue value && value.TryGetValue(out string? number) ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, new JsonObject { ["code"] = status, ["message"] = message }.ToJsonString());
    }

    private static Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }
}
