using System.Diagnostics;

namespace DataExchange.Gateway.Tests.Running;

/// <summary>The verifiers of <c>tests/verifier</c>, which share no code with the gateway.</summary>
internal static class StrangersVerifier
{
    /// <summary>Verifies a whole log.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(HttpClient client, string log)
    {
        var vkey = (await client.GetStringAsync($"/log/{log}/vkey", TestContext.Current.CancellationToken)).TrimEnd();
        return await RunAsync("verify_tlog.py", new Uri(client.BaseAddress!, $"/log/{log}").ToString(), vkey);
    }

    public static async Task<(int ExitCode, string Output)> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(BuildOutput.RepositoryRoot, "tests/verifier", script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
