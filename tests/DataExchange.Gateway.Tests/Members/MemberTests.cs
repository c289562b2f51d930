using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts.Signatures;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Members;

/// <summary>What a member changes itself: its keys and its clients, with its own signature and for one version.</summary>
public sealed class MemberTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_rotates_its_key_and_the_old_one_is_kept_for_strangers()
    {
        await using var region = await DecidingRegion.StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var member = region["education"];
        var version = await VersionAsync(region, "education");
        var jwks = Jwks(key, "2026-b");
        var statement = SignedStatement.Of("keys", $"education@{version}", JsonElement.Parse(jwks.ToJsonString()));
        var body = new JsonObject { ["keys"] = jwks, ["signature"] = member.Sign(statement) };

        using (var blind = await member.SendAsync(HttpMethod.Post, "/v1/members/education/keys", body))
        {
            Assert.Equal("precondition-required", (await MemberVoice.ProblemAsync(blind)).Code);
        }

        using (var elsewhere = await region["data-bureau"].SendAsync(HttpMethod.Post, "/v1/members/education/keys", body, Match(version)))
        {
            Assert.Equal("actor-not-authorised", (await MemberVoice.ProblemAsync(elsewhere)).Code);
        }

        using (var rotated = await member.SendAsync(HttpMethod.Post, "/v1/members/education/keys", body, Match(version)))
        {
            var view = await MemberVoice.OkAsync(rotated);
            var index = view.GetProperty("logIndex").GetInt64();
            Assert.Equal([(MemberVoice.KeyId, version, (long?)index), ("2026-b", index, null)], view.GetProperty("keyHistory").EnumerateArray().Select(History));
            Assert.Equal($"\"{index}\"", rotated.Headers.ETag?.Tag);
        }

        using (var again = await member.SendAsync(HttpMethod.Post, "/v1/members/education/keys", body, Match(version)))
        {
            Assert.Equal("precondition-failed", (await MemberVoice.ProblemAsync(again)).Code);
        }

        await region.KillAndStartAsync();
        var proposal = await member.ProposeAsync("quorum.set", new JsonObject { ["approvals"] = 6 });
        using (var retired = await member.ApproveAsync(proposal))
        {
            Assert.Equal("request-malformed", (await MemberVoice.ProblemAsync(retired)).Code);
        }

        var approval = SignedStatement.Of("proposal", proposal.Id, proposal.Document);
        using var approved = await member.ApproveAsync(proposal, member.Sign(approval, key, "2026-b"));
        Assert.Equal(1, (await MemberVoice.OkAsync(approved)).GetProperty("approvals").GetArrayLength());
    }

    [Fact]
    public async Task A_client_that_a_member_no_longer_names_acts_for_nobody_and_no_other_member_takes_one_that_is_named()
    {
        await using var region = await DecidingRegion.StartAsync();
        var member = region["housing-authority"];
        var housing = await Api.OfClientAsync(region.Gateway.Client, "housing-authority");
        Assert.Null((await housing.QueryAsync("public-security/residence", DemoPeople.First.Number, "rental-housing-application", "name")).Problem);

        using (var taking = await SetAsync(region, "education", """[{"clientId":"education-steward"},{"clientId":"housing-authority"}]"""))
        {
            Assert.Equal(HttpStatusCode.Conflict, taking.StatusCode);
            Assert.Contains("housing-authority", (await MemberVoice.ProblemAsync(taking)).Detail, StringComparison.Ordinal);
        }

        using (var faulty = await SetAsync(region, "education", """[{"clientId":"education-steward","certificateThumbprint":"short"}]"""))
        {
            Assert.Equal("$.clients", Assert.Single((await MemberVoice.ProblemAsync(faulty)).Faults!).Path);
        }

        var version = await VersionAsync(region, "housing-authority");
        using (var renamed = await SetAsync(region, "housing-authority", """[{"clientId":"housing-system"}]"""))
        {
            Assert.Equal("housing-system", (await MemberVoice.OkAsync(renamed)).GetProperty("clients")[0].GetProperty("clientId").GetString());
        }

        Assert.Equal("actor-not-authorised", (await housing.QueryAsync("public-security/residence", DemoPeople.First.Number, "rental-housing-application", "name")).Problem?.Code);
        using (var late = await member.SendAsync(HttpMethod.Put, "/v1/members/housing-authority/clients", new JsonObject { ["clients"] = new JsonArray(), ["signature"] = "x" }, Match(version)))
        {
            // Its steward signed in at the client that it has just given up.
            Assert.Equal("actor-not-authorised", (await MemberVoice.ProblemAsync(late)).Code);
        }

        using var unbound = await SetAsync(region, "education", """[{"clientId":"education-steward"},{"clientId":"housing-authority"}]""");
        Assert.Equal(2, (await MemberVoice.OkAsync(unbound)).GetProperty("clients").GetArrayLength());
        Assert.Equal("agreement-not-active", (await housing.QueryAsync("public-security/residence", DemoPeople.First.Number, "rental-housing-application", "name")).Problem?.Code);
    }

    [Fact]
    public async Task Members_are_open_to_anyone_with_keys_that_a_stranger_can_use()
    {
        await using var region = await DecidingRegion.StartAsync();
        var members = await region.GetAsync("/v1/members");
        Assert.Equal(9, members.GetArrayLength());
        Assert.All(members.EnumerateArray(), member => Assert.Equal("active", member.GetProperty("state").GetString()));
        Assert.Equal("EC", members[0].GetProperty("keys").GetProperty("keys")[0].GetProperty("kty").GetString());
        using var unknown = await region.Gateway.Client.GetAsync("/v1/members/nobody", Cancelled);
        Assert.Equal("not-found", (await MemberVoice.ProblemAsync(unknown)).Code);
        using var history = await region.Gateway.Client.GetAsync("/v1/members/nobody/history", Cancelled);
        Assert.Equal("not-found", (await MemberVoice.ProblemAsync(history)).Code);
    }

    private static async Task<HttpResponseMessage> SetAsync(DecidingRegion region, string member, string clients)
    {
        var version = await VersionAsync(region, member);
        var signature = region[member].Sign(SignedStatement.Of("clients", $"{member}@{version}", JsonElement.Parse(clients)));
        return await region[member].SendAsync(
            HttpMethod.Put, $"/v1/members/{member}/clients", new JsonObject { ["clients"] = JsonNode.Parse(clients), ["signature"] = signature }, Match(version));
    }

    private static async Task<long> VersionAsync(DecidingRegion region, string member) => (await region.GetAsync("/v1/members/" + member)).GetProperty("logIndex").GetInt64();

    private static (string Name, string Value) Match(long version) => ("If-Match", $"\"{version}\"");

    private static (string?, long, long?) History(JsonElement key) =>
        (key.GetProperty("kid").GetString(), key.GetProperty("from").GetInt64(), key.TryGetProperty("until", out var until) ? until.GetInt64() : null);

    private static JsonObject Jwks(ECDsa key, string kid)
    {
        var point = key.ExportParameters(false).Q;
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = kid, ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y),
            }),
        };
    }
}
