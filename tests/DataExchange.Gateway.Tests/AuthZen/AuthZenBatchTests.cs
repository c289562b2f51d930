using System.Net;
using System.Text.Json;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.AuthZen;

/// <summary>OpenID AuthZEN Authorization API 1.0, several questions in one request.</summary>
public sealed class AuthZenBatchTests(SharedGateway shared) : AuthZenTest(shared)
{
    private const string Batch = Path + "s";

    private static readonly object Subject = new { type = "client", id = Housing };

    [Theory]
    [InlineData(null, "true false true")]
    [InlineData("execute_all", "true false true")]
    [InlineData("deny_on_first_deny", "true false")]
    [InlineData("permit_on_first_permit", "true")]
    public async Task Questions_share_defaults_and_end_as_the_semantic_says(string? semantic, string expected)
    {
        var person = DemoPeople.Take(Gateway);
        var answer = await EvaluateAsync(await Api.OfClientAsync(Client, Housing), new
        {
            subject = Subject,
            action = new { name = "query" },
            resource = Resource(Residence, person, "name"),
            options = semantic is null ? null : new { evaluations_semantic = semantic },
            evaluations = new object[] { new { }, new { resource = Resource(Insurance, person, "status") }, new { resource = Resource(Residence, person, "address") } },
        }, Batch);

        Assert.Equal(expected, string.Join(' ', answer.GetProperty("evaluations").EnumerateArray().Select(each => each.GetProperty("decision").GetRawText())));
        Assert.False(answer.TryGetProperty("decision", out _));

        // What was not evaluated is not in the log.
        Assert.Equal(expected.Split(' ').Length, (await AccessesAsync(person, answer.GetProperty("evaluations").EnumerateArray().Last())).Length);
    }

    [Fact]
    public async Task A_question_that_cannot_be_read_denies_alone()
    {
        var person = DemoPeople.Take(Gateway);
        var answer = await EvaluateAsync(await Api.OfClientAsync(Client, Housing), new
        {
            subject = Subject,
            resource = Resource(Residence, person, "name"),
            evaluations = new object[] { new { action = new { name = "steal" } }, new { action = new { name = "query" } } },
        }, Batch);

        var (first, second) = (answer.GetProperty("evaluations")[0], answer.GetProperty("evaluations")[1]);
        Assert.False(first.GetProperty("decision").GetBoolean());
        Assert.Equal(400, Context(first, "error").GetProperty("status").GetInt32());
        Assert.True(second.GetProperty("decision").GetBoolean());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_evaluations_it_is_one_question(bool empty)
    {
        var person = DemoPeople.Take(Gateway);
        var question = JsonSerializer.SerializeToNode(Question(Residence, person, "name"))!;
        if (empty)
        {
            question["evaluations"] = new System.Text.Json.Nodes.JsonArray();
        }

        Assert.True((await EvaluateAsync(await Api.OfClientAsync(Client, Housing), question, Batch)).GetProperty("decision").GetBoolean());
    }

    [Fact]
    public async Task A_request_that_is_refused_as_a_whole_has_asked_nothing()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, Housing);
        var whole = (object)new { action = new { name = "query" }, resource = Resource(Residence, person, "name") };
        foreach (var (body, status) in new (object, HttpStatusCode)[]
        {
            (new { subject = Subject, evaluations = new[] { whole, new { } } }, HttpStatusCode.BadRequest),
            (new { subject = Subject, evaluations = new[] { whole }, options = new { evaluations_semantic = "whatever" } }, HttpStatusCode.BadRequest),
            (new { subject = Subject, evaluations = Enumerable.Repeat(whole, 101) }, HttpStatusCode.BadRequest),
            (new { subject = Subject, evaluations = new[] { whole, new { subject = new { type = "client", id = "service-centre" }, action = new { name = "query" }, resource = Resource(Residence, person, "name") } } }, HttpStatusCode.Forbidden),
        })
        {
            using var response = await PostAsync(housing, Batch, body);
            Assert.Equal(status, response.StatusCode);
        }

        using var nothing = await (await Api.OfUserAsync(Client, person.User)).SendAsync(HttpMethod.Get, "/v1/me/accesses");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }
}
