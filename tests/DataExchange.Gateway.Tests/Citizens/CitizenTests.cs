using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Gateway.Tests.Consents;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Citizens;

/// <summary>P-MINE: a person sees every use of their data, and can prove that the list is complete.</summary>
public sealed class CitizenTests(SharedGateway shared) : GatewayTest(shared)
{
    private const string Rental = "rental-housing-application";

    [Fact]
    public async Task The_list_is_complete_and_a_verifier_that_shares_no_code_proves_it()
    {
        var person = DemoPeople.Take(Gateway);
        await UseAsync(person);
        var citizen = await Api.OfUserAsync(Client, person.User);
        var token = await ReadAsync(citizen, "/v1/me/token");
        var list = await ReadAsync(citizen, "/v1/me/accesses");

        Assert.Equal(
            ["access.refused", "access.requested", "access.released", "consent.requested", "consent.given"],
            JsonElement.Parse(list).GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()!));
        var refusal = JsonElement.Parse(list).GetProperty("entries")[0].GetProperty("opening").GetProperty("record");
        Assert.Equal(("housing-authority", Rental), (refusal.GetProperty("consumer").GetString(), refusal.GetProperty("purpose").GetString()));

        var (exitCode, output) = await VerifyAsync(token, list);
        Assert.True(exitCode == 0, output);
        Assert.StartsWith("5 entries", output, StringComparison.Ordinal);

        // A list that lacks one, and a token of somebody else, are found.
        var entries = JsonNode.Parse(list)!;
        entries["entries"]!.AsArray().RemoveAt(2);
        Assert.Equal(1, (await VerifyAsync(token, entries.ToJsonString())).ExitCode);
        var stranger = DemoPeople.Take(Gateway);
        Assert.Equal(1, (await VerifyAsync(token.Replace(person.Number, stranger.Number, StringComparison.Ordinal), list)).ExitCode);

        // Nothing that the answers leave out makes an entry disappear: no size, no month.
        var (shortList, shortToken) = (JsonNode.Parse(list)!, JsonNode.Parse(token)!);
        (shortList["accessSize"], shortList["governanceSize"]) = (0, 0);
        shortList["entries"]!.AsArray().Clear();
        shortToken["tags"]!.AsArray().Clear();
        Assert.Equal(1, (await VerifyAsync(shortToken.ToJsonString(), shortList.ToJsonString())).ExitCode);
        Assert.Equal(0, (await VerifyAsync(shortToken.ToJsonString(), list)).ExitCode);

