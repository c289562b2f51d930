using System.Text;
using System.Text.Json.Nodes;
using DataExchange.Adapters.Tests.Conformance;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Adapters.Tests.Rest;

/// <summary>Whatever an existing service does that is neither a record nor an unknown subject, nothing of it comes through.</summary>
public sealed class OddAnswerTests : IAsyncLifetime
{
    private const string Json = "application/json";

    private static readonly Dictionary<string, (Func<HttpContext, Task> Act, int Status, string Code)> Oddities = new()
    {
        ["500"] = (Status(500), 503, "provider-unavailable"),
        ["503"] = (Status(503), 503, "provider-unavailable"),
        ["429"] = (Status(429), 503, "provider-unavailable"),
        ["401"] = (Status(401), 503, "provider-unavailable"),
        ["403"] = (Status(403), 503, "provider-unavailable"),
        ["504"] = (Status(504), 504, "provider-timeout"),
        ["408"] = (Status(408), 504, "provider-timeout"),
        ["204"] = (Status(204), 502, "provider-schema-violation"),
        ["202"] = (Status(202), 502, "provider-schema-violation"),
        ["400"] = (Status(400), 502, "provider-schema-violation"),
        ["410"] = (Status(410), 502, "provider-schema-violation"),
        ["a redirect to the very record"] = (Redirect, 502, "provider-schema-violation"),
        ["a page"] = (Body("text/html", "<p>maintenance</p>"), 502, "provider-schema-violation"),
        ["JSON of another encoding"] = (Body("application/json; charset=gb18030", Known()), 502, "provider-schema-violation"),
        ["no JSON"] = (Body(Json, "result"), 502, "provider-schema-violation"),
        ["half a JSON"] = (Body(Json, Known()[..40]), 502, "provider-schema-violation"),
        ["two JSONs"] = (Body(Json, Known() + Known()), 502, "provider-schema-violation"),
        ["nothing"] = (Body(Json, ""), 502, "provider-schema-violation"),
        ["a name twice"] = (Body(Json, Known(raw: text => text.Replace("\"unmapped\"", "\"id\"", StringComparison.Ordinal))), 502, "provider-schema-violation"),
        ["half a surrogate pair"] = (Body(Json, Known(raw: text => text.Replace("\"secret\"", "\"secret\",\"name2\":\"\\ud800\"", StringComparison.Ordinal).Replace("\"note\":\"\\u5B58\\u6863\"", "\"note\":\"\\ud800\"", StringComparison.Ordinal))), 502, "provider-schema-violation"),
        ["an empty list"] = (Body(Json, """{"result":[]}"""), 502, "provider-schema-violation"),
        ["null"] = (Body(Json, "null"), 502, "provider-schema-violation"),
        ["no subject"] = (Body(Json, Known(person => person.Remove("id"))), 502, "provider-schema-violation"),
        ["a subject as a number"] = (Body(Json, Known(person => person["id"] = 11010519491231)), 502, "provider-schema-violation"),
        ["another subject"] = (Body(Json, Known(person => person["id"] = Register.Awkward.Number)), 502, "provider-subject-mismatch"),
        ["the subject in small letters"] = (Body(Json, Known(person => person["id"] = "11010519491231002x")), 502, "provider-subject-mismatch"),
        ["an object where a text is mapped"] = (Body(Json, Known(person => person["full name"] = new JsonObject())), 502, "provider-schema-violation"),
        ["a truth where a text is mapped"] = (Body(Json, Known(person => person["full name"] = true)), 502, "provider-schema-violation"),
        ["a fraction where an integer is mapped"] = (Body(Json, Known(person => person["dependants"] = 1.5m)), 502, "provider-schema-violation"),
        ["an integer that JSON readers round"] = (Body(Json, Known(person => person["dependants"] = 9007199254740993)), 502, "provider-schema-violation"),
        ["a number beyond reason"] = (Body(Json, Known(raw: text => text.Replace("12345.60", "1e999", StringComparison.Ordinal))), 502, "provider-schema-violation"),
        ["a date that is none"] = (Body(Json, Known(person => person["born"] = "1949-02-30")), 502, "provider-schema-violation"),
        ["more than is allowed"] = (Body(Json, $"{{\"pad\":\"{new string('x', 1 << 20)}\"}}"), 502, "provider-schema-violation"),
        ["more than is allowed, of no announced length"] = (Endless, 502, "provider-schema-violation"),
        ["a connection cut halfway"] = (Cut, 503, "provider-unavailable"),
        ["a connection cut at once"] = (context => { context.Abort(); return Task.CompletedTask; }, 503, "provider-unavailable"),
    };

    private ExistingService? _service;

