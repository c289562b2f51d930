using System.Diagnostics;
using System.Text.RegularExpressions;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Walk;

/// <summary>Every command of the README, in its order, against a fresh start.</summary>
public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md", "consent-required", "\"state\": \"given\"", "\"state\": \"withdrawn\"", "\"decision\"", "\"documentsSpared\": 5", "went as its evidence says", "\"state\": \"approved\"", "\"properties\":", "agreement-not-active")]
    [InlineData("README.zh.md", "consent-required", "\"state\": \"given\"", "\"state\": \"withdrawn\"", "\"decision\"", "\"documentsSpared\": 5", "went as its evidence says", "\"state\": \"approved\"", "\"properties\":", "agreement-not-active")]
    public async Task The_walk_works_as_written(string readme, params string[] shows)
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var folder = Directory.CreateTempSubdirectory("dx-walk-").FullName;
        var script = Script(readme, gateway);

        var (exitCode, output) = await RunAsync(script, folder);

        Assert.True(exitCode == 0, output);
        Assert.All(shows, text => Assert.Contains(text, output, StringComparison.Ordinal));
        Assert.True(new FileInfo(Path.Combine(folder, "answer.json")).Length > 0);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The commands as they stand, but for the port and the data folder, and with the built <c>dx</c> instead of building it once more.</summary>
    private static string Script(string readme, GatewayProcess gateway)
    {
        var text = File.ReadAllText(Path.Combine(BuildOutput.RepositoryRoot, readme));
        var blocks = ShellBlock().Matches(text).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(blocks);
        var commands = string.Join('\n', blocks);
        Assert.Contains("dotnet run --project gateway/DataExchange.Cli -- ", commands, StringComparison.Ordinal);
        return "set -euo pipefail\n" + commands
            .Replace("http://127.0.0.1:5080", gateway.Client.BaseAddress!.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("gateway/DataExchange.Gateway/data/", gateway.DataFolder + "/", StringComparison.Ordinal)
            .Replace("dotnet run --project gateway/DataExchange.Cli -- ", $"dotnet {Path.Combine(BuildOutput.Of("DataExchange.Cli"), "dx.dll")} ", StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string script, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_DATA_HOME"] = Path.Combine(folder, "state");
        start.Environment["HOME"] = folder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
