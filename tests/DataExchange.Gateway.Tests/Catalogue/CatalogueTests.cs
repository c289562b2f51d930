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
    public async Task What_is_looked_for_is_found_page_by_page()
    {
        var found = await ReadAsync("/v1/catalogue?q=" + Uri.EscapeDataString("社会保险"));
        Assert.Equal("human-resources/social-insurance", Assert.Single(found.GetProperty("entries").EnumerateArray()).GetProperty("code").GetString());
        Assert.False(found.TryGetProperty("members", out _));

        var (codes, path) = (new List<string>(), "/v1/catalogue?state=Published&limit=2");
        for (var cursor = (string?)""; cursor is not null;)
        {
            var page = await ReadAsync(path + (cursor.Length > 0 ? "&cursor=" + cursor : ""));
            codes.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("code").GetString()!));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        Assert.Equal((await ReadAsync("/v1/catalogue/datasets")).EnumerateArray().Select(dataset => dataset.GetProperty("code").GetString()), codes);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=many")]
    [InlineData("cursor=!")]
    [InlineData("cursor=YQ")]
    [InlineData("shareClass=conditional")]
    [InlineData("state=7")]
    [InlineData("personal=perhaps")]
    [InlineData("updatedSince=yesterday")]
    public async Task What_cannot_be_looked_for_is_a_problem(string query)
    {
        using var response = await Client.GetAsync("/v1/catalogue?" + query, Cancelled);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("request-malformed", JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancelled)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/v1/catalogue.jsonld", null, "application/ld+json")]
    [InlineData("/v1/catalogue", "application/ld+json", "application/ld+json")]
    [InlineData("/v1/catalogue", "application/json;q=0.5, application/ld+json", "application/ld+json")]
    [InlineData("/v1/catalogue", "application/json, application/ld+json;q=0.9", "application/json")]
    [InlineData("/v1/catalogue", "application/ld+json;q=0", "application/json")]
    [InlineData("/v1/catalogue", "*/*", "application/json")]
    public async Task The_catalogue_comes_as_dcat_where_that_is_asked_for(string path, string? accept, string mediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await Client.SendAsync(request, Cancelled);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(mediaType == "application/ld+json", JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancelled)).TryGetProperty("dcat:dataset", out _));
    }

    [Fact]
    public async Task An_entry_has_its_revisions_their_schema_and_its_history()
    {
        const string Path = "/v1/catalogue/human-resources/social-insurance";
        var entry = await ReadAsync(Path);
        var revision = entry.GetProperty("published").GetProperty("revision").GetInt32();
        Assert.Equal("Published", entry.GetProperty("state").GetString());
        Assert.Equal(revision + 1, entry.GetProperty("nextRevision").GetInt32());
        Assert.Equal(entry.GetProperty("published").GetRawText(), (await ReadAsync($"{Path}/revisions/{revision}")).GetProperty("dataset").GetRawText());
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (await ReadAsync($"{Path}/revisions/{revision}/schema")).GetProperty("$schema").GetString());
        Assert.Equal(entry.GetProperty("logIndex").GetInt64(), Assert.Single((await ReadAsync(Path + "/history")).EnumerateArray()).GetProperty("logIndex").GetInt64());
        Assert.False((await ReadAsync(Path + "/diff")).GetProperty("breaking").GetBoolean());
        foreach (var missing in new[] { "/v1/catalogue/human-resources/nothing", $"{Path}/revisions/{revision + 1}", $"{Path}/revisions/0/schema", $"{Path}/diff?to={revision + 1}" })
        {
            using var response = await Client.GetAsync(missing, Cancelled);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
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
