using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Anomalies;

/// <summary>From an official's refused attempts to a closed finding, over the API alone.</summary>
public sealed class AnomalyReviewTests(SharedGateway shared) : GatewayTest(shared)
{
    [Fact]
    public async Task A_clerk_who_is_refused_again_and_again_is_found_and_a_reviewer_closes_the_finding()
    {
        var clerk = await Api.OfUserAsync(Client, "clerk", "service-centre");
        var reviewer = await Api.OfUserAsync(Client, "reviewer");

        // Without a case a clerk is refused narrowly. The eighth attempt of an hour is found whatever went before; of two hours one holds eight of sixteen.
        for (var i = 0; i < 16; i++)
        {
            var refused = await clerk.QueryAsync("public-security/residence", "11010519491231002X", "enterprise-opening", "name");
            Assert.NotNull(refused.Problem);
        }

        var page = await JsonAsync(await reviewer.SendAsync(HttpMethod.Get, "/v1/audit/anomalies?state=Found&limit=1000"));
        // Others are found too, by what other tests let them do.
        var finding = page["findings"]!.AsArray().First(found =>
            found!["rule"]!.GetValue<string>() == "near-misses" && found["official"]!["user"]!.GetValue<string>() == "clerk")!;
        var id = finding["id"]!.GetValue<string>();
        Assert.Equal(("service-centre", "clerk"), (finding["official"]!["client"]!.GetValue<string>(), finding["official"]!["user"]!.GetValue<string>()));
        Assert.InRange(finding["observed"]!.GetValue<int>(), 6, 64);
        Assert.InRange(finding["entries"]!.AsArray().Count, 6, 65);
        Assert.Contains("refused narrowly", finding["explanation"]!["en"]!.GetValue<string>(), StringComparison.Ordinal);

        // Nobody closes what they have not taken; the answer says what comes first.
        var closing = JsonContent.Create(new { verdict = "Justified", reason = "A new form asked without its case." });
        using (var early = await reviewer.SendAsync(HttpMethod.Post, $"/v1/audit/anomalies/{id}/close", closing))
        {
            Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
            Assert.Equal(["assign"], (await JsonAsync(early))["next"]!.AsArray().Select(next => next!.GetValue<string>()));
        }

        string version;
        using (var taken = await reviewer.SendAsync(HttpMethod.Post, $"/v1/audit/anomalies/{id}/assign"))
        {
            Assert.Equal("reviewer", (await JsonAsync(taken))["assignee"]!.GetValue<string>());
            version = taken.Headers.ETag!.Tag;
        }

        using (var stale = await reviewer.SendAsync(HttpMethod.Post, $"/v1/audit/anomalies/{id}/close", JsonContent.Create(new { verdict = "Justified", reason = "x" }), ("If-Match", "\"0\"")))
        {
            Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        }

        using (var closed = await reviewer.SendAsync(HttpMethod.Post, $"/v1/audit/anomalies/{id}/close", JsonContent.Create(new { verdict = "Justified", reason = "A new form asked without its case." }), ("If-Match", version)))
        {
            var body = await JsonAsync(closed);
            Assert.Equal(("Justified", "reviewer"), (body["state"]!.GetValue<string>(), body["closedBy"]!.GetValue<string>()));
            Assert.NotNull(body["receipt"]);
        }

        using var read = await reviewer.SendAsync(HttpMethod.Get, $"/v1/audit/anomalies/{id}");
        Assert.Equal("Justified", (await JsonAsync(read))["state"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("clerk", "service-centre")]
    [InlineData("operator", "demo-desk")]
    [InlineData("citizen", "demo-desk")]
    [InlineData("steward", "housing-authority")]
    public async Task Findings_are_for_reviewers_alone(string user, string client)
    {
        var caller = await Api.OfUserAsync(Client, user, client);
        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, "/x"), (HttpMethod.Post, "/x/assign") })
        {
            using var response = await caller.SendAsync(method, "/v1/audit/anomalies" + path);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("""{"verdict":"None","reason":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"verdict":"Maybe","reason":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"verdict":"Justified"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"verdict":"Justified","reason":"x"}""", HttpStatusCode.NotFound)]
    public async Task A_step_on_no_finding_or_without_its_parts_is_refused(string body, HttpStatusCode status)
    {
        var reviewer = await Api.OfUserAsync(Client, "reviewer");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await reviewer.SendAsync(HttpMethod.Post, "/v1/audit/anomalies/none/close", content);
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task The_rules_in_force_can_be_read_with_what_they_have_to_go_by()
    {
        var reviewer = await Api.OfUserAsync(Client, "reviewer");
        using var response = await reviewer.SendAsync(HttpMethod.Get, "/v1/audit/anomaly-rules");
        var rules = await JsonAsync(response);
        Assert.Equal(1, rules["rules"]!["revision"]!.GetValue<int>());
        Assert.False(rules["hasRelations"]!.GetValue<bool>());
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(Cancelled);
        return JsonNode.Parse(body) ?? throw new InvalidOperationException(body);
    }
}
