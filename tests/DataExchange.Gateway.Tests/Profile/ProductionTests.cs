using System.Net;
using DataExchange.Gateway.Profile;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Profile;

public sealed class ProductionTests
{
    [Fact]
    public async Task Production_refuses_every_demo_part_at_once_and_names_the_keys()
    {
        var (exitCode, output) = await GatewayProcess.RunToExitAsync(new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DevelopmentAuthority__Enabled"] = "true",
            ["DemoRegion__Enabled"] = "true",
            ["Identity__ClientSecret"] = "demo-secret",
        });

        Assert.Equal(StartupRefusedException.ExitCode, exitCode);
        foreach (var key in new[] { "DevelopmentAuthority:Enabled", "DemoRegion:Enabled", "Identity:ClientSecret" })
        {
            Assert.Single(output.Split('\n'), line => line.StartsWith($"refusing to start: {key} ", StringComparison.Ordinal));
        }

        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relative_founding_file_is_looked_for_under_the_content_root()
    {
        var root = Directory.CreateTempSubdirectory("content-root-");
        try
        {
            var (exitCode, output) = await GatewayProcess.RunToExitAsync(new Dictionary<string, string>
            {
                ["ASPNETCORE_CONTENTROOT"] = root.FullName,
                ["DemoRegion__Enabled"] = "false",
                ["FoundingFile"] = "region/founding.json",
            });

            Assert.Equal(StartupRefusedException.ExitCode, exitCode);
            Assert.Contains($"FoundingFile names '{Path.Combine(root.FullName, "region/founding.json")}'", output, StringComparison.Ordinal);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_foreign_address_refuses_the_start_in_one_line()
    {
        var (exitCode, output) = await GatewayProcess.RunToExitAsync(new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://192.0.2.1:5080" });

        Assert.Equal(StartupRefusedException.ExitCode, exitCode);
        Assert.Single(output.Split('\n'), line => line.StartsWith("refusing to start: cannot listen at http://192.0.2.1:5080: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Production_serves_strangers_and_believes_no_token_while_its_authority_is_away()
    {
        await using var development = await GatewayProcess.StartAsync();
        await using var production = await GatewayProcess.StartAsync(new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["FoundingFile"] = Path.Combine(development.DataFolder, "demo", "founding.json"),
            ["HighWaterMarkFolder"] = Path.Combine(development.DataFolder, "marks"),
            ["Identity__Instance"] = "https://127.0.0.1:1/",
            ["Identity__TenantId"] = "00000000-0000-0000-0000-000000000001",
            ["Identity__ClientId"] = "00000000-0000-0000-0000-000000000002",
        });

        Assert.StartsWith("demo.example/access\n", await production.Client.GetStringAsync("/log/access/checkpoint", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var foreign = new Api(production.Client, await development.Client.OfClientAsync("housing-authority"));
        Assert.Equal("token-invalid", (await foreign.ConsentsAsync()).Problem?.Code);
        using var token = await production.Client.PostAsync("/dev/v2.0/token", new StringContent(""), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, token.StatusCode);
    }
}
