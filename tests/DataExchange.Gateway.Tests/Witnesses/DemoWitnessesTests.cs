using System.Text.Json;
using DataExchange.Gateway.Profile;
using DataExchange.Gateway.Tests.Running;
using DataExchange.Merkle;

namespace DataExchange.Gateway.Tests.Witnesses;

/// <summary>The demo region's departments witness its logs, and remember them when the gateway's data folder does not.</summary>
public sealed class DemoWitnessesTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("access")]
    [InlineData("governance")]
    public async Task Both_checkpoints_come_under_the_quorum_that_the_governance_log_appoints(string log)
    {
        await using var gateway = await GatewayProcess.StartAsync();
        await ExchangeAsync(gateway);

        var policy = await gateway.WitnessPolicyAsync();
        Assert.Equal(3, policy.Witnesses.Count);
        Assert.Equal(policy.ToString(), await AppointedAsync(gateway));
        var note = await gateway.WitnessedAsync(log, policy, 2);
        Assert.DoesNotContain(policy.Witnesses, witness => note.CosignedAt(witness.Verifier) is { } at && Math.Abs(at - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()) > 600);
    }

    [Fact]
    public async Task A_data_folder_put_back_to_an_older_state_refuses_the_start_and_says_what_to_do()
    {
        using var folder = new TemporaryDirectory();
        using var backup = new TemporaryDirectory();
        await using (var gateway = await GatewayProcess.StartAsync(dataFolder: folder.Path))
        {
            await ExchangeAsync(gateway);
            await gateway.StopAsync();
        }

        CopyFiles(folder.Path, backup.Path);
        await using (var gateway = await GatewayProcess.StartAsync(dataFolder: folder.Path))
        {
            await ExchangeAsync(gateway);
            await gateway.WitnessedAsync("access", await gateway.WitnessPolicyAsync(), 4);
            await gateway.StopAsync();
        }

        CopyFiles(backup.Path, folder.Path);
        var (exitCode, output) = await GatewayProcess.RunToExitAsync(new Dictionary<string, string>(), folder.Path);
        Assert.Equal(StartupRefusedException.ExitCode, exitCode);
        Assert.Contains("refusing to start: The log demo.example/access has been rolled back: it ends at 2 entries, but the witness ", output, StringComparison.Ordinal);
        Assert.Contains("remembers 4", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static async Task ExchangeAsync(GatewayProcess gateway)
    {
        var housing = await Api.OfClientAsync(gateway.Client, "housing-authority");
        _ = (await housing.QueryAsync("public-security/residence", DemoPeople.First.Number, "rental-housing-application", "name")).Released;
    }

    /// <summary>The policy as a founding entry of the governance log holds it, open for anyone to read.</summary>
    private static async Task<string?> AppointedAsync(GatewayProcess gateway)
    {
        var size = int.Parse((await gateway.Client.GetStringAsync("/log/governance/checkpoint", Cancelled)).Split('\n')[1], System.Globalization.CultureInfo.InvariantCulture);
        var bundle = await gateway.Client.GetByteArrayAsync("/log/governance/" + new TileId(TileId.Entries, 0, size).ToPath(), Cancelled);
        var appointed = Assert.Single(EntryBundle.Split(bundle), entry => Contracts.Log.Leaf.TryDecode(entry, out var leaf) && leaf.Kind == "witness.appointed");
        Assert.True(Contracts.Log.Leaf.TryDecode(appointed, out var appointment));
        return JsonElement.Parse(appointment.Body.Span).GetProperty("policy").GetString();
    }

    // What stands in the folder itself: the witnesses' own folders lie below it, and are other people's machines in a real region.
    private static void CopyFiles(string from, string to)
    {
        foreach (var file in Directory.GetFiles(to, "*.db*"))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }

    private sealed class TemporaryDirectory : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dx-witnesses-");

        public string Path => _directory.FullName;

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
