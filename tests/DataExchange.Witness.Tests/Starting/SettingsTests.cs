using DataExchange.Witness.Hosting;
using DataExchange.Witness.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace DataExchange.Witness.Tests.Starting;

/// <summary>Wrong settings are refused all at once, each with its key and the way out.</summary>
public sealed class SettingsTests : OneLogTest
{
    [Fact]
    public void Without_any_settings_it_says_which_are_missing() =>
        Assert.Equal(["Witness:Name is missing", "Witness:Folder is missing", "Witness:Logs is empty"], Errors(new WitnessOptions()));

    [Fact]
    public void Every_wrong_setting_is_named()
    {
        var options = RunningWitness.OptionsOf(Folder, Log, Log);
        (options.Name, options.Listen, options.Prefix) = ("two words", "localhost", "no-slash/");
        options.Logs[0].Keys.Add(options.Logs[0].Keys[0]);
        options.Logs[0].Keys.Add("demo.example/access+00000000+AAAA");
        options.Logs.Add(new WitnessedLogOptions());

        Assert.Equal(
            [
                "Witness:Name is 'two words'", "Witness:Listen is 'localhost'", "Witness:Prefix is 'no-slash/'",
                $"Witness:Logs:0:Keys:1 is '{Log.Verifier}', which stands there already", "Witness:Logs:0:Keys:2 is 'demo.example/access+00000000+AAAA'",
                "Witness:Logs:1:Origin is 'demo.example/access', which another entry has already", "Witness:Logs:2:Origin is ''",
            ],
            Errors(options));
    }

    [Fact]
    public async Task Key_of_a_witness_is_no_key_of_a_log()
    {
        var options = RunningWitness.OptionsOf(Folder, Log);
        await using (var witness = await RunningWitness.StartAsync(options))
        {
            options.Logs[0].Keys[0] = witness.Verifier.ToString();
        }

        Assert.Equal([$"Witness:Logs:0:Keys:0 is '{options.Logs[0].Keys[0]}'"], Errors(options));
    }

    [Theory]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("ftp://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:0/path")]
    public void Only_an_http_address_can_be_listened_on(string listen)
    {
        var options = RunningWitness.OptionsOf(Folder, Log);
        options.Listen = listen;
        Assert.Equal([$"Witness:Listen is '{listen}'"], Errors(options));
    }

    [Fact]
    public async Task Address_of_another_machine_is_refused()
    {
        var options = RunningWitness.OptionsOf(Folder, Log);
        options.Listen = "http://192.0.2.1:5090"; // RFC 5737: nobody's own.
        var refusal = await Assert.ThrowsAsync<WitnessRefusedException>(() => RunningWitness.StartAsync(options));
        Assert.StartsWith($"Witness:Listen is '{options.Listen}'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", null)]
    [InlineData("https://127.0.0.1:0", "missing.pfx")]
    [InlineData("https://127.0.0.1:0", "no-certificate.pfx")]
    public async Task Endpoint_of_Kestrel_that_cannot_be_opened_is_refused(string url, string? certificate)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder.Path, "no-certificate.pfx"), "none", TestContext.Current.CancellationToken);
        var configuration = Configuration(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:One:Url"] = url,
            ["Kestrel:Endpoints:One:Certificate:Path"] = certificate is null ? null : Path.Combine(Folder.Path, certificate),
        });
        var hosting = new WitnessHosting { Clock = TimeProvider.System, Kestrel = configuration.GetSection("Kestrel") };
        using var other = new TemporaryFolder();
        var refusal = await Assert.ThrowsAsync<WitnessRefusedException>(
            () => WitnessHost.StartAsync(RunningWitness.OptionsOf(other, Log), hosting, cancellationToken: TestContext.Current.CancellationToken));
        Assert.StartsWith("Kestrel:Endpoints cannot be listened on", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_file_that_cannot_be_read_is_refused()
    {
        Assert.Throws<WitnessRefusedException>(() => WitnessConfiguration.Load(["--settings", Path.Combine(Folder.Path, "missing.json")]));
        Assert.Throws<WitnessRefusedException>(() => WitnessConfiguration.Load(["--settings", Folder.Path]));
    }

    [Fact]
    public void Log_without_a_key_is_refused()
    {
        var options = RunningWitness.OptionsOf(Folder, Log);
        options.Logs[0].Keys.Clear();
        Assert.Equal(["Witness:Logs:0:Keys has 0 entries"], Errors(options));
    }

    [Fact]
    public void Settings_are_read_from_the_section_and_unknown_ones_are_refused()
    {
        Dictionary<string, string?> settings = new()
        {
            ["Witness:Name"] = "witness.example/w", ["Witness:Folder"] = Folder.Path, ["Witness:Logs:0:Origin"] = Log.Origin, ["Witness:Logs:0:Keys:0"] = Log.Verifier.ToString(),
        };
        var options = WitnessConfiguration.Read(Configuration(settings));
        Assert.Equal([Log.Origin], WitnessSettings.From(options).Logs.Keys);
        Assert.Equal("http://127.0.0.1:5090", options.Listen);

        settings["Witness:Lisen"] = "http://127.0.0.1:5091";
        var refusal = Assert.Throws<WitnessRefusedException>(() => WitnessConfiguration.Read(Configuration(settings)));
        Assert.Contains("Lisen", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_in_use_is_refused_and_the_folder_let_go()
    {
        await using var witness = await RunningWitness.StartAsync(Folder, Log);
        using var other = new TemporaryFolder();
        var options = RunningWitness.OptionsOf(other, Log);
        options.Listen = witness.Address.GetLeftPart(UriPartial.Authority);
        var refusal = await Assert.ThrowsAsync<WitnessRefusedException>(() => RunningWitness.StartAsync(options));
        Assert.Contains("Witness:Listen is", refusal.Message, StringComparison.Ordinal);
        await using var again = await RunningWitness.StartAsync(other, Log);
    }

    private static IConfigurationRoot Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    /// <summary>The first sentence of every error.</summary>
    private static string[] Errors(WitnessOptions options) =>
        [.. Assert.Throws<WitnessRefusedException>(() => WitnessSettings.From(options)).Message.Split("\n  - ").Skip(1).Select(error => error.Split(". ")[0])];
}
