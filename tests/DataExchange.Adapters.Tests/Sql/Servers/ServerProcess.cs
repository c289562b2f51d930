using System.Diagnostics;

namespace DataExchange.Adapters.Tests.Sql.Servers;

/// <summary>A database server of this test run alone: in a folder of its own, on a socket in it, gone afterwards.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Func<Task> _stop;

    private ServerProcess(Process process, string folder, Func<Task> stop) => (_process, Folder, _stop) = (process, folder, stop);

    public string Folder { get; }

    /// <summary>A folder that the server's user owns. Short, because the path of a socket may have 107 bytes.</summary>
    public static async Task<string> FolderAsync(string user)
    {
        var folder = Directory.CreateTempSubdirectory("dx").FullName;
        await RunAsync("root", "chmod", "755", folder);
        if (Environment.UserName == "root")
        {
            await RunAsync("root", "chown", user, folder);
        }

        return folder;
    }

    /// <summary>Runs a program to its end, as the user when this is root: servers refuse root.</summary>
    public static async Task RunAsync(string user, string program, params string[] arguments)
    {
        using var process = Start(user, program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await output} {await errors}");
        }
    }

    /// <summary>Starts a server and waits for the line that says it is ready.</summary>
    public static async Task<ServerProcess> ServeAsync(string user, string folder, string readyLine, Func<Task> stop, string program, params string[] arguments)
    {
        var process = Start(user, program, arguments);
        _ = process.StandardOutput.ReadToEndAsync();
        var said = new List<string>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var end = patience.Token.Register(() => process.Kill(entireProcessTree: true)); // Its output ends with it.
        while (await process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
        {
            said.Add(line);
            if (line.Contains(readyLine, StringComparison.Ordinal))
            {
                _ = process.StandardError.ReadToEndAsync();
                return new ServerProcess(process, folder, stop);
            }
        }

        throw new InvalidOperationException($"{program} did not start: {string.Join('\n', said)}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static Process Start(string user, string program, string[] arguments)
    {
        string[] line = Environment.UserName == "root" && user != "root" ? ["runuser", "-u", user, "--", program, .. arguments] : [program, .. arguments];
        return Process.Start(new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
    }
}
