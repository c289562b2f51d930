using System.Text.Json.Nodes;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Restrictions;

/// <summary>Protective holds and objections over HTTP.</summary>
public sealed class RestrictionTests(SharedGateway shared) : GatewayTest(shared)
{
    private const string Residence = "public-security/residence";
    private const string Rental = "rental-housing-application";

    [Fact]
    public async Task A_hold_that_a_reviewer_confirmed_hides_a_person_until_it_is_lifted()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var steward = await Api.OfUserAsync(Client, "data-bureau-steward", "data-bureau-steward");
        var reviewer = await Api.OfUserAsync(Client, "reviewer");
        var citizen = await Api.OfUserAsync(Client, person.User);
        Assert.Null((await AskAsync(housing, person)).Problem);

        var hold = await steward.PostAsync("/v1/restrictions", HoldOf(person));
        var path = "/v1/restrictions/" + hold.Text("id");
        Assert.Null((await AskAsync(housing, person)).Problem);
        Assert.Equal("actor-not-authorised", await steward.RefusedAsync(HttpMethod.Post, path + "/confirm"));
        Assert.Equal("InForce", (await reviewer.PostAsync(path + "/confirm")).Text("state"));

        var hidden = await AskAsync(housing, person);
        Assert.Equal("not-found", hidden.Problem?.Code);
        Assert.Null(hidden.Problem!.Receipt!.Opening);

        // The department's replay says nothing; the person's own list says everything.
        var replay = (await housing.PostAsync("/v1/decisions/" + hidden.Problem.Decision, new JsonObject { ["subject"] = person.Subject() })).ToJsonString();
        Assert.Contains("\"matches\":true", replay, StringComparison.Ordinal);
        Assert.DoesNotContain("restrict", replay, StringComparison.Ordinal);
        var own = (await citizen.GetAsync("/v1/me/accesses")).ToJsonString();
        Assert.Contains("subject-restricted", own, StringComparison.Ordinal);
        Assert.Contains("restriction.imposed", own, StringComparison.Ordinal);

        Assert.Equal("Lifted", (await reviewer.PostAsync(path + "/lift")).Text("state"));
        Assert.Null((await AskAsync(housing, person)).Problem);
    }

    [Fact]
    public async Task Holds_are_for_the_data_authority_and_the_reviewers_to_know()
    {
        var person = DemoPeople.Take(Gateway);
        var steward = await Api.OfUserAsync(Client, "data-bureau-steward", "data-bureau-steward");
        var id = (await steward.PostAsync("/v1/restrictions", HoldOf(person))).Text("id");
        Assert.Contains((await steward.GetAsync("/v1/restrictions")).AsArray(), listed => listed!.Text("id") == id);

        var other = await Api.OfUserAsync(Client, "steward", "housing-authority");
        Assert.Empty((await other.GetAsync("/v1/restrictions")).AsArray());
        Assert.Equal("not-found", await other.RefusedAsync(HttpMethod.Get, "/v1/restrictions/" + id));
        Assert.Equal("actor-not-authorised", await other.RefusedAsync(HttpMethod.Post, "/v1/restrictions", HoldOf(person)));
        var citizen = await Api.OfUserAsync(Client, person.User);
        Assert.Equal("actor-not-authorised", await citizen.RefusedAsync(HttpMethod.Get, "/v1/restrictions"));
        Assert.Equal("not-found", await citizen.RefusedAsync(HttpMethod.Post, $"/v1/me/objections/{id}/lift"));
    }

    [Fact]
    public async Task A_person_objects_and_takes_it_back()
    {
        var (person, stranger) = (DemoPeople.Take(Gateway), DemoPeople.Take(Gateway));
        var citizen = await Api.OfUserAsync(Client, person.User);
        var objection = await citizen.PostAsync("/v1/me/objections", new JsonObject { ["purposes"] = new JsonArray(Rental) });
        var path = $"/v1/me/objections/{objection.Text("id")}/lift";

        Assert.Equal("InForce", objection.Text("state"));
        Assert.Equal(objection.Text("id"), Assert.Single((await citizen.GetAsync("/v1/me/objections")).AsArray())!.Text("id"));
        Assert.Equal("not-found", await (await Api.OfUserAsync(Client, stranger.User)).RefusedAsync(HttpMethod.Post, path));
        Assert.Equal("Lifted", (await citizen.PostAsync(path)).Text("state"));
        Assert.Equal("state-conflict", await citizen.RefusedAsync(HttpMethod.Post, path));
    }

    private static Task<Answer<Contracts.Records.RecordAnswer>> AskAsync(Api housing, DemoPerson person) => housing.QueryAsync(Residence, person.Number, Rental, "name");

    private static JsonObject HoldOf(DemoPerson person) => new()
    {
        ["subject"] = person.Subject(),
        ["reason"] = "PersonalSafety",
        ["validTo"] = TimeProvider.System.GetUtcNow().AddDays(30).ToString("O"),
    };
}
