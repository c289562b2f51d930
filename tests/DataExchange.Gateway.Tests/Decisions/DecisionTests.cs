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

        var first = await ReadAsync(await AskAsync(housing, refused, person));
        var second = await ReadAsync(await AskAsync(housing, released, person));

        Assert.Equal(("consent-required", true), (first.GetProperty("recorded").GetProperty("problem").GetString(), first.GetProperty("matches").GetBoolean()));
        Assert.True(second.GetProperty("matches").GetBoolean());
        Assert.False(second.GetProperty("recorded").TryGetProperty("problem", out _));
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
