using System.Text.Json.Nodes;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Providers;
using DataExchange.Enforcement.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Enforcement.Tests.Providers;

/// <summary>Whatever a provider does wrong: the right problem, an outcome leaf, nothing released.</summary>
public sealed class ProviderFaultTests
{
    private static readonly Dictionary<string, Func<HttpContext, ProviderQuery, Task>> Faults = new()
    {
        ["hangs"] = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted),
        ["hangs in the body"] = async (context, query) =>
        {
            await HalfAsync(context, query);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        },
        ["500"] = (context, _) => StatusAsync(context, 500),
        ["400"] = (context, _) => StatusAsync(context, 400),
        ["403"] = (context, _) => StatusAsync(context, 403),
        ["204"] = (context, _) => StatusAsync(context, 204),
        ["another 404"] = (context, _) => StatusAsync(context, 404),
        ["redirect"] = (context, _) =>
        {
            context.Response.Headers.Location = "/elsewhere";
            return StatusAsync(context, 307);
        },
        ["no such record"] = (context, _) =>
        {
            context.Response.StatusCode = 404;
            return FakeProvider.WriteAsync(context, """{"type":"urn:data-exchange:problem:not-found","title":"Not found","status":404,"code":"not-found"}""");
        },
        ["cut halfway"] = async (context, query) =>
        {
            await HalfAsync(context, query);
            context.Abort();
        },
        ["cut at once"] = (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        },
        ["10 MB, announced"] = (context, _) => FakeProvider.WriteAsync(context, new string(' ', 10 << 20)),
        ["10 MB, chunked"] = async (context, _) =>
        {
            for (var i = 0; i < 10; i++)
            {
                await context.Response.WriteAsync(new string(' ', 1 << 20));
            }
        },
        ["not JSON"] = (context, _) => FakeProvider.WriteAsync(context, "<html>"),
        ["empty"] = (context, _) => FakeProvider.WriteAsync(context, ""),
        ["an array"] = (context, _) => FakeProvider.WriteAsync(context, "[]"),
        ["more after the end"] = (context, query) => FakeProvider.WriteAsync(context, FakeProvider.AnswerTo(query).ToJsonString() + "{}"),
        ["a member twice"] = (context, query) => FakeProvider.WriteAsync(context, FakeProvider.AnswerTo(query).ToJsonString().Insert(1, "\"revision\":1,")),
        ["an unknown member"] = Changed(answer => answer["note"] = "hello"),
        ["a member missing"] = Changed(answer => answer.Remove("revision")),
        ["another dataset"] = Changed(answer => answer["dataset"] = "police/limited"),
        ["another revision"] = Changed(answer => answer["revision"] = 2),
        ["another subject"] = Changed(answer => answer["subject"]!["value"] = TestRegion.LiSi.Value),
        ["another scheme"] = Changed(answer => answer["subject"]!["scheme"] = "passport"),
        ["a field nobody asked for"] = Changed(answer => answer["record"]!["secret"] = "x"),
        ["a field twice"] = (context, query) => FakeProvider.WriteAsync(context, FakeProvider.AnswerTo(query).ToJsonString().Replace("\"name\":", "\"name\":\"x\",\"name\":", StringComparison.Ordinal)),
        ["a field missing"] = Changed(answer => answer["record"]!.AsObject().Remove("name")),
        ["another type"] = Changed(answer => answer["record"]!["name"] = 5),
        ["an object for a text"] = Changed(answer => answer["record"]!["name"] = new JsonObject()),
        ["null where there must be a value"] = Changed(answer => answer["record"]!["name"] = null),
        ["a text too long"] = Changed(answer => answer["record"]!["address"] = new string('长', 21)),
        ["half a surrogate pair"] = (context, query) => FakeProvider.WriteAsync(context, FakeProvider.AnswerTo(query).ToJsonString().Replace("1949", "\\ud800", StringComparison.Ordinal)),
        ["a date that is none"] = Changed(answer => answer["record"]!["born"] = "1949-02-30"),
        ["a fraction for an integer"] = Changed(answer => answer["record"]!["income"] = 1.5),
        ["a number beyond reach"] = (context, query) => FakeProvider.WriteAsync(context, FakeProvider.AnswerTo(query).ToJsonString().Replace("0.5", "1e999", StringComparison.Ordinal)),
    };

    [Theory]
    [InlineData("hangs", "provider-timeout")]
    [InlineData("hangs in the body", "provider-timeout")]
    [InlineData("500", "provider-unavailable")]
    [InlineData("400", "provider-unavailable")]
    [InlineData("403", "provider-unavailable")]
    [InlineData("204", "provider-schema-violation")]
    [InlineData("another 404", "provider-unavailable")]
    [InlineData("redirect", "provider-unavailable")]
    [InlineData("no such record", "not-found")]
    [InlineData("cut halfway", "provider-unavailable")]
    [InlineData("cut at once", "provider-unavailable")]
    [InlineData("10 MB, announced", "provider-schema-violation")]
    [InlineData("10 MB, chunked", "provider-schema-violation")]
    [InlineData("not JSON", "provider-schema-violation")]
    [InlineData("empty", "provider-schema-violation")]
    [InlineData("an array", "provider-schema-violation")]
    [InlineData("more after the end", "provider-schema-violation")]
    [InlineData("a member twice", "provider-schema-violation")]
    [InlineData("an unknown member", "provider-schema-violation")]
    [InlineData("a member missing", "provider-schema-violation")]
    [InlineData("another dataset", "provider-schema-violation")]
    [InlineData("another revision", "provider-schema-violation")]
    [InlineData("another subject", "provider-subject-mismatch")]
    [InlineData("another scheme", "provider-subject-mismatch")]
    [InlineData("a field nobody asked for", "provider-schema-violation")]
    [InlineData("a field twice", "provider-schema-violation")]
    [InlineData("a field missing", "provider-schema-violation")]
    [InlineData("another type", "provider-schema-violation")]
    [InlineData("an object for a text", "provider-schema-violation")]
    [InlineData("null where there must be a value", "provider-schema-violation")]
    [InlineData("a text too long", "provider-schema-violation")]
    [InlineData("half a surrogate pair", "provider-schema-violation")]
    [InlineData("a date that is none", "provider-schema-violation")]
    [InlineData("a fraction for an integer", "provider-schema-violation")]
    [InlineData("a number beyond reach", "provider-schema-violation")]
    public async Task A_provider_s_fault_is_named_and_logged_and_releases_nothing(string fault, string code)
    {
        await using var gateway = await TestGateway.StartAsync(setup =>
        {
            if (code == ProblemSlugs.ProviderTimeout.Code)
            {
                setup.Settings["Providers:police:Resilience:TryTimeout"] = "00:00:01";
            }
        });
        gateway.Provider.Answer = (context, query, _) => Faults[fault](context, query);

        var problem = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name", "address", "born", "income", "rate").ProblemAsync();

        Assert.Equal(code, problem.Code);
        var entries = await gateway.EntriesOfAsync(TestRegion.ZhangSan);
        Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessFailed], entries.Select(entry => entry.Leaf.Kind));
        Assert.Equal((code, entries[0].Index), (entries[1].Record.GetProperty("problem").GetString(), entries[1].Record.GetProperty("intent").GetInt64()));
        Assert.Equal(entries[1].Index, problem.Receipt!.Index);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_unavailable()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.Provider.DisposeAsync();

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.ProviderUnavailable);

        Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessFailed], await gateway.KindsOfAsync(TestRegion.ZhangSan));
    }

    [Fact]
    public async Task A_provider_without_any_address_is_unavailable()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.KnowsProvider = false);

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.ProviderUnavailable);

        Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessFailed], await gateway.KindsOfAsync(TestRegion.ZhangSan));
    }

    [Fact]
    public async Task A_text_of_the_greatest_length_passes_counted_in_characters()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Provider.Answer = (context, query, _) => Changed(answer => answer["record"]!["address"] = string.Concat(Enumerable.Repeat("𠮷", 20)))(context, query);

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "address").AnswerAsync();
    }

    private static Func<HttpContext, ProviderQuery, Task> Changed(Action<JsonObject> change) => (context, query) =>
    {
        var answer = FakeProvider.AnswerTo(query);
        change(answer);
        return FakeProvider.WriteAsync(context, answer);
    };

    private static Task StatusAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static async Task HalfAsync(HttpContext context, ProviderQuery query)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(FakeProvider.AnswerTo(query).ToJsonString());
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
        await context.Response.Body.FlushAsync();
    }
}
