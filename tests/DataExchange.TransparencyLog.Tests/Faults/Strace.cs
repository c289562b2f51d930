using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DataExchange.TransparencyLog.Tests.Faults;

/// <summary>strace, attached to a running process: it records system calls, and breaks those that it is told to.</summary>
internal sealed class Strace : IAsyncDisposable
{
    private const string Program = "/usr/bin/strace";
    private const int SigTerm = 15;

    private static readonly Lazy<string?> Reason = new(Probe);

    private readonly Process _process;
    private readonly string _output;
    private Task _rest = Task.CompletedTask;

    private Strace(Process process, string output) => (_process, _output) = (process, output);

    /// <summary>Skips the test where strace cannot attach; in continuous integration that fails it.</summary>
    public static void SkipWhereUnavailable()
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Null(Reason.Value);
        }

        Assert.SkipWhen(Reason.Value is not null, Reason.Value ?? "");
    }

    /// <summary>Returns once every thread of the process is traced.</summary>
    public static async Task<Strace> AttachAsync(int process, string output, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program, ["-f", "-e", "signal=none", "-o", output, .. arguments, "-p", $"{process}"]) { RedirectStandardError = true };
        var strace = new Strace(Process.Start(start)!, output);
        while (await strace._process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("attached", StringComparison.Ordinal))
            {
                strace._rest = strace._process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken); // Or its pipe would fill up.
                return strace;
            }

            Assert.DoesNotContain("ptrace", line, StringComparison.Ordinal);
        }

        throw new InvalidOperationException($"strace did not attach to {process}.");
    }

    /// <summary>Lets the process go, and returns what was recorded.</summary>
    public async Task<string[]> DetachAsync()
    {
        if (!_process.HasExited)
        {
            _ = Signal(_process.Id, SigTerm);
        }

        await _rest;
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await File.ReadAllLinesAsync(_output, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        File.Delete(_output);
    }

    private static string? Probe()
    {
        if (!File.Exists(Program))
        {
            return $"{Program} is missing: install the package strace.";
        }

        using var process = Process.Start(new ProcessStartInfo(Program, ["-o", "/dev/null", "-e", "inject=fsync:error=EIO", "/bin/true"]) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"strace cannot trace here: {error}";
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
