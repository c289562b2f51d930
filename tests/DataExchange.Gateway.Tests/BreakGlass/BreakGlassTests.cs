using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.BreakGlass;

/// <summary>Break-glass from the request over the use to the review, over HTTP.</summary>
public sealed class BreakGlassTests(SharedGateway shared) : GatewayTest(shared)
{
    private const string Residence = "public-security/residence";

    [Fact]
    public async Task A_clerk_breaks_the_glass_and_answers_for_it()
    {
        var person = DemoPeople.Take(Gateway);
        var clerk = await Api.OfUserAsync(Client, "clerk", "service-centre");
        var reviewer = await Api.OfUserAsync(Client, "reviewer");
        var citizen = await Api.OfUserAsync(Client, person.User);
        Assert.Equal("case-required", await AskAsync(clerk, person, null));

        var grant = await clerk.PostAsync("/v1/break-glass", RequestFor(person, secondPerson: false));
        var id = grant.Text("id");
        Assert.Equal("Open", grant.Text("state"));
        Assert.Null(await AskAsync(clerk, person, id));
        Assert.Equal("case-required", await AskAsync(clerk, DemoPeople.Take(Gateway), id));
        Assert.Equal("Ended", (await clerk.PostAsync($"/v1/break-glass/{id}/end")).Text("state"));
        Assert.Equal("case-required", await AskAsync(clerk, person, id));

        // The person is told when the review is closed, or after three days.
        Assert.DoesNotContain(id, (await citizen.GetAsync("/v1/me/notifications")).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains((await reviewer.GetAsync("/v1/audit/break-glass?open=true")).AsArray(), listed => listed!.Text("id") == id && !listed!["overdue"]!.GetValue<bool>());
        var review = await reviewer.GetAsync("/v1/audit/break-glass/" + id);
        Assert.Equal(person.Number, review["subject"]!.Text("value"));
        var use = Assert.Single(review["uses"]!.AsArray(), use => use!.Text("outcome") == "Permit")!;
        Assert.True(use["released"]!.GetValue<bool>());
        Assert.Equal(["case-required"], use["relaxed"]!.AsArray().Select(code => code!.GetValue<string>()));

        Assert.Equal("state-conflict", await reviewer.RefusedAsync(HttpMethod.Post, $"/v1/audit/break-glass/{id}/justify", new JsonObject { ["finding"] = "Right." }));
        await reviewer.PostAsync($"/v1/audit/break-glass/{id}/assign");
        Assert.Equal("Unjustified", (await reviewer.PostAsync($"/v1/audit/break-glass/{id}/censure", new JsonObject { ["finding"] = "No emergency." })).Text("state"));
        var told = Assert.Single((await citizen.GetAsync("/v1/me/notifications")).AsArray(), item => item!.Text("id") == id)!;
        Assert.Equal(("break-glass", "service-centre", "No emergency."), (told.Text("kind"), told.Text("member"), told.Text("finding")));
    }

    [Fact]
    public async Task One_that_waits_for_a_second_person_serves_nobody_before_a_colleague_approves()
    {
        var person = DemoPeople.Take(Gateway);
        var clerk = await Api.OfUserAsync(Client, "clerk", "service-centre");
        var colleague = await Api.OfUserAsync(Client, "service-centre-steward", "service-centre");
        var id = (await clerk.PostAsync("/v1/break-glass", RequestFor(person, secondPerson: true))).Text("id");

        Assert.Equal("case-required", await AskAsync(clerk, person, id));
        Assert.Equal("actor-not-authorised", await clerk.RefusedAsync(HttpMethod.Post, $"/v1/break-glass/{id}/approve"));
        var elsewhere = await Api.OfUserAsync(Client, "steward", "housing-authority");
        Assert.Equal("not-found", await elsewhere.RefusedAsync(HttpMethod.Post, $"/v1/break-glass/{id}/approve"));

        Assert.Equal("Open", (await colleague.PostAsync($"/v1/break-glass/{id}/approve")).Text("state"));
        Assert.Null(await AskAsync(clerk, person, id));
    }

    [Fact]
    public async Task The_queue_is_for_reviewers_and_names_nobody()
    {
        var person = DemoPeople.Take(Gateway);
        var clerk = await Api.OfUserAsync(Client, "clerk", "service-centre");
        var id = (await clerk.PostAsync("/v1/break-glass", RequestFor(person, secondPerson: false))).Text("id");
        foreach (var (user, client) in new[] { (person.User, "demo-desk"), ("clerk", "service-centre"), ("operator", "demo-desk") })
        {
            var other = await Api.OfUserAsync(Client, user, client);
            Assert.Equal("actor-not-authorised", await other.RefusedAsync(HttpMethod.Get, "/v1/audit/break-glass"));
            Assert.Equal("actor-not-authorised", await other.RefusedAsync(HttpMethod.Get, "/v1/audit/break-glass/" + id));
        }

        var queue = await (await Api.OfUserAsync(Client, "reviewer")).GetAsync("/v1/audit/break-glass");
        Assert.Contains(id, queue.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(person.Number, queue.ToJsonString(), StringComparison.Ordinal);
    }

    private static JsonObject RequestFor(DemoPerson person, bool secondPerson) => new()
    {
        ["subject"] = person.Subject(),
        ["reason"] = "LifeInDanger",
        ["explanation"] = "Found unconscious.",
        ["secondPerson"] = secondPerson,
    };

    /// <summary>The code of the problem; null for a record.</summary>
    private static async Task<string?> AskAsync(Api clerk, DemoPerson person, string? breakGlass)
    {
        var query = new JsonObject
        {
            ["subject"] = person.Subject(),
            ["purpose"] = "newborn-registration",
            ["fields"] = new JsonArray("name"),
        };
        if (breakGlass is not null)
        {
            query["breakGlass"] = breakGlass;
        }

        using var response = await clerk.SendAsync(HttpMethod.Post, $"/v1/records/{Residence}/query", JsonContent.Create((JsonNode)query));
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancelled))!;
        return response.IsSuccessStatusCode ? null : body.Text("code");
    }
}
