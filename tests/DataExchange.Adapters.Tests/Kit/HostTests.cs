using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Tests.Conformance;
using DataExchange.Contracts;
using DataExchange.Contracts.Providers;

namespace DataExchange.Adapters.Tests.Kit;

/// <summary>What the kit makes of requests that are not questions.</summary>
public class HostTests
{
    private static readonly FakeSource Source = FakeSource.Answering(Register.Known.Number, FieldValue.Text("张三"));

    private static readonly Dictionary<string, Action<JsonObject>> Malformed = new()
    {
        ["an unknown member"] = body => body["more"] = 1,
        ["no dataset"] = body => body.Remove("dataset"),
        ["no intent"] = body => body.Remove("intent"),
        ["a null intent"] = body => body["intent"] = null,
        ["a null subject"] = body => body["subject"] = null,
        ["an empty subject"] = body => body["subject"]!["value"] = "",
        ["a subject with a line break"] = body => body["subject"]!["value"] = "1\n2",
        ["a subject with a NUL"] = body => body["subject"]!["value"] = "1\0",
        ["an endless subject"] = body => body["subject"]!["value"] = new string('1', 257),
        ["no fields"] = body => body["fields"] = new JsonArray(),
        ["a null field"] = body => body["fields"] = new JsonArray((JsonNode?)null),
        ["a field twice"] = body => body["fields"] = new JsonArray("name", "name"),
        ["a revision as text"] = body => body["revision"] = "1",
        ["a revision with a fraction"] = body => body["revision"] = 1.5,
    };

    public static TheoryData<string> MalformedBodies => [.. Malformed.Keys];

    [Theory]
    [MemberData(nameof(MalformedBodies))]
    public async Task A_body_that_is_not_a_question_is_malformed(string what)
    {
        await using var adapter = await Source.ServeAsync();
        var body = Honest(adapter);
        Malformed[what](body);
        AssertIs((400, "request-malformed"), await PostAsync(adapter, body.ToJsonString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"subject\":{\"scheme\":\"a\",\"value\":\"\\ud800\"}}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task A_body_that_is_not_an_object_is_malformed(string body)
    {
        await using var adapter = await Source.ServeAsync();
        AssertIs((400, "request-malformed"), await PostAsync(adapter, body));
    }

    [Fact]
    public async Task A_member_twice_and_anything_behind_the_object_is_malformed()
    {
        await using var adapter = await Source.ServeAsync();
        var body = Honest(adapter).ToJsonString();
        AssertIs((400, "request-malformed"), await PostAsync(adapter, string.Concat("{\"dataset\":\"a/b\",", body.AsSpan(1))));
        AssertIs((400, "request-malformed"), await PostAsync(adapter, body + "{}"));
        AssertIs((200, null), await PostAsync(adapter, body));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonp")]
    [InlineData(null)]
    public async Task Only_json_in_utf_8_is_read(string? type)
    {
        await using var adapter = await Source.ServeAsync();
        AssertIs((415, "unsupported-media-type"), await PostAsync(adapter, "{}", type));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_the_limit_is_too_large_announced_or_not(bool announced)
    {
        await using var adapter = await Source.ServeAsync(maxRequestBytes: 4096);
        using var request = new HttpRequestMessage(HttpMethod.Post, ProviderProtocol.QueryPath) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(new string(' ', 8192))) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = !announced;
        using var response = await adapter.Client.SendAsync(request, TestContext.Current.CancellationToken);
        AssertIs((413, "payload-too-large"), await Answer.ReadAsync(response));
    }

    [Fact]
    public async Task Another_method_or_path_is_a_problem_and_never_looks_like_an_unknown_subject()
    {
        await using var adapter = await Source.ServeAsync();
        AssertIs((405, "method-not-allowed"), await adapter.GetAsync(ProviderProtocol.QueryPath));
        AssertIs((400, "request-malformed"), await adapter.GetAsync("/"));
        AssertIs((400, "request-malformed"), await adapter.GetAsync("/v1/records/query/11010519491231002X"));
    }

    private static JsonObject Honest(RunningAdapter adapter) => (JsonObject)JsonSerializer.SerializeToNode(
        adapter.Forge.Question(adapter.Clock.GetUtcNow(), Register.Known.Number, ["name"]), ContractsJsonContext.Default.ProviderQuery)!;

    private static async Task<Answer> PostAsync(RunningAdapter adapter, string body, string? type = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        using var response = await adapter.Client.PostAsync(new Uri(ProviderProtocol.QueryPath, UriKind.Relative), content);
        return await Answer.ReadAsync(response);
    }

    private static void AssertIs((int Status, string? Code) expected, Answer answer) => Assert.Equal(expected, (answer.Status, answer.Code));
}
