using System.Text.Json.Nodes;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Complaints;

/// <summary>A complaint from the person to the answer, over HTTP.</summary>
public sealed class ComplaintTests(SharedGateway shared) : GatewayTest(shared)
{
    [Fact]
    public async Task A_person_complains_and_a_reviewer_answers()
    {
        var (person, other) = (DemoPeople.Take(Gateway), DemoPeople.Take(Gateway));
        var citizen = await Api.OfUserAsync(Client, person.User);
        var reviewer = await Api.OfUserAsync(Client, "reviewer");
        var received = await citizen.PostAsync("/v1/me/complaints", new JsonObject
        {
            ["member"] = "housing-authority",
            ["ground"] = "UnjustifiedAccess",
            ["explanation"] = "I never applied there.",
        });
        var path = "/v1/audit/complaints/" + received.Text("id");
        Assert.Equal("Received", received.Text("state"));
        Assert.Null(received["person"]);

        var queue = await reviewer.GetAsync("/v1/audit/complaints?open=true");
        Assert.Contains(queue.AsArray(), listed => listed!.Text("id") == received.Text("id"));
        Assert.DoesNotContain(person.Number, queue.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("state-conflict", await reviewer.RefusedAsync(HttpMethod.Post, path + "/uphold", Answer()));
        await reviewer.PostAsync(path + "/assign");
        Assert.Equal("Upheld", (await reviewer.PostAsync(path + "/uphold", Answer())).Text("state"));

        var own = Assert.Single((await citizen.GetAsync("/v1/me/complaints")).AsArray())!;
        Assert.Equal(("Upheld", "It was not yours."), (own.Text("state"), own.Text("answer")));
        Assert.Equal("complaint", Assert.Single((await citizen.GetAsync("/v1/me/notifications")).AsArray())!.Text("kind"));

        var stranger = await Api.OfUserAsync(Client, other.User);
        Assert.Equal("not-found", await stranger.RefusedAsync(HttpMethod.Post, $"/v1/me/complaints/{received.Text("id")}/withdraw"));
        Assert.Equal("actor-not-authorised", await (await Api.OfUserAsync(Client, "steward", "housing-authority")).RefusedAsync(HttpMethod.Get, path));
    }

    private static JsonObject Answer() => new() { ["answer"] = "It was not yours." };
}
