using System.Diagnostics;
using System.Text;
using DataExchange.Adapters.Tests.Conformance;
using DataExchange.Adapters.Tests.Files;
using DataExchange.Contracts;
using DataExchange.Contracts.Providers;

namespace DataExchange.Adapters.Tests.Kit;

/// <summary>An adapter as an operator runs it: a process with a settings file.</summary>
public class ProcessTests
{
    [Fact]
    public async Task It_serves_what_its_settings_file_says_until_told_to_stop()
    {
        using var folder = new DropFolder();
        using var forge = new IntentForge();
        folder.Replace("身份证号,配偶姓名,登记日期,是否有效\n11010519491231002X,李四,20010203,是\n#rows,1\n", "marriage.csv");
        folder.Replace("id_number|guardian|since\n", "adoption.csv");
        folder.Replace("0", "adoption.count");
        using var process = Start(
            "Files", "--settings", Path.Combine(AppContext.BaseDirectory, "samples", "files.json"), "--Urls", "http://127.0.0.1:0",
            "--Adapter:Files:Folder", folder.Path, "--Adapter:Log:VerifierKey", forge.VerifierKey, "--Adapter:Datasets:civil-affairs/marriage:Encoding", "utf-8");
        using var end = new KillAtEnd(process);
        var address = await AddressAsync(process);

        using var client = new HttpClient { BaseAddress = address };
        var now = TimeProvider.System.GetUtcNow();
        var query = forge.Question(now, "11010519491231002X", ["spouseName", "registeredOn", "valid"], "civil-affairs/marriage");
        using var content = new StringContent(System.Text.Json.JsonSerializer.Serialize(query, ContractsJsonContext.Default.ProviderQuery), Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(ProviderProtocol.QueryPath, UriKind.Relative), content, TestContext.Current.CancellationToken);
        var answer = await Answer.ReadAsync(response);
        Assert.Equal("""{"spouseName":"李四","registeredOn":"2001-02-03","valid":true}""", answer.Record.GetRawText());

        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("Sql")]
    [InlineData("Files")]
    [InlineData("Rest")]
    public async Task It_refuses_to_start_without_settings_and_says_everything_that_is_missing(string adapter)
    {
        using var process = Start(adapter);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, process.ExitCode);
        Assert.Contains("Adapter:Log:VerifierKey is missing.", errors, StringComparison.Ordinal);
        Assert.Contains("Adapter:Datasets is missing.", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_refuses_to_start_from_a_settings_file_that_is_not_there()
    {
        using var process = Start("Sql", "--settings", "/nowhere/settings.json");
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, process.ExitCode);
        Assert.Contains("/nowhere/settings.json", errors, StringComparison.Ordinal);
    }

    private static Process Start(string adapter, params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, $"DataExchange.Adapters.{adapter}.dll"), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Path.GetTempPath(),
    })!;

    private static async Task<Uri> AddressAsync(Process process)
    {
        const string Listening = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new Uri(line[(at + Listening.Length)..line.IndexOf('"', at)]);
            }
        }

        throw new InvalidOperationException($"It did not start: {await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>A process outlives the test that failed before it ended it.</summary>
    private sealed class KillAtEnd(Process process) : IDisposable
    {
        public void Dispose() => process.Kill(); // Of one that has ended, nothing.
    }
}
