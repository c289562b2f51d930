namespace DataExchange.Adapters.Tests.Sql.Servers;

/// <summary>One PostgreSQL for the whole run, started by the first test that needs it.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly Lazy<Task<ServerProcess>> _server = new(StartAsync);

    /// <summary>Skips the test where PostgreSQL is not installed.</summary>
    internal async Task<string> ConnectionStringAsync()
    {
        Assert.SkipUnless(Binaries is not null, "PostgreSQL is not installed: no /usr/lib/postgresql/*/bin/postgres (tests/run.sh installs it)");
        return For((await _server.Value).Folder);
    }

    /// <summary>The same for a socket that nobody listens on.</summary>
    internal static string For(string folder, int seconds = 60) => $"Host={folder};Username=postgres;Database=postgres;Timeout={seconds}";

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }

    private static string? Binaries { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "postgres")))
        : null;

    private static async Task<ServerProcess> StartAsync()
    {
        var folder = await ServerProcess.FolderAsync("postgres");
        var data = Path.Combine(folder, "data");
        await ServerProcess.RunAsync("postgres", $"{Binaries}/initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
        return await ServerProcess.ServeAsync(
            "postgres", folder, "ready to accept connections", () => ServerProcess.RunAsync("postgres", $"{Binaries}/pg_ctl", "-D", data, "stop", "-m", "fast"),
            $"{Binaries}/postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off");
    }
}
