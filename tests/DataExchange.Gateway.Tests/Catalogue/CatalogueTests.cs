using System.Net;
using System.Text.Json;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Catalogue;

public sealed class CatalogueTests(SharedGateway shared) : GatewayTest(shared)
{
    [Fact]
    public async Task Anyone_can_read_what_is_registered()
    {
        var catalogue = await ReadAsync("/v1/catalogue");

        Assert.Equal("demo.example", catalogue.GetProperty("region").GetString());
        foreach (var register in new[] { "members", "datasets", "purposes", "notices" })
        {
            Assert.Equal(catalogue.GetProperty(register).GetRawText(), (await ReadAsync("/v1/catalogue/" + register)).GetRawText());
            Assert.NotEmpty(catalogue.GetProperty(register).EnumerateArray());
        }
    }

    [Fact]
    public async Task A_dataset_says_who_may_share_what()
    {
        var dataset = await ReadAsync("/v1/catalogue/datasets/human-resources/social-insurance");

        Assert.Equal("human-resources/social-insurance", dataset.GetProperty("code").GetString());
        Assert.Equal("Conditional", dataset.GetProperty("shareClass").GetString());
        using var unknown = await Client.GetAsync("/v1/catalogue/datasets/human-resources/no-such", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_stranger_finds_the_logs_and_their_keys()
    {
        var region = await ReadAsync("/.well-known/data-exchange");

        foreach (var log in region.GetProperty("logs").EnumerateArray())
        {
            var path = log.GetProperty("path").GetString();
            Assert.Equal(log.GetProperty("verifierKey").GetString(), (await Client.GetStringAsync(path + "/vkey", Cancelled)).TrimEnd());
            Assert.StartsWith(log.GetProperty("origin").GetString() + "\n", await Client.GetStringAsync(path + "/checkpoint", Cancelled), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_front_door_leads_to_the_api()
    {
        var page = await Client.GetStringAsync("/", Cancelled);

        foreach (var link in new[] { "/api", "/v1/catalogue", "/.well-known/data-exchange", "/health/ready" })
        {
            Assert.Contains($"href=\"{link}\"", page, StringComparison.Ordinal);
            using var response = await Client.GetAsync(link, Cancelled);
            Assert.True(response.IsSuccessStatusCode, link);
        }
    }

    private async Task<JsonElement> ReadAsync(string path) => JsonElement.Parse(await Client.GetStringAsync(path, Cancelled));
}
