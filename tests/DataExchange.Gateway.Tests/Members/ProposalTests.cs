using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using DataExchange.Contracts.Log;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Members;

/// <summary>The region's rules change by signatures of its members, over HTTP and through a kill.</summary>
public sealed class ProposalTests
{
    private const string Residence = "public-security/residence";
    private const string Rental = "rental-housing-application";

    private static readonly JsonObject Suspension = new() { ["member"] = "housing-authority", ["reason"] = "Its key was published." };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_of_nine_signatures_suspend_a_member_everywhere_at_once_and_a_kill_forgets_nothing()
    {
        await using var region = await DecidingRegion.StartAsync();
        var housing = await Api.OfClientAsync(region.Gateway.Client, "housing-authority");
        Assert.Null((await housing.QueryAsync(Residence, DemoPeople.First.Number, Rental, "name")).Problem);

        var enacted = await region.DecideAsync("member.suspended", Suspension);
        Assert.Equal((5, 9, 5), (enacted.Required, enacted.Members, enacted.Approvals.Count));

        var refused = await housing.QueryAsync(Residence, DemoPeople.First.Number, Rental, "name");
        Assert.Equal("actor-not-authorised", refused.Problem?.Code);
        Assert.Contains("suspended", refused.Problem!.Reasons![0].Detail, StringComparison.Ordinal);
        using (var proposing = await region["housing-authority"].SendAsync(HttpMethod.Post, "/v1/proposals", new JsonObject { ["kind"] = "quorum.set", ["change"] = new JsonObject { ["approvals"] = 2 }, ["reason"] = "x" }))
        {
            Assert.Equal("actor-not-authorised", (await MemberVoice.ProblemAsync(proposing)).Code);
        }

        string[] pages = ["/v1/members", "/v1/members/housing-authority/history", "/v1/proposals"];
        var before = await Task.WhenAll(pages.Select(page => region.Gateway.Client.GetStringAsync(page, Cancelled)));
        await region.KillAndStartAsync();
        var after = await Task.WhenAll(pages.Select(page => region.Gateway.Client.GetStringAsync(page, Cancelled)));
        Assert.Equal(before, after);

        var member = await region.GetAsync("/v1/members/housing-authority");
        Assert.Equal(("suspended", "Its key was published."), (member.GetProperty("state").GetString(), member.GetProperty("suspendedBecause").GetString()));
        Assert.Equal(enacted.LogIndex, member.GetProperty("logIndex").GetInt64());
        var history = await region.GetAsync("/v1/members/housing-authority/history");
        Assert.Equal(("member.suspended", enacted.Id), (history[1].GetProperty("kind").GetString(), history[1].GetProperty("proposal").GetString()));

        await region.DecideAsync("member.reinstated", new JsonObject { ["member"] = "housing-authority", ["reason"] = "It has another." });
        housing = await Api.OfClientAsync(region.Gateway.Client, "housing-authority");
        Assert.Null((await housing.QueryAsync(Residence, DemoPeople.First.Number, Rental, "name")).Problem);
    }

    [Fact]
    public async Task Every_vote_has_a_receipt_and_the_leaf_of_the_proposal_is_what_was_signed()
    {
        await using var region = await DecidingRegion.StartAsync();
        var proposal = await region["education"].ProposeAsync("member.suspended", Suspension);
        var made = await ReceiptCheck.VerifyPlaceAsync(region.Gateway.Client, proposal.Receipt!);
        Assert.Equal(LeafKinds.ProposalMade, made.Kind);
        Assert.Equal(CanonicalJson.Canonicalize(proposal.Document), made.Body.ToArray());

        // One member signs with dx, as the walk does, from the address alone.
        var signature = await DxSignAsync(new Uri(region.Gateway.Client.BaseAddress!, $"/v1/proposals/{proposal.Id}"), region["education"].KeyFile, "education");
        using var response = await region["education"].ApproveAsync(proposal, signature);
        var approved = await MemberVoice.OkAsync(response);
        Assert.Equal($"\"{approved.GetProperty("logIndex").GetInt64()}\"", response.Headers.ETag?.Tag);
        Assert.Equal("education", approved.GetProperty("approvals")[0].GetProperty("member").GetString());
    }

