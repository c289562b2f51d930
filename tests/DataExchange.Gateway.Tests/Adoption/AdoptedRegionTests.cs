using System.Diagnostics;
using System.Text.Json;
using DataExchange.Gateway.Profile;
using DataExchange.Gateway.Tests.Consents;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Adoption;

/// <summary>From the refused start after an older backup was restored to a region that goes on: as an operator does it.</summary>
public sealed class AdoptedRegionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dx-adopted-");
    private readonly DirectoryInfo _backup = Directory.CreateTempSubdirectory("dx-adopted-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _backup.Delete(recursive: true);
    }

    [Fact]
    public async Task A_region_whose_newest_entries_are_lost_goes_on_under_new_origins_with_its_rules_and_without_the_consents_that_may_have_been_withdrawn()
    {
        string consent;
        var person = DemoPeople.First;
        await using (var gateway = await GatewayProcess.StartAsync(dataFolder: _folder.FullName))
        {
            var housing = await Api.OfClientAsync(gateway.Client, "housing-authority");
            consent = (await housing.RequestConsentAsync(ConsentTests.RequestFor(person))).Released.Id;
            _ = (await (await Api.OfUserAsync(gateway.Client, person.User)).DecideConsentAsync(consent, "give")).Released;
            await ExchangeAsync(gateway);
            await gateway.StopAsync();
        }

        Copy(_folder, _backup);
        var notes = new List<string>();
        await using (var gateway = await GatewayProcess.StartAsync(dataFolder: _folder.FullName))
        {
            await ExchangeAsync(gateway);
            var other = DemoPeople.Of(gateway).Skip(1).First();
            var lost = (await (await Api.OfClientAsync(gateway.Client, "housing-authority")).RequestConsentAsync(ConsentTests.RequestFor(other))).Released;
            foreach (var (log, size) in new[] { ("access", 4L), ("governance", lost.LogIndex + 1) })
            {
                var file = Path.Combine(_backup.FullName, log + ".note");
                await File.WriteAllTextAsync(file, (await gateway.WitnessedAsync(log, await gateway.WitnessPolicyAsync(), size)).ToString(), Cancelled);
                notes.Add(file);
            }

            await gateway.StopAsync();
        }

        Copy(_backup, _folder);
        var (exitCode, output) = await GatewayProcess.RunToExitAsync(new Dictionary<string, string>(), _folder.FullName);
        Assert.Equal(StartupRefusedException.ExitCode, exitCode);
        Assert.Contains("dx log adopt", output, StringComparison.Ordinal);

        var adopt = new[] { "log", "adopt", _folder.FullName, "--known", notes[0], "--known", notes[1], "--reason", "disk lost" };
        Assert.Equal(4, (await DxAsync(adopt)).ExitCode);
        var ordered = await DxAsync([.. adopt, "--yes"]);
        Assert.True(ordered.ExitCode == 0, ordered.Output);

        await using (var gateway = await GatewayProcess.StartAsync(dataFolder: _folder.FullName))
        {
            await ExchangeAsync(gateway);
            Assert.Equal("invalidated", (await (await Api.OfUserAsync(gateway.Client, person.User)).ConsentAsync(consent)).Released.State);
            Assert.Equal(
                ["/log/access-2 demo.example/access-2", "/log/governance-2 demo.example/governance-2"],
                JsonElement.Parse(await gateway.Client.GetStringAsync("/.well-known/data-exchange", Cancelled)).GetProperty("logs").EnumerateArray()
                    .Select(log => $"{log.GetProperty("path").GetString()} {log.GetProperty("origin").GetString()}").Order());
            Assert.Equal(System.Net.HttpStatusCode.NotFound, (await gateway.Client.GetAsync("/log/access/checkpoint", Cancelled)).StatusCode);
            foreach (var log in new[] { "access-2", "governance-2" })
            {
                await gateway.WitnessedAsync(log, await gateway.WitnessPolicyAsync(), 3);
                var verified = await DxAsync("verify", new Uri(gateway.Client.BaseAddress!, $"/log/{log}").ToString(), "--trust-fetched-vkey", "--state", Path.Combine(_backup.FullName, "state"));
                Assert.True(verified.ExitCode == 0, verified.Output);
                var (code, said) = await StrangersVerifier.RunAsync(gateway.Client, log);
                Assert.True(code == 0, said);
            }

            await gateway.StopAsync();
        }

        var fsck = await DxAsync("fsck", _folder.FullName);
        Assert.True(fsck.ExitCode == 0, fsck.Output);
    }

    private static async Task ExchangeAsync(GatewayProcess gateway)
    {
        var housing = await Api.OfClientAsync(gateway.Client, "housing-authority");
        _ = (await housing.QueryAsync("public-security/residence", DemoPeople.First.Number, "rental-housing-application", "name")).Released;
    }

    private static async Task<(int ExitCode, string Output)> DxAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(BuildOutput.Of("DataExchange.Cli"), "dx.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancelled);
        var error = process.StandardError.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode, await output + await error);
    }

    // The witnesses' own folders lie below it, and are other people's machines in a real region.
    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in to.GetFiles("*.db*"))
        {
            file.Delete();
        }

        foreach (var file in from.GetFiles().Where(file => file.Extension != ".note"))
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name), overwrite: true);
        }
    }
}
