using System.Text.Json.Nodes;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Mandates;

/// <summary>Mandates from the request to the revocation, over HTTP.</summary>
public sealed class MandateTests(SharedGateway shared) : GatewayTest(shared)
{
    [Fact]
    public async Task An_agent_accepts_and_the_principal_takes_it_back()
    {
        var (person, agent) = (DemoPeople.Take(Gateway), DemoPeople.Take(Gateway));
        var principal = await Api.OfUserAsync(Client, person.User);
        var accepting = await Api.OfUserAsync(Client, agent.User);

        var requested = await principal.PostAsync("/v1/mandates", RequestFor(person, agent));
        var path = "/v1/mandates/" + requested.Text("id");
        Assert.Equal(("Requested", "principal"), (requested.Text("state"), requested["you"]![0]!.GetValue<string>()));
        Assert.Equal("actor-not-authorised", await principal.RefusedAsync(HttpMethod.Post, path + "/confirm"));

        var active = await accepting.PostAsync(path + "/confirm");
        Assert.Equal("Active", active.Text("state"));
        Assert.NotNull(active["receipt"]);
        Assert.Null(active["receipt"]!["opening"]);
        Assert.Contains((await accepting.GetAsync("/v1/mandates")).AsArray(), listed => listed!.Text("id") == requested.Text("id"));

        var revoked = await principal.PostAsync(path + "/revoke");
        Assert.Equal("Revoked", revoked.Text("state"));
        Assert.NotNull(revoked["receipt"]!["opening"]);
        Assert.Equal("state-conflict", await accepting.RefusedAsync(HttpMethod.Post, path + "/revoke"));
    }

    [Fact]
    public async Task A_stranger_and_another_desk_do_not_learn_that_it_is_there()
    {
        var (person, agent, other) = (DemoPeople.Take(Gateway), DemoPeople.Take(Gateway), DemoPeople.Take(Gateway));
        var principal = await Api.OfUserAsync(Client, person.User);
        var id = (await principal.PostAsync("/v1/mandates", RequestFor(person, agent))).Text("id");
        foreach (var user in new[] { (other.User, "demo-desk"), ("clerk", "service-centre") })
        {
            var stranger = await Api.OfUserAsync(Client, user.Item1, user.Item2);
            Assert.Equal("not-found", await stranger.RefusedAsync(HttpMethod.Get, "/v1/mandates/" + id));
            Assert.Equal("not-found", await stranger.RefusedAsync(HttpMethod.Post, $"/v1/mandates/{id}/revoke"));
            Assert.DoesNotContain((await stranger.GetAsync("/v1/mandates")).AsArray(), listed => listed!.Text("id") == id);
        }
    }

    [Fact]
    public async Task Nobody_names_a_delegate_for_somebody_else_and_a_clerk_brings_evidence()
    {
        var (person, agent) = (DemoPeople.Take(Gateway), DemoPeople.Take(Gateway));
        var stranger = await Api.OfUserAsync(Client, agent.User);
        Assert.Equal("actor-not-authorised", await stranger.RefusedAsync(HttpMethod.Post, "/v1/mandates", RequestFor(person, agent)));

        var clerk = await Api.OfUserAsync(Client, "clerk", "service-centre");
        Assert.Equal("request-malformed", await clerk.RefusedAsync(HttpMethod.Post, "/v1/mandates", RequestFor(person, agent)));
        var request = RequestFor(person, agent);
        request["evidenceHash"] = Convert.ToBase64String(new byte[32]);
        Assert.Equal("clerk", (await clerk.PostAsync("/v1/mandates", request))["you"]![0]!.GetValue<string>());
    }

    private static JsonObject RequestFor(DemoPerson principal, DemoPerson agent) => new()
    {
        ["principal"] = principal.Subject(),
        ["delegate"] = agent.Subject(),
        ["kind"] = "Agent",
        ["themes"] = new JsonArray("rental-housing-application"),
        ["validTo"] = "2099-12-31T00:00:00Z",
    };
}