    [Fact]
    public async Task Rejections_that_put_the_quorum_out_of_reach_end_a_proposal_and_its_proposer_can_withdraw_one()
    {
        await using var region = await DecidingRegion.StartAsync();
        var proposal = await region["education"].ProposeAsync("member.suspended", Suspension);
        foreach (var (member, state) in new[] { ("public-security", "open"), ("civil-affairs", "open"), ("human-resources", "open"), ("service-centre", "open"), ("data-bureau", "rejected") })
        {
            using var response = await region[member].RejectAsync(proposal, "太宽。");
            Assert.Equal(state, (await MemberVoice.OkAsync(response)).GetProperty("state").GetString());
        }

        using (var late = await region["education"].ApproveAsync(proposal))
        {
            var problem = await MemberVoice.ProblemAsync(late);
            Assert.Equal("state-conflict", problem.Code);
            Assert.Empty(problem.Next!);
        }

        var other = await region["education"].ProposeAsync("member.suspended", Suspension);
        using (var stranger = await region["data-bureau"].SendAsync(HttpMethod.Post, $"/v1/proposals/{other.Id}/withdraw", null))
        {
            Assert.Equal("actor-not-authorised", (await MemberVoice.ProblemAsync(stranger)).Code);
        }

        using var withdrawn = await region["education"].SendAsync(HttpMethod.Post, $"/v1/proposals/{other.Id}/withdraw", null);
        Assert.Equal("withdrawn", (await MemberVoice.OkAsync(withdrawn)).GetProperty("state").GetString());
        Assert.Equal(0, (await region.GetAsync("/v1/proposals?state=open")).GetProperty("proposals").GetArrayLength());
    }

    [Fact]
    public async Task What_the_rules_or_the_parser_refuse_is_said_place_by_place()
    {
        await using var region = await DecidingRegion.StartAsync();
        var change = new JsonObject { ["mode"] = "Async", ["policy"] = "nonsense" };
        using var witnesses = await region["education"].SendAsync(HttpMethod.Post, "/v1/proposals", new JsonObject { ["kind"] = "witness.appointed", ["change"] = change, ["reason"] = "" });
        var problem = await MemberVoice.ProblemAsync(witnesses);
        Assert.Equal(HttpStatusCode.BadRequest, witnesses.StatusCode);
        Assert.Equal(["$.change.policy", "$.reason"], problem.Faults!.Select(fault => fault.Path).Order());

        using var state = await region.Gateway.Client.GetAsync("/v1/proposals?state=undecided", Cancelled);
        Assert.Equal("request-malformed", (await MemberVoice.ProblemAsync(state)).Code);
        using var unknown = await region.Gateway.Client.GetAsync("/v1/proposals/unknown", Cancelled);
        Assert.Equal("not-found", (await MemberVoice.ProblemAsync(unknown)).Code);
    }

    [Fact]
    public async Task A_proposal_whose_target_changed_since_is_outdated()
    {
        await using var region = await DecidingRegion.StartAsync();
        var purpose = JsonNode.Parse((await region.GetAsync("/v1/catalogue/purposes")).EnumerateArray().First(p => p.GetProperty("code").GetString() == Rental).GetRawText())!;
        purpose["retentionDays"] = 30;
        var older = await region["education"].ProposeAsync("purpose.registered", purpose);
        await region.DecideAsync("purpose.registered", purpose);
        Assert.Equal("outdated", (await region.ReadAsync(older.Id)).State);
        using var late = await region["education"].ApproveAsync(older);
        var problem = await MemberVoice.ProblemAsync(late);
        Assert.Equal("state-conflict", problem.Code);
        Assert.Equal(["withdraw"], problem.Next!);
    }

    private static async Task<string> DxSignAsync(Uri proposal, string keyFile, string member)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "dx.dll"), "proposal", "sign", proposal.AbsoluteUri, "--key", keyFile, "--kid", $"{member}/{MemberVoice.KeyId}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var dx = Process.Start(start)!;
        var error = dx.StandardError.ReadToEndAsync(Cancelled);
        var output = await dx.StandardOutput.ReadToEndAsync(Cancelled);
        await dx.WaitForExitAsync(Cancelled);
        Assert.True(dx.ExitCode == 0, await error);
        Assert.Contains("member.suspended", await error, StringComparison.Ordinal);
        return output.Trim();
    }
}
