using System.Net;
using System.Text.Json.Nodes;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Consents;

/// <summary>Consents for so many uses, renewed, asked for together, and their receipts, over HTTP.</summary>
public sealed class ConsentLifeTests(SharedGateway shared) : GatewayTest(shared)
{
    private const string Dataset = "human-resources/social-insurance";
    private const string Purpose = "rental-housing-application";

    [Fact]
    public async Task A_consent_for_one_use_permits_one()
    {
        var person = DemoPeople.Take(Gateway);
        var (housing, citizen) = (await Api.OfClientAsync(Client, "housing-authority"), await Api.OfUserAsync(Client, person.User));
        var asked = (await housing.RequestConsentAsync(ConsentTests.RequestFor(person) with { MaxUses = 1 })).Released;
        Assert.Equal(1, (await citizen.DecideConsentAsync(asked.Id, "give")).Released.UsesLeft);

        Assert.NotNull((await housing.QueryAsync(Dataset, person.Number, Purpose, "status")).Released);
        Assert.Equal("consent-not-valid", (await housing.QueryAsync(Dataset, person.Number, Purpose, "status")).Problem?.Code);
        var used = (await citizen.ConsentAsync(asked.Id)).Released;
        Assert.Equal(("exhausted", 0), (used.State, used.UsesLeft));
    }

    [Fact]
    public async Task A_person_renews_a_consent_and_its_receipt_tells_its_whole_life()
    {
        var person = DemoPeople.Take(Gateway);
        var (housing, citizen) = (await Api.OfClientAsync(Client, "housing-authority"), await Api.OfUserAsync(Client, person.User));
        var asked = (await housing.RequestConsentAsync(ConsentTests.RequestFor(person) with { ValidTo = new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero) })).Released;
        await citizen.DecideConsentAsync(asked.Id, "give");
        await citizen.PostAsync($"/v1/consents/{asked.Id}/renew", new JsonObject { ["validTo"] = "2099-01-01T00:00:00Z" });

        var receipt = await citizen.GetAsync($"/v1/consents/{asked.Id}/receipt");
        Assert.Equal(
            ["dpv:ConsentRequested", "dpv:ConsentGiven", "dpv:RenewedConsentGiven"],
            receipt["dpv:hasConsentStatus"]!.AsArray().Select(status => status!["@type"]![0]!.GetValue<string>()));
        Assert.Equal(asked.NoticeHash, receipt["dpv:hasNotice"]!["dxl:sha256"]!.GetValue<string>());

        var other = await Api.OfUserAsync(Client, DemoPeople.Take(Gateway).User);
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(HttpMethod.Get, $"/v1/consents/{asked.Id}/receipt")).StatusCode);
    }

    [Fact]
    public async Task A_batch_that_is_sent_again_asks_for_nothing_twice_and_tells_what_cannot_be_asked()
    {
        var person = DemoPeople.Take(Gateway);
        var (housing, citizen) = (await Api.OfClientAsync(Client, "housing-authority"), await Api.OfUserAsync(Client, person.User));
        JsonNode Batch() => new JsonObject
        {
            ["subject"] = new JsonObject { ["scheme"] = "cn-resident-id", ["value"] = person.Number },
            ["consents"] = new JsonArray(Item("rental-social-insurance"), Item("no-such-notice")),
        };

        var first = (await housing.PostAsync("/v1/consents/batch", Batch())).AsArray();
        var again = (await housing.PostAsync("/v1/consents/batch", Batch())).AsArray();
        Assert.Equal(first[0]!["consent"]!["id"]!.GetValue<string>(), again[0]!["consent"]!["id"]!.GetValue<string>());
        Assert.Equal("not-found", again[1]!["problem"]!["code"]!.GetValue<string>());
        Assert.Single((await citizen.ConsentsAsync()).Released);

        static JsonNode Item(string notice) => new JsonObject
        {
            ["notice"] = notice,
            ["language"] = "zh",
            ["purpose"] = Purpose,
            ["dataset"] = Dataset,
            ["fields"] = new JsonArray("status"),
            ["kind"] = "general",
            ["validTo"] = "2099-12-31T00:00:00Z",
        };
    }

    [Fact]
    public async Task Notices_are_open_to_anyone()
    {
        var notice = JsonNode.Parse(await Client.GetStringAsync("/v1/notices/rental-social-insurance", TestContext.Current.CancellationToken))!;
        Assert.Equal("published", notice["state"]!.GetValue<string>());
        Assert.NotEmpty(notice["revisions"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync("/v1/notices/none", TestContext.Current.CancellationToken)).StatusCode);
    }
}