    public static TheoryData<string> All => [.. Oddities.Keys];

    public async ValueTask InitializeAsync() => _service = await ExistingService.StartAsync();

    public ValueTask DisposeAsync() => _service!.DisposeAsync();

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_odd_answer_is_a_problem_of_the_provider_and_nothing_of_it_comes_through(string oddity)
    {
        var (act, status, code) = Oddities[oddity];
        _service!.Misbehave = act;
        await using var adapter = await RestAdapter.StartAsync(_service.Address, RestAdapter.ByPath);
        var answer = await adapter.AskAsync(Register.Known.Number, Register.Fields);
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.DoesNotContain("朝阳区", answer.Body, StringComparison.Ordinal);
        Assert.Contains(adapter.Log.Lines, line => line.Id.Id is 7002 or 7003);
        Assert.DoesNotContain(adapter.Log.Lines, line => line.Text.Contains(Register.Known.Number, StringComparison.Ordinal) || line.Text.Contains("张三", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_answer_without_oddity_is_a_record()
    {
        _service!.Misbehave = Body(Json, Known());
        await using var adapter = await RestAdapter.StartAsync(_service.Address, RestAdapter.ByPath);
        Assert.Equal(200, (await adapter.AskAsync(Register.Known.Number, Register.Fields)).Status);
    }

    [Fact]
    public async Task A_member_that_is_left_out_is_null()
    {
        _service!.Misbehave = Body(Json, Known(person => person.Remove("note")));
        await using var adapter = await RestAdapter.StartAsync(_service.Address, RestAdapter.ByPath);
        Assert.Equal("""{"note":null}""", (await adapter.AskAsync(Register.Known.Number, "note")).Record.GetRawText());
    }

    [Fact]
    public async Task A_service_that_does_not_answer_in_time_is_a_timeout()
    {
        var asked = new TaskCompletionSource();
        _service!.Misbehave = async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await using var adapter = await RestAdapter.StartAsync(_service.Address, RestAdapter.ByPath);
        var answering = adapter.AskAsync(Register.Known.Number, "name");
        await asked.Task;
        adapter.Clock.Advance(TimeSpan.FromSeconds(5));
        var answer = await answering;
        Assert.Equal((504, "provider-timeout"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_so_the_key_stays_with_the_service()
    {
        _service!.Misbehave = Redirect;
        await using var adapter = await RestAdapter.StartAsync(_service.Address, RestAdapter.ByPath);
        await adapter.AskAsync(Register.Known.Number, "name");
        Assert.Single(_service.Asked);
    }

    [Fact]
    public async Task A_wrong_key_is_the_providers_problem_and_is_not_shown()
    {
        var key = Path.GetTempFileName();
        await File.WriteAllTextAsync(key, "a wrong key", TestContext.Current.CancellationToken);
        await using var adapter = await RestAdapter.StartAsync(_service!.Address, RestAdapter.ByPath, key);
        var answer = await adapter.AskAsync(Register.Known.Number, "name");
        Assert.Equal((503, "provider-unavailable"), (answer.Status, answer.Code));
        Assert.DoesNotContain(adapter.Log.Lines, line => line.Text.Contains("a wrong key", StringComparison.Ordinal));
    }

    private static string Known(Action<JsonObject>? change = null, Func<string, string>? raw = null)
    {
        var document = ExistingService.Document(Register.Known);
        change?.Invoke((JsonObject)document["result"]![0]!);
        var text = document.ToJsonString();
        var changed = raw?.Invoke(text) ?? text;
        Assert.True(raw is null || changed != text, "The oddity did not take.");
        return changed;
    }

    private static Func<HttpContext, Task> Status(int status) => async context =>
    {
        context.Response.StatusCode = status;
        if (status != 204)
        {
            context.Response.ContentType = Json;
            await context.Response.WriteAsync(Known());
        }
    };

    private static Func<HttpContext, Task> Body(string type, string body) => async context =>
    {
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
    };

    private static Task Redirect(HttpContext context)
    {
        context.Response.Redirect("/old/people/" + Register.Known.Number);
        return Task.CompletedTask;
    }

    private static async Task Endless(HttpContext context)
    {
        context.Response.ContentType = Json;
        var piece = new byte[64 * 1024];
        piece.AsSpan().Fill((byte)' ');
        for (var i = 0; i < 64 && !context.RequestAborted.IsCancellationRequested; i++)
        {
            await context.Response.Body.WriteAsync(piece);
        }
    }

    private static async Task Cut(HttpContext context)
    {
        context.Response.ContentType = Json;
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync(Known()[..40]);
        await context.Response.Body.FlushAsync();
        context.Abort();
    }
}