        // The logs are those of the keys that the person trusts, and a server that is not there is no verdict.
        Assert.Equal(1, (await VerifyAsync(token, list, accessLog: "governance")).ExitCode);
        Assert.Equal(2, (await VerifyAsync(token, list, server: "http://127.0.0.1:1")).ExitCode);
    }

    [Fact]
    public async Task Pages_make_up_the_whole_list_as_it_was_at_the_first_of_them()
    {
        var person = DemoPeople.Take(Gateway);
        await UseAsync(person);
        var citizen = await Api.OfUserAsync(Client, person.User);
        var whole = JsonElement.Parse(await ReadAsync(citizen, "/v1/me/accesses")).GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("leaf").GetString()).ToList();

        var paged = new List<string?>();
        var sizes = new HashSet<(long, long)>();
        string? cursor = null;
        do
        {
            var page = JsonElement.Parse(await ReadAsync(citizen, "/v1/me/accesses?limit=2" + (cursor is null ? "" : "&cursor=" + cursor)));
            paged.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("leaf").GetString()));
            sizes.Add((page.GetProperty("accessSize").GetInt64(), page.GetProperty("governanceSize").GetInt64()));
            if (cursor is null)
            {
                await UseOnceMoreAsync(person); // Its entries would stand among those of the pages to come.
            }

            cursor = page.GetProperty("cursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(5, whole.Count);
        Assert.Equal(whole, paged);
        Assert.Single(sizes);
    }

    [Fact]
    public async Task A_months_tags_are_given_for_the_months_asked_for_and_no_more_than_ten_years()
    {
        var person = DemoPeople.Take(Gateway);
        await UseAsync(person);
        var citizen = await Api.OfUserAsync(Client, person.User);

        var tags = JsonElement.Parse(await ReadAsync(citizen, "/v1/me/token?from=202511&to=202602")).GetProperty("tags").EnumerateArray().ToArray();

        Assert.Equal(["202511", "202512", "202601", "202602"], tags.Select(tag => tag.GetProperty("month").GetString()!));
        foreach (var query in new[] { "?from=202602&to=202601", "?from=201601&to=202601", "?from=2026-01", "?from=202613", "?from=999912&to=999912" })
        {
            using var refused = await citizen.SendAsync(HttpMethod.Get, "/v1/me/token" + query);
            Assert.True(refused.StatusCode == HttpStatusCode.BadRequest, query);
        }

        foreach (var query in new[] { "?limit=0", "?limit=1001", "?cursor=x", "?cursor=202601.access.1", "?cursor=202601.access.-1.2.2", "?cursor=202601.access.1.2.-2" })
        {
            using var refused = await citizen.SendAsync(HttpMethod.Get, "/v1/me/accesses" + query);
            Assert.True(refused.StatusCode == HttpStatusCode.BadRequest, query);
        }
    }

    [Fact]
    public async Task It_is_for_the_person_alone_and_for_no_cache()
    {
        var (person, nobody) = (DemoPeople.Take(Gateway), DemoPeople.Take(Gateway));
        await UseAsync(person);
        foreach (var path in new[] { "/v1/me/token", "/v1/me/accesses" })
        {
            using var own = await (await Api.OfUserAsync(Client, person.User)).SendAsync(HttpMethod.Get, path);
            Assert.True(own.Headers.CacheControl?.NoStore);
            Assert.Equal(HttpStatusCode.NotFound, (await (await Api.OfUserAsync(Client, nobody.User)).SendAsync(HttpMethod.Get, path)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await Client.GetAsync(path, Cancelled)).StatusCode);
            foreach (var user in new[] { "reviewer", "operator" })
            {
                Assert.Equal(HttpStatusCode.Forbidden, (await (await Api.OfUserAsync(Client, user)).SendAsync(HttpMethod.Get, path)).StatusCode);
            }
        }
    }

    /// <summary>A refusal, a consent, and a release: five entries.</summary>
    private async Task UseAsync(DemoPerson person)
    {
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        Assert.Equal("consent-required", (await housing.QueryAsync("human-resources/social-insurance", person.Number, Rental, "status")).Problem?.Code);
        var consent = (await housing.RequestConsentAsync(ConsentTests.RequestFor(person))).Released;
        var given = (await (await Api.OfUserAsync(Client, person.User)).DecideConsentAsync(consent.Id, "give")).Released;
        var released = (await housing.QueryAsync("human-resources/social-insurance", person.Number, Rental, "status")).Released;

        await PublishedAsync(released.Receipt.Index);
        await Client.GetStringAsync($"/v1/receipts/governance/{given.LogIndex}", Cancelled);
    }

    private async Task UseOnceMoreAsync(DemoPerson person)
    {
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        await PublishedAsync((await housing.QueryAsync("human-resources/social-insurance", person.Number, Rental, "status")).Released.Receipt.Index);
    }

    /// <summary>The list goes as far as what is published.</summary>
    private async Task PublishedAsync(long index) => await Client.GetStringAsync($"/v1/receipts/access/{index}", Cancelled);

    private static async Task<string> ReadAsync(Api citizen, string path)
    {
        using var response = await citizen.SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Cancelled);
    }

    private async Task<(int ExitCode, string Output)> VerifyAsync(string token, string list, string accessLog = "access", string? server = null)
    {
        var folder = Directory.CreateTempSubdirectory("mine-").FullName;
        var (tokenFile, listFile) = (Path.Combine(folder, "token.json"), Path.Combine(folder, "list.json"));
        await File.WriteAllTextAsync(tokenFile, token, Cancelled);
        await File.WriteAllTextAsync(listFile, list, Cancelled);
        var key = JsonElement.Parse(await Client.GetStringAsync("/.well-known/data-exchange", Cancelled)).GetProperty("vrf").GetProperty("publicKey").GetString()!;
        var (access, governance) = (await Client.GetStringAsync($"/log/{accessLog}/vkey", Cancelled), await Client.GetStringAsync("/log/governance/vkey", Cancelled));
        var result = await StrangersVerifier.RunAsync("verify_mine.py", tokenFile, listFile, server ?? Client.BaseAddress!.ToString(), key, access, governance);
        Directory.Delete(folder, recursive: true);
        return result;
    }
}
