using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Tests;

/// <summary>What one run of <c>dx</c> came to.</summary>
internal sealed record DxRun(int ExitCode, string Out, string Error)
{
    /// <summary>The report of a run with <c>--json</c>.</summary>
    public JsonElement Json => JsonElement.Parse(Out);

    private static string Program => Path.Combine(AppContext.BaseDirectory, "dx.dll");

    public string? Code => Json.GetProperty("code").GetString();

    /// <summary>Runs the command line inside this process.</summary>
    public static async Task<DxRun> InProcessAsync(string[] args, string input = "", bool isTerminal = false, string stateFolder = "", TimeProvider? clock = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = new DxConsole(output, error, () => new MemoryStream(Encoding.UTF8.GetBytes(input)), isTerminal, stateFolder)
        {
            Clock = clock ?? TimeProvider.System,
        };
        var exitCode = await Dx.RunAsync(args, console);
        return new DxRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs the built program.</summary>
    public static Task<DxRun> ProcessAsync(string[] args, string input = "") => StartAsync("dotnet", [Program, .. args], input);

    /// <summary>Starts the built program and leaves it running.</summary>
    public static Process Start(string[] args) => Process.Start("dotnet", [Program, .. args]);

    public static async Task<DxRun> StartAsync(string program, string[] args, string input = "")
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new DxRun(process.ExitCode, await output, await error);
    }

    /// <summary>Asserts the exit code and the stable code of a run with <c>--json</c>.</summary>
    public DxRun Shows(int exitCode, string code)
    {
        Assert.True(exitCode == ExitCode && code == Code, $"Expected {exitCode} {code}, got {ExitCode}: {Out}{Error}");
        Assert.Equal(exitCode == 0, Json.GetProperty("verified").GetBoolean());
        return this;
    }
}
