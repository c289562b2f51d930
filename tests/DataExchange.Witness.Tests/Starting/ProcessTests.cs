using DataExchange.Witness.Tests.Support;

namespace DataExchange.Witness.Tests.Starting;

/// <summary>The witness as a program.</summary>
public sealed class ProcessTests : OneLogTest
{
    [Fact]
    public async Task Started_without_settings_it_names_them_and_ends()
    {
        var (exitCode, output) = await WitnessProcess.RunToExitAsync(new Dictionary<string, string>());
        Assert.Equal(2, exitCode);
        Assert.Contains("Witness:Name is missing", output, StringComparison.Ordinal);
        Assert.Contains("Witness:Logs:0:Origin", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifier_key_is_printed_at_the_start_and_a_signal_ends_it()
    {
        await using var witness = await WitnessProcess.StartAsync(WitnessProcess.SettingsOf(Folder, Log));
        var vkey = (await witness.Client.GetStringAsync("vkey", TestContext.Current.CancellationToken)).TrimEnd('\n');
        Assert.Contains(vkey, witness.Output, StringComparison.Ordinal);
        Assert.Equal(0, await witness.StopAsync());
    }

    [Fact]
    public async Task Second_process_on_one_folder_is_refused()
    {
        var settings = WitnessProcess.SettingsOf(Folder, Log);
        await using var witness = await WitnessProcess.StartAsync(settings);
        var (exitCode, output) = await WitnessProcess.RunToExitAsync(settings);
        Assert.Equal(2, exitCode);
        Assert.Contains("in use by another witness", output, StringComparison.Ordinal);
        Assert.Equal("ready", await witness.Client.GetStringAsync("health/ready", TestContext.Current.CancellationToken));
    }
}
