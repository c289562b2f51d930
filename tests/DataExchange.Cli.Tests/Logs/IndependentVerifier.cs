using System.ComponentModel;

namespace DataExchange.Cli.Tests.Logs;

/// <summary>The Python verifier, which shares no code with us.</summary>
internal static class IndependentVerifier
{
    public static async Task<DxRun> RunAsync(params string[] args)
    {
        try
        {
            return await DxRun.StartAsync("python3", [Path.Combine(AppContext.BaseDirectory, "verifier", "verify_tlog.py"), .. args]);
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not installed.");
            throw;
        }
    }
}
