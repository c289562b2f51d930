using System.Text.Json.Nodes;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Disputes;

/// <summary>A dispute up the whole ladder, over HTTP.</summary>
public sealed class DisputeTests(SharedGateway shared) : GatewayTest(shared)
{
    private const string Document = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    [Fact]
    public async Task From_consultation_over_mediation_to_the_government_s_decision_for_anyone_to_read()
    {
        var claimant = await Api.OfUserAsync(Client, "steward", "housing-authority");
        var respondent = await Api.OfUserAsync(Client, "public-security-steward", "public-security-steward");
        var authority = await Api.OfUserAsync(Client, "data-bureau-steward", "data-bureau-steward");
        var opened = await claimant.PostAsync("/v1/disputes", new JsonObject
        {
            ["respondent"] = "public-security",
            ["matter"] = "Dataset",
            ["reference"] = "public-security/residence",
            ["ground"] = "Quality",
        });
        var path = "/v1/disputes/" + opened.Text("id");
        Assert.Equal(("Consultation", "housing-authority"), (opened.Text("state"), opened.Text("claimant")));
        Assert.NotNull(opened["due"]);

        Assert.Equal("state-conflict", await respondent.RefusedAsync(HttpMethod.Post, path + "/refer"));
        Assert.Equal("Mediation", (await respondent.PostAsync(path + "/mediate")).Text("state"));
        Assert.Equal("Decision", (await claimant.PostAsync(path + "/refer")).Text("state"));
        Assert.Equal("actor-not-authorised", await respondent.RefusedAsync(HttpMethod.Post, path + "/decide", Ruling()));
        await authority.PostAsync(path + "/decide", Ruling());

        var read = JsonNode.Parse(await Client.GetStringAsync(path, Cancelled))!;
        Assert.Equal(("Decided", "ForClaimant", Document), (read.Text("state"), read.Text("result"), read.Text("document")));
        Assert.Null(read["due"]);
        Assert.Contains(opened.Text("id"), await Client.GetStringAsync("/v1/disputes", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_word_of_free_text_gets_into_the_register()
    {
        var claimant = await Api.OfUserAsync(Client, "steward", "housing-authority");
        var request = new JsonObject { ["respondent"] = "public-security", ["matter"] = "Dataset", ["reference"] = "Zhang San", ["ground"] = "Quality" };
        Assert.Equal("request-malformed", await claimant.RefusedAsync(HttpMethod.Post, "/v1/disputes", request));
        request["reference"] = "public-security/residence";
        request["explanation"] = "Zhang San says so.";
        Assert.Equal("request-malformed", await claimant.RefusedAsync(HttpMethod.Post, "/v1/disputes", request));
    }

    private static JsonObject Ruling() => new() { ["result"] = "ForClaimant", ["document"] = Document };
}
