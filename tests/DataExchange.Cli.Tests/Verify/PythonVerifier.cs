using System.ComponentModel;

namespace DataExchange.Cli.Tests.Verify;

/// <summary>The scripts of <c>tests/verifier</c>.</summary>
internal static class PythonVerifier
{
    public static Task<DxRun> RunAsync(params string[] args) => ScriptAsync("verify_tlog.py", args);

    public static async Task<DxRun> ScriptAsync(string script, params string[] args)
    {
        try
        {
            return await DxRun.StartAsync("python3", [Path.Combine(AppContext.BaseDirectory, "verifier", script), .. args]);
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not installed.");
            throw;
        }
    }
}
