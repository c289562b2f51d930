using System.Security.Cryptography;
using System.Text;
using DataExchange.Contracts.Log;
using DataExchange.Storage;
using DataExchange.TransparencyLog;
using DataExchange.TransparencyLog.Adoption;
using DataExchange.TransparencyLog.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Cli.Tests.Fsck;

/// <summary>A data folder as the gateway's own writer leaves it; tests then break it.</summary>
internal sealed class TestFolder : IDisposable
{
    public const int AccessSize = 900;
    public const int GovernanceSize = 12;

    private const int Batches = 9;

    private TestFolder(string path) => Path = path;

    public string Path { get; }

    public string FileOf(string name) => System.IO.Path.Combine(Path, name);

    public static async Task<TestFolder> WriteAsync(int batches = Batches)
    {
        var folder = new TestFolder(System.IO.Path.Combine(Directory.CreateTempSubdirectory("dx-folder-").FullName, "data"));
        await using (var open = await folder.OpenAsync())
        {
            await open.AppendAsync(batches);
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var vaultKey = new FileStream(folder.FileOf("vault.key"), options);
        await vaultKey.WriteAsync(new byte[32]);
        return folder;
    }

    /// <summary>Opens it as a gateway does.</summary>
    public async Task<RunningFolder> OpenAsync()
    {
        var data = new SqliteDataFolder(Path, NullLogger<SqliteDataFolder>.Instance);
        var options = new TransparencyLogOptions { Region = "demo.example", KeyFolder = Path };
        return new RunningFolder(data, await LogRegion.OpenAsync(data, options, null, new FirstLeaf(), TimeProvider.System, NullLogger<LogRegion>.Instance, null, CancellationToken.None));
    }

    /// <summary>A copy of the files as they stand, as a crash or a backup leaves them.</summary>
    public TestFolder Copy()
    {
        var copy = new TestFolder(System.IO.Path.Combine(Directory.CreateTempSubdirectory("dx-folder-").FullName, "data"));
        Directory.CreateDirectory(copy.Path);
        foreach (var file in Directory.GetFiles(Path).Where(file => System.IO.Path.GetExtension(file) != ".lock"))
        {
            File.Copy(file, copy.FileOf(System.IO.Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>Changes a database behind everybody's back. <c>flip(blob, place)</c> changes one bit; a negative place counts from the end.</summary>
    public void Damage(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={FileOf(database)};Pooling=False");
        connection.Open();
        connection.CreateFunction("flip", (byte[] blob, long place) =>
        {
            blob[place < 0 ? blob.Length + place : place] ^= 1;
            return blob;
        });
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text stands in a test.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.True(command.ExecuteNonQuery() != 0 || !sql.Contains(" SET ", StringComparison.Ordinal), $"Nothing was changed by: {sql}");
    }

    public void Dispose() => Directory.Delete(Directory.GetParent(Path)!.FullName, recursive: true);

    /// <summary>The newest checkpoint that was published, as a note.</summary>
    public string Published(string log)
    {
        using var connection = new SqliteConnection($"Data Source={FileOf("tiles.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT note FROM position WHERE log = $log";
        command.Parameters.AddWithValue("$log", log);
        return (string)command.ExecuteScalar()!;
    }

    internal static byte[] SealedLeaf(int index) =>
        new Leaf(LeafKinds.AccessReleased, 1_790_000_000_000 + index, SHA256.HashData(BitConverter.GetBytes(index % 20)), SHA256.HashData(BitConverter.GetBytes(index))).Encode();
}

/// <summary>What a gateway begins a new log with.</summary>
internal sealed class FirstLeaf : IAdoptionLeaf
{
    public ReadOnlyMemory<byte> Write(AdoptedLog adopted, long timeMs) =>
        Leaf.Encode(LeafKinds.LogAdopted, timeMs, default, Encoding.UTF8.GetBytes($$"""{"known":{{adopted.Known.Count}},"origin":"{{adopted.Origin}}","reason":"{{adopted.Reason}}"}"""));
}

/// <summary>A data folder whose gateway is running.</summary>
internal sealed class RunningFolder(SqliteDataFolder data, LogRegion region) : IAsyncDisposable
{
    private const int BatchSize = 100;

    public RegionLogs Logs => region.Logs;

    /// <summary>Appends one more open entry to the governance log.</summary>
    public async Task GovernAsync()
    {
        var leaf = new Leaf(LeafKinds.MemberAdmitted, 1_790_000_000_000, default, "{}"u8.ToArray()).Encode();
        await region.Logs.Governance.AppendAsync(new LogEntry { Leaf = leaf, Changes = [new StateChange("member", "late", "{}"u8.ToArray())] }, CancellationToken.None);
    }

    /// <summary>Appends sealed entries to the access log, a hundred at a time, and at first open ones to the governance log.</summary>
    public async Task AppendAsync(int batches)
    {
        var logs = region.Logs;
        for (var i = (int)logs.Governance.Latest.Size; i < TestFolder.GovernanceSize; i++)
        {
            var leaf = new Leaf(LeafKinds.MemberAdmitted, 1_790_000_000_000 + i, default, "{}"u8.ToArray()).Encode();
            await logs.Governance.AppendAsync(new LogEntry { Leaf = leaf, Changes = [new StateChange("member", $"m{i}", "{}"u8.ToArray())] }, CancellationToken.None);
        }

        for (var batch = 0; batch < batches; batch++)
        {
            var first = (int)logs.Access.Latest.Size;
            await Task.WhenAll(Enumerable.Range(first, BatchSize).Select(i => logs.Access.AppendAsync(Entry(i), CancellationToken.None).AsTask()));
        }

        await logs.Access.WaitPublishedAsync(logs.Access.Latest.Size, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await region.DisposeAsync();
        data.Dispose();
    }

    private static LogEntry Entry(int index)
    {
        var bytes = TestFolder.SealedLeaf(index);
        Assert.True(Leaf.TryDecode(bytes, out var leaf));
        return new LogEntry { Leaf = bytes, Sealed = (byte[])[1, .. RandomNumberGenerator.GetBytes(60)], Key = leaf.Tag };
    }
}
