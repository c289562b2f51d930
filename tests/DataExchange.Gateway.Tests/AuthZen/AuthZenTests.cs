using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DataExchange.Gateway.Tests.Consents;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.AuthZen;

/// <summary>OpenID AuthZEN Authorization API 1.0, one question at a time.</summary>
public sealed class AuthZenTests(SharedGateway shared) : AuthZenTest(shared)
{
    [Fact]
    public async Task The_answer_is_that_of_the_exchange_and_names_the_fields()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, Housing);

        var denied = await EvaluateAsync(housing, Question(Insurance, person, "status"));
        Assert.False(denied.GetProperty("decision").GetBoolean());
        Assert.Equal("consent-required", Context(denied, "code").GetString());
        Assert.Equal((8, "consent-required", "status"), Reason(Assert.Single(Context(denied, "reasons").EnumerateArray())));
        Assert.Equal(0, Context(denied, "fields").GetArrayLength());

        var consent = (await housing.RequestConsentAsync(ConsentTests.RequestFor(person))).Released;
        Assert.Null((await (await Api.OfUserAsync(Client, person.User)).DecideConsentAsync(consent.Id, "give")).Problem);
        var permitted = await EvaluateAsync(housing, Question(Insurance, person, "status"));
        Assert.True(permitted.GetProperty("decision").GetBoolean());
        Assert.Equal(["status"], Context(permitted, "fields").EnumerateArray().Select(field => field.GetString()!));
        Assert.True(Context(permitted, "governanceSize").GetInt64() > Context(denied, "governanceSize").GetInt64());
        Assert.False(permitted.GetProperty("context").TryGetProperty("code", out _));

        // A part is no permit, but what the part is, is told.
        var part = await EvaluateAsync(housing, Question(Residence, person, "name", "shoeSize"));
        Assert.Equal((false, "unknown-field"), (part.GetProperty("decision").GetBoolean(), Context(part, "code").GetString()));
        Assert.Equal(["name"], Context(part, "fields").EnumerateArray().Select(field => field.GetString()!));
    }

    [Fact]
    public async Task A_question_about_a_person_is_in_their_list_and_can_be_explained()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, Housing);
        var citizen = await Api.OfUserAsync(Client, person.User);
        var answer = await EvaluateAsync(housing, Question(Insurance, person, "status"));

        var entry = Assert.Single(await AccessesAsync(person, answer));
        Assert.Equal("access.evaluated", entry.GetProperty("kind").GetString());
        var record = entry.GetProperty("opening").GetProperty("record");
        Assert.Equal((Housing, "consent-required"), (record.GetProperty("client").GetString(), record.GetProperty("decision").GetProperty("reasons")[0].GetProperty("code").GetString()));
        Assert.False(record.TryGetProperty("asker", out _));
        Assert.Equal(Context(answer, "id").GetString(), entry.GetProperty("index").GetRawText());

        var told = await ReadAsync(await citizen.SendAsync(HttpMethod.Get, "/v1/decisions/" + Context(answer, "id").GetString()));
        Assert.Equal(("access.evaluated", true, "consent-required"), (told.GetProperty("kind").GetString(), told.GetProperty("matches").GetBoolean(), told.GetProperty("problem").GetString()));
    }

    [Fact]
    public async Task A_caller_asks_for_itself_and_a_reviewer_for_any_client()
    {
        var person = DemoPeople.Take(Gateway);
        var citizen = await Api.OfUserAsync(Client, person.User);
        using var forbidden = await PostAsync(await Api.OfClientAsync(Client, "service-centre"), Path, Question(Residence, person, "name"));
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using var unheard = await PostAsync(citizen, Path, Question(Residence, person, "name"));
        Assert.Equal(HttpStatusCode.Forbidden, unheard.StatusCode);
        using var nothing = await citizen.SendAsync(HttpMethod.Get, "/v1/me/accesses");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);

        var reviewed = await EvaluateAsync(await Api.OfUserAsync(Client, "reviewer"), Question(Residence, person, "name"));
        Assert.True(reviewed.GetProperty("decision").GetBoolean());
        var record = Assert.Single(await AccessesAsync(person, reviewed)).GetProperty("opening").GetProperty("record");
        Assert.Equal(Housing, record.GetProperty("client").GetString());
        Assert.NotEqual(Housing, record.GetProperty("asker").GetProperty("clientId").GetString());
        Assert.True(record.GetProperty("asker").TryGetProperty("userId", out _));
    }

    [Theory]
    [InlineData("""{"action":{"name":"query"},"resource":{"type":"dataset","id":"public-security/residence"}}""")]
    [InlineData("""{"subject":{"type":"client"},"action":{"name":"query"},"resource":{"type":"dataset","id":"public-security/residence"}}""")]
    [InlineData("""{"subject":{"type":"client","id":"housing-authority"},"action":{"name":"query"},"resource":{"type":"dataset","id":"public-security/residence"}}""")]
    [InlineData("""{"subject":{"type":"client","id":"housing-authority"},"action":{"name":"steal"},"resource":{"type":"dataset","id":"public-security/residence"}}""")]
    [InlineData("""{"subject":{"type":"client","id":"housing-authority"},"action":{"name":"query"},"resource":{"type":"dataset","id":"residence","properties":{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"p","fields":["name"]}}}""")]
    [InlineData("""{"subject":{"type":"client","id":"housing-authority"},"action":{"name":"query"},"resource":{"type":"dataset","id":"public-security/residence","properties":{"subject":{"scheme":"cn-resident-id","value":"1"},"purpose":"p","fields":["name"]}}}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    public async Task A_question_that_cannot_be_read_is_a_bad_request(string body)
    {
        using var response = await PostAsync(await Api.OfClientAsync(Client, Housing), Path, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Members_that_are_not_known_are_passed_over()
    {
        var person = DemoPeople.Take(Gateway);
        var known = JsonSerializer.SerializeToNode(Question(Residence, person, "name"))!;
        known["context"] = JsonSerializer.SerializeToNode(new { time = "2026-01-01T00:00:00Z" });
        known["later"] = 1;
        known["subject"]!["properties"] = JsonSerializer.SerializeToNode(new { department = "x" });
        known["resource"]!["properties"]!["later"] = true;

        Assert.True((await EvaluateAsync(await Api.OfClientAsync(Client, Housing), known)).GetProperty("decision").GetBoolean());
    }

    [Fact]
    public async Task Every_answer_carries_the_id_of_its_request()
    {
        var person = DemoPeople.Take(Gateway);
        var token = await Client.OfClientAsync(Housing);
        foreach (var (authorization, body, status) in new[]
        {
            (Tokens.Bearer(token), JsonSerializer.Serialize(Question(Residence, person, "name")), HttpStatusCode.OK),
            (Tokens.Bearer(token), "{", HttpStatusCode.BadRequest),
            (null, "{}", HttpStatusCode.Unauthorized),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
            request.Headers.Authorization = authorization;
            request.Headers.Add("X-Request-ID", "bfe9eb29 ab87/4ca3");
            using var response = await Client.SendAsync(request, Cancelled);
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(["bfe9eb29 ab87/4ca3"], response.Headers.GetValues("X-Request-ID"));
        }
    }

    [Fact]
    public async Task The_decision_point_says_where_it_answers()
    {
        var description = await Client.GetFromJsonAsync<JsonElement>("/.well-known/authzen-configuration", Cancelled);
        var origin = Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        Assert.Equal(origin, description.GetProperty("policy_decision_point").GetString());
        Assert.Equal(origin + Path, description.GetProperty("access_evaluation_endpoint").GetString());
        Assert.Equal(origin + Path + "s", description.GetProperty("access_evaluations_endpoint").GetString());
    }

    private static (int Gate, string? Code, string? Field) Reason(JsonElement reason) =>
        (reason.GetProperty("gate").GetInt32(), reason.GetProperty("code").GetString(), reason.GetProperty("field").GetString());
}
