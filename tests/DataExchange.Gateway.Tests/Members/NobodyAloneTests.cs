using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Gateway.Profile;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Members;

/// <summary>Nobody changes the region's rules alone, whoever runs the gateway included.</summary>
public sealed class NobodyAloneTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_operator_and_systems_have_no_voice_on_any_endpoint_that_changes_rules()
    {
        await using var region = await DecidingRegion.StartAsync();
        var proposal = await region["education"].ProposeAsync("quorum.set", new JsonObject { ["approvals"] = 9 });
        (HttpMethod Method, string Path, JsonNode Body)[] commands =
        [
            (HttpMethod.Post, "/v1/proposals", new JsonObject { ["kind"] = "quorum.set", ["change"] = new JsonObject { ["approvals"] = 2 }, ["reason"] = "x" }),
            (HttpMethod.Post, $"/v1/proposals/{proposal.Id}/approve", new JsonObject { ["signature"] = "x" }),
            (HttpMethod.Post, $"/v1/proposals/{proposal.Id}/reject", new JsonObject { ["signature"] = "x", ["reason"] = "x" }),
            (HttpMethod.Post, $"/v1/proposals/{proposal.Id}/withdraw", new JsonObject()),
            (HttpMethod.Post, "/v1/members/education/keys", new JsonObject { ["signature"] = "x", ["keys"] = new JsonObject() }),
            (HttpMethod.Put, "/v1/members/education/clients", new JsonObject { ["signature"] = "x", ["clients"] = new JsonArray() }),
        ];
        foreach (var caller in new[] { await Api.OfUserAsync(region.Gateway.Client, "operator"), await Api.OfUserAsync(region.Gateway.Client, "reviewer"), await Api.OfClientAsync(region.Gateway.Client, "housing-authority") })
        {
            foreach (var (method, path, body) in commands)
            {
                using var response = await caller.SendAsync(method, path, JsonContent.Create(body), ("If-Match", "\"1\""));
                Assert.Equal("actor-not-authorised", (await MemberVoice.ProblemAsync(response)).Code);
            }
        }
    }

    [Fact]
    public async Task Configuration_appoints_no_witnesses_and_a_changed_founding_file_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("dx-").FullName;
        try
        {
            await HoldAgainstAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task HoldAgainstAsync(string folder)
    {
        string before;
        await using (var gateway = await GatewayProcess.StartAsync(dataFolder: folder))
        {
            before = await PolicyAsync(gateway);
            await gateway.StopAsync();
        }

        var settings = new Dictionary<string, string> { ["Witnesses__education"] = "http://127.0.0.1:9", ["Witnesses__mine"] = "http://127.0.0.1:9", ["Quorum__Approvals"] = "1" };
        await using (var gateway = await GatewayProcess.StartAsync(settings, folder))
        {
            Assert.Equal(before, await PolicyAsync(gateway));
            Assert.Equal(5, JsonElement.Parse(await gateway.Client.GetStringAsync("/v1/proposals", Cancelled)).GetProperty("required").GetInt32());
            await gateway.StopAsync();
        }

        var file = Path.Combine(folder, "demo", "founding.json");
        var founding = JsonNode.Parse(await File.ReadAllTextAsync(file, Cancelled))!;
        founding["quorum"] = new JsonObject { ["approvals"] = 2 };
        await File.WriteAllTextAsync(file, founding.ToJsonString(), Cancelled);
        var (exitCode, output) = await GatewayProcess.RunToExitAsync(new Dictionary<string, string>(), folder);
        Assert.Equal(StartupRefusedException.ExitCode, exitCode);
        Assert.Contains("The founding file is not the one this region was founded with", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_appoint_other_witnesses_and_the_next_start_asks_those()
    {
        await using var region = await DecidingRegion.StartAsync();
        var policy = (await PolicyAsync(region.Gateway)).Replace("group departments 2", "group departments 3", StringComparison.Ordinal);
        await region.DecideAsync("witness.appointed", new JsonObject { ["mode"] = "Async", ["policy"] = policy });
        Assert.Equal(policy, await PolicyAsync(region.Gateway));
        await region.KillAndStartAsync();
        Assert.Equal(policy, await PolicyAsync(region.Gateway));
        await region.Gateway.WitnessedAsync("governance", await region.Gateway.WitnessPolicyAsync(), 2);
    }

    private static async Task<string> PolicyAsync(GatewayProcess gateway) =>
        JsonElement.Parse(await gateway.Client.GetStringAsync("/.well-known/data-exchange", Cancelled)).GetProperty("witnesses").GetProperty("policy").GetString()!;
}
