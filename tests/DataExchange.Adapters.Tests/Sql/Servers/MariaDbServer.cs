using MySqlConnector;

namespace DataExchange.Adapters.Tests.Sql.Servers;

/// <summary>One MariaDB for the whole run, started by the first test that needs it.</summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    private const string Binary = "/usr/sbin/mariadbd";
    private readonly Lazy<Task<ServerProcess>> _server = new(StartAsync);

    /// <summary>Skips the test where MariaDB is not installed.</summary>
    internal async Task<string> ConnectionStringAsync()
    {
        Assert.SkipUnless(File.Exists(Binary), $"MariaDB is not installed: no {Binary} (tests/run.sh installs it)");
        return For((await _server.Value).Folder);
    }

    /// <summary>The same for a socket that nobody listens on.</summary>
    internal static string For(string folder, int seconds = 60) => $"Server={folder}/s;Protocol=Unix;User ID=root;Database=test;Connection Timeout={seconds}";

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }

    private static async Task<ServerProcess> StartAsync()
    {
        var folder = await ServerProcess.FolderAsync("mysql");
        var data = Path.Combine(folder, "data");
        await ServerProcess.RunAsync("mysql", "mariadb-install-db", "--no-defaults", $"--datadir={data}", "--auth-root-authentication-method=normal");
        return await ServerProcess.ServeAsync(
            "mysql", folder, "ready for connections", () => ShutDownAsync(folder),
            Binary, "--no-defaults", $"--datadir={data}", $"--socket={folder}/s", $"--pid-file={folder}/pid", "--skip-networking", "--max-allowed-packet=16M");
    }

    private static async Task ShutDownAsync(string folder)
    {
        MySqlConnection.ClearAllPools();
        await using var connection = new MySqlConnection(For(folder) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new MySqlCommand("SHUTDOWN", connection);
        await command.ExecuteNonQueryAsync();
    }
}
