using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DataExchange.Gateway.Tests.Consents;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Decisions;

/// <summary>P-REPLAY over the API: the log's decision, made again from the log alone.</summary>
public sealed class DecisionTests(SharedGateway shared) : GatewayTest(shared)
{
    private const string Insurance = "human-resources/social-insurance";
    private const string Rental = "rental-housing-application";

    [Fact]
    public async Task A_refusal_replays_to_itself_after_the_rules_have_moved_on()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var citizen = await Api.OfUserAsync(Client, person.User);
        var refused = (await housing.QueryAsync(Insurance, person.Number, Rental, "status")).Problem!.Decision!;
        var consent = (await housing.RequestConsentAsync(ConsentTests.RequestFor(person))).Released;
        Assert.Null((await citizen.DecideConsentAsync(consent.Id, "give")).Problem);
        var released = (await housing.QueryAsync(Insurance, person.Number, Rental, "status")).Released.Decision;
        Assert.Null((await citizen.DecideConsentAsync(consent.Id, "withdraw")).Problem);

        var first = await ReadAsync(await OwnAsync(person, refused));
        var second = await ReadAsync(await OwnAsync(person, released));

        Assert.Equal(("consent-required", true), (first.GetProperty("recorded").GetProperty("problem").GetString(), first.GetProperty("matches").GetBoolean()));
        Assert.True(second.GetProperty("matches").GetBoolean());
        Assert.False(second.GetProperty("recorded").TryGetProperty("problem", out _));
        Assert.Equal("Permit", second.GetProperty("outcome").GetString());
        Assert.Contains(Rules(second, 8), rule => rule.GetProperty("id").GetString() == consent.Id);
    }

    [Fact]
    public async Task A_refusal_is_told_gate_by_gate_in_Chinese_and_English()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var refused = (await housing.QueryAsync(Insurance, person.Number, Rental, "status")).Problem!.Decision!;

        var told = await ReadAsync(await OwnAsync(person, refused));

        Assert.Equal(Enumerable.Range(1, 10), told.GetProperty("gates").EnumerateArray().Select(gate => gate.GetProperty("gate").GetInt32()));
        var failed = told.GetProperty("gates").EnumerateArray().Single(gate => gate.GetProperty("status").GetString() == "Failed");
        Assert.Equal(8, failed.GetProperty("gate").GetInt32());
        Assert.Equal("合法性基础", failed.GetProperty("name").GetProperty("zh").GetString());
        var reason = Assert.Single(failed.GetProperty("reasons").EnumerateArray());
        Assert.Equal(("consent-required", "status"), (reason.GetProperty("code").GetString(), reason.GetProperty("field").GetString()));
        Assert.Equal("Ask the person for consent: POST /v1/consents.", reason.GetProperty("remedy").GetProperty("en").GetString());
        Assert.Equal("请征得个人同意：POST /v1/consents。", reason.GetProperty("remedy").GetProperty("zh").GetString());

        // The entry that is named stands in the governance log, for anyone to read.
        var agreement = Assert.Single(Rules(told, 5));
        var receipt = await housing.SendAsync(HttpMethod.Get, $"/v1/receipts/governance/{agreement.GetProperty("governanceIndex").GetInt64()}");
        Assert.Equal(HttpStatusCode.OK, receipt.StatusCode);
    }

    [Fact]
    public async Task The_department_that_asked_is_told_the_gate_the_code_and_the_remedy_and_nothing_else()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var refused = (await housing.QueryAsync(Insurance, person.Number, Rental, "status")).Problem!.Decision!;

        var told = await ReadAsync(await AskAsync(housing, refused, person));

        Assert.Equal(("consent-required", true), (told.GetProperty("problem").GetString(), told.GetProperty("matches").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, told.GetProperty("recorded").ValueKind);
        Assert.Equal(JsonValueKind.Null, told.GetProperty("replayed").ValueKind);
        Assert.All(told.GetProperty("gates").EnumerateArray(), gate =>
        {
            Assert.NotEqual(9, gate.GetProperty("gate").GetInt32());
            Assert.Equal(JsonValueKind.Null, gate.GetProperty("asked").ValueKind);
            Assert.Equal(0, gate.GetProperty("rules").GetArrayLength());
        });
        Assert.Equal(["consent-required"], told.GetProperty("gates").EnumerateArray().SelectMany(gate => gate.GetProperty("reasons").EnumerateArray()).Select(reason => reason.GetProperty("code").GetString()!));

        var reviewed = await ReadAsync(await AskAsync(await Api.OfUserAsync(Client, "reviewer"), refused, person));
        Assert.NotEmpty(Rules(reviewed, 7));
        Assert.Equal("consent-required", reviewed.GetProperty("recorded").GetProperty("problem").GetString());
    }

    [Fact]
    public async Task The_person_the_consumer_and_a_reviewer_may_see_it_and_nobody_else()
    {
        var (person, stranger) = (DemoPeople.Take(Gateway), DemoPeople.Take(Gateway));
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var decision = (await housing.QueryAsync(Insurance, person.Number, Rental, "status")).Problem!.Decision!;

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(await Api.OfUserAsync(Client, "reviewer"), decision, person)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(housing, decision, person)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await OwnAsync(person, decision)).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await OwnAsync(stranger, decision)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(housing, decision, stranger)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(await Api.OfClientAsync(Client, "service-centre"), decision, person)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(await Api.OfUserAsync(Client, "steward", "housing-authority"), decision, person)).StatusCode);
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task A_decision_that_does_not_exist_is_not_found(string id) =>
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(await Api.OfUserAsync(Client, "reviewer"), id, DemoPeople.First)).StatusCode);

    private static JsonElement[] Rules(JsonElement told, int gate) =>
        [.. told.GetProperty("gates").EnumerateArray().Single(each => each.GetProperty("gate").GetInt32() == gate).GetProperty("rules").EnumerateArray()];

    private async Task<HttpResponseMessage> OwnAsync(DemoPerson person, string decision) =>
        await (await Api.OfUserAsync(Client, person.User)).SendAsync(HttpMethod.Get, "/v1/decisions/" + decision);

    private static Task<HttpResponseMessage> AskAsync(Api caller, string decision, DemoPerson person) => caller.SendAsync(
        HttpMethod.Post, "/v1/decisions/" + decision, JsonContent.Create(new { subject = new { scheme = "cn-resident-id", value = person.Number } }));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancelled));
    }
}
