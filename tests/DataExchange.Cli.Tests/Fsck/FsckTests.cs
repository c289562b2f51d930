using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Fsck;

/// <summary>One folder written by the gateway's own writer; each test breaks a copy.</summary>
public sealed class WrittenFolder : IAsyncLifetime
{
    internal TestFolder Folder { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Folder = await TestFolder.WriteAsync();

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class FsckTests(WrittenFolder written) : IClassFixture<WrittenFolder>, IDisposable
{
    private const string Middle = "WHERE first_index = (SELECT min(first_index) FROM access_batch WHERE first_index >= 300)";
    private const string Last = "WHERE first_index = (SELECT max(first_index) FROM access_batch)";

    private readonly TestFolder _folder = written.Folder.Copy();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folder_as_the_gateway_leaves_it_holds_what_it_should_and_is_not_touched()
    {
        var before = Hashes();
        var json = (await FsckAsync("--deep")).Shows(0, "verified").Json;
        Assert.Empty(json.GetProperty("findings").EnumerateArray());
        Assert.Equal(TestFolder.AccessSize, json.GetProperty("entries").GetProperty("access").GetInt32());
        Assert.Equal(TestFolder.GovernanceSize, json.GetProperty("entries").GetProperty("governance").GetInt32());
        Assert.Equal(before, Hashes());
    }

    [Theory]
    [InlineData("leaves = flip(leaves, 80)", Middle, "entries-damaged")]
    [InlineData("leaves = flip(leaves, -1)", Last, "entries-damaged")]
    [InlineData("leaves = flip(leaves, 0)", Middle, "leaves-malformed")]
    [InlineData("leaves = flip(leaves, 2)", Middle, "leaf-malformed")]
    [InlineData("leaves = substr(leaves, 1, length(leaves) - 1)", Middle, "leaves-malformed")]
    [InlineData("count = count + 1", Middle, "leaves-malformed")]
    [InlineData("root = flip(root, 9)", Middle, "batch-root-damaged")]
    [InlineData("root = flip(root, 9)", Last, "batch-root-damaged")]
    [InlineData("first_index = first_index + 1", Last, "batch-gap")]
    [InlineData("id = substr(id, 2)", Middle, "batch-id-malformed")]
    [InlineData("time = time + 1000000000", Middle, "batch-time")]
    [InlineData("time = 5", Middle, "batch-time")]
    [InlineData("keys = flip(keys, 4)", Middle, "keys-malformed")]
    [InlineData("keys = flip(keys, 1)", Middle, "keys-malformed")]
    [InlineData("sealed = flip(sealed, 3)", Middle, "sealed-malformed")]
    [InlineData("sealed = x'00000005' || x'0101010101' || substr(sealed, 66)", Middle, "sealed-malformed")]
    [InlineData("sealed = x'00000000' || substr(sealed, 66)", Middle, "sealed-malformed")]
    public async Task Damage_in_any_column_of_a_batch_is_found(string change, string where, string code)
    {
        _folder.Damage("exchange.db", $"UPDATE access_batch SET {change} {where}");
        Assert.Contains(code, Codes((await FsckAsync()).Json));
        Assert.Equal(1, (await FsckAsync()).ExitCode);
    }

    [Theory]
    [InlineData("DELETE FROM access_batch " + Middle, "batch-gap")]
    [InlineData("DELETE FROM access_batch " + Last, "head-mismatch")]
    [InlineData("UPDATE log_head SET size = size + 1 WHERE log = 'access'", "head-mismatch")]
    [InlineData("UPDATE log_head SET root = flip(root, 0) WHERE log = 'access'", "head-mismatch")]
    [InlineData("UPDATE log_head SET range = flip(range, 40) WHERE log = 'governance'", "head-mismatch")]
    [InlineData("UPDATE log_head SET time = 5 WHERE log = 'access'", "batch-time")]
    [InlineData("DELETE FROM log_head WHERE log = 'access'", "head-mismatch")]
    [InlineData("UPDATE register_state SET log_index = 12 WHERE id = 'm3'", "state-ahead")]
    [InlineData("UPDATE governance_batch SET leaves = flip(leaves, -1) WHERE first_index = 5", "entries-damaged")]
    [InlineData("UPDATE log_key SET vkey = 'nonsense' WHERE log = 'access'", "key-malformed")]
    [InlineData("UPDATE log_key SET vkey = (SELECT vkey FROM log_key WHERE log = 'governance') WHERE log = 'access'", "key-mismatch")]
    [InlineData("DROP TABLE access_batch", "file-unreadable")]
    [InlineData("PRAGMA application_id = 5", "file-unreadable")]
    public async Task Damage_elsewhere_in_the_logs_is_found(string sql, string code) => await FindsAsync("exchange.db", sql, code);

    [Theory]
    [InlineData("UPDATE access_tile SET hashes = flip(hashes, 100) WHERE level = 0 AND tile = 1", "tile-mismatch")]
    [InlineData("DELETE FROM access_tile WHERE level = 0 AND tile = 2", "tile-missing")]
    [InlineData("UPDATE access_tile SET tile = 7 WHERE level = 0 AND tile = 2", "tile-missing")]
    [InlineData("INSERT INTO access_tile VALUES (1, 0, x'00')", "tile-mismatch")]
    [InlineData("UPDATE position SET size = 256 WHERE log = 'access'", "tile-mismatch")]
    [InlineData("UPDATE position SET size = 901 WHERE log = 'access'", "checkpoint-ahead")]
    [InlineData("UPDATE position SET note = replace(note, '900', '800') WHERE log = 'access'", "checkpoint-invalid")]
    [InlineData("UPDATE position SET note = 'nonsense' WHERE log = 'access'", "checkpoint-invalid")]
    public async Task Damage_in_what_is_derived_is_found(string sql, string code) => await FindsAsync("tiles.db", sql, code);

    [Fact]
    public async Task Damage_in_the_search_index_is_found()
    {
        using (var tiles = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.FileOf("tiles.db")};Pooling=False"))
        {
            tiles.Open();
            using var find = tiles.CreateCommand();
            find.CommandText = "SELECT name FROM sqlite_schema WHERE name IN ('access_key', 'access_search')";
            _folder.Damage("tiles.db", $"UPDATE {find.ExecuteScalar()} SET key = flip(key, 3) WHERE log_index = 500");
        }

        Assert.Equal(["index-mismatch"], Codes((await FsckAsync()).Shows(1, "index-mismatch").Json));
    }

    [Fact]
    public async Task Damaged_leaf_is_placed_and_does_not_send_people_after_the_tiles()
    {
        _folder.Damage("exchange.db", $"UPDATE access_batch SET leaves = flip(leaves, 80) {Middle}");
        var findings = (await FsckAsync()).Shows(1, "entries-damaged").Json.GetProperty("findings");
        Assert.Equal("entries-damaged", Assert.Single(findings.EnumerateArray()).GetProperty("code").GetString());
        Assert.Contains("entries 256 to 511", findings[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("backup", findings[0].GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sealed_record_of_an_unknown_version_is_a_warning()
    {
        _folder.Damage("exchange.db", $"UPDATE access_batch SET sealed = x'0000003D09' || substr(sealed, 6) {Middle}");
        Assert.Equal(["sealed-unknown"], Codes((await FsckAsync()).Shows(0, "verified").Json));
    }

    [Fact]
    public async Task File_of_a_newer_program_is_checked_as_far_as_it_is_known()
    {
        _folder.Damage("exchange.db", "PRAGMA user_version = 99; CREATE TABLE something_new (id INTEGER); INSERT INTO something_new VALUES (1)");
        Assert.Equal(["file-newer"], Codes((await FsckAsync()).Shows(0, "verified").Json));
    }

    [Fact]
    public async Task Published_checkpoint_of_another_history_is_found()
    {
        using var signer = NoteSigner.FromSeed("demo.example/access", Convert.FromBase64String(await File.ReadAllTextAsync(_folder.FileOf("access.key"), TestContext.Current.CancellationToken)));
        var note = new Checkpoint("demo.example/access", 800, TreeHasher.EmptyRoot).Sign(signer);
        await FindsAsync("tiles.db", $"UPDATE position SET note = '{note}' WHERE log = 'access'", "checkpoint-mismatch");
    }

    [Fact]
    public async Task Older_copy_of_the_logs_beside_a_newer_published_checkpoint_is_found()
    {
        using var older = await TestFolder.WriteAsync(batches: 3);
        using var newer = older.Copy();
        await using (var open = await newer.OpenAsync())
        {
            await open.AppendAsync(3);
        }

        File.Copy(older.FileOf("exchange.db"), newer.FileOf("exchange.db"), overwrite: true);
        var run = await DxRun.InProcessAsync(["fsck", newer.Path, "--json"]);
        Assert.Contains("Do not start the gateway", run.Shows(1, "checkpoint-ahead").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access.key")]
    [InlineData("governance.key")]
    [InlineData("vault.key")]
    [UnsupportedOSPlatform("windows")]
    public async Task Key_that_others_can_read_is_found(string key)
    {
        File.SetUnixFileMode(_folder.FileOf(key), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", (await FsckAsync()).Shows(1, "key-exposed").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access.key", "bm90IGEga2V5", "key-malformed")]
    [InlineData("access.key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "key-mismatch")]
    [InlineData("vault.key", "short", "key-malformed")]
    public async Task Key_that_is_not_the_folders_is_found(string key, string content, string code)
    {
        await File.WriteAllTextAsync(_folder.FileOf(key), content, TestContext.Current.CancellationToken);
        (await FsckAsync()).Shows(1, code);
    }

    [Fact]
    public async Task Keys_may_be_elsewhere()
    {
        var keys = Directory.CreateDirectory(Path.Combine(_folder.Path, "..", "keys")).FullName;
        foreach (var key in Directory.GetFiles(_folder.Path, "*.key"))
        {
            File.Move(key, Path.Combine(keys, Path.GetFileName(key)));
        }

        Assert.Equal(["key-missing", "key-missing", "key-missing"], Codes((await FsckAsync()).Shows(0, "verified").Json));
        Assert.Empty(Codes((await FsckAsync("--keys", keys)).Shows(0, "verified").Json));
    }

    [Fact]
    public async Task Missing_vault_is_found_and_missing_tiles_are_a_warning()
    {
        File.Delete(_folder.FileOf("tiles.db"));
        Assert.Equal(["file-missing"], Codes((await FsckAsync()).Shows(0, "verified").Json));
        File.Delete(_folder.FileOf("vault.db"));
        (await FsckAsync()).Shows(1, "file-missing");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Backup_holds_what_it_should(bool isLogsOnly)
    {
        var backup = Path.Combine(_folder.Path, "..", "backup");
        (await DxRun.InProcessAsync(["backup", _folder.Path, backup, .. isLogsOnly ? new[] { "--logs-only" } : ["--with-keys"], "--json"])).Shows(0, "verified");
        var report = (await DxRun.InProcessAsync(["fsck", backup, "--json"])).Shows(0, "verified").Json;
        string[] missing = isLogsOnly ? ["file-missing", "file-missing", "file-missing", "key-missing", "key-missing", "key-missing"] : ["file-missing"];
        Assert.Equal(missing, Codes(report).Order());
    }

    [Fact]
    public async Task Vault_key_of_another_time_is_found()
    {
        var (old, now) = (new byte[32], RandomNumberGenerator.GetBytes(32));
        _folder.Damage("vault.db", $"INSERT INTO header (one, key_id, sealed) VALUES (1, '{DataFolders.VaultKey.IdOf(now)}', x'01')");
        (await FsckAsync()).Shows(1, "key-mismatch");

        // While the key changes, the next one may be the one that counts.
        await File.WriteAllBytesAsync(_folder.FileOf("vault.key.next"), now, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.FileOf("vault.key.next"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await FsckAsync()).Shows(0, "verified");
        await File.WriteAllBytesAsync(_folder.FileOf("vault.key"), now, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_folder.FileOf("vault.key.next"), old, TestContext.Current.CancellationToken);
        (await FsckAsync()).Shows(0, "verified");
    }

    [Theory]
    [InlineData("access.key")]
    [InlineData("vault.key")]
    public async Task Key_that_cannot_be_read_is_found(string key)
    {
        await using var held = new FileStream(_folder.FileOf(key), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        (await FsckAsync()).Shows(1, "file-unreadable");
    }

    [Theory]
    [InlineData("exchange.db")]
    [InlineData("tiles.db")]
    public async Task Damaged_pages_are_found(string file)
    {
        await using (var stream = File.OpenWrite(_folder.FileOf(file)))
        {
            stream.Position = 2 * 4096;
            await stream.WriteAsync(Enumerable.Repeat((byte)0xA5, 8 * 4096).ToArray(), TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, (await FsckAsync("--deep")).ExitCode);
    }

    [Fact]
    public async Task Running_gateway_is_refused_or_read_at_one_moment()
    {
        await using var open = await _folder.OpenAsync();
        (await FsckAsync()).Shows(2, "folder-in-use");
        Assert.Equal(TestFolder.AccessSize, Entries(await FsckAsync("--snapshot")));
        await open.AppendAsync(2);
        Assert.Equal(TestFolder.AccessSize + 200, Entries(await FsckAsync("--snapshot")));
    }

    [Fact]
    public async Task Commits_that_stand_only_in_the_write_ahead_log_are_read()
    {
        TestFolder crashed;
        await using (var open = await _folder.OpenAsync())
        {
            await open.AppendAsync(1);
            crashed = _folder.Copy();
        }

        using (crashed)
        {
            Assert.True(new FileInfo(crashed.FileOf("exchange.db-wal")).Length > 0);
            Assert.Equal(TestFolder.AccessSize + 100, Entries(await DxRun.InProcessAsync(["fsck", crashed.Path, "--json"])));
        }
    }

    [Fact]
    public async Task Folder_that_is_no_data_folder_is_no_verdict()
    {
        File.Delete(_folder.FileOf("exchange.db"));
        (await FsckAsync()).Shows(2, "source-unreadable");
    }

    [Fact]
    public async Task People_see_a_line_for_each_finding()
    {
        _folder.Damage("tiles.db", "DELETE FROM access_tile WHERE tile = 2");
        var run = await DxRun.InProcessAsync(["fsck", _folder.Path]);
        Assert.StartsWith("DOES NOT VERIFY (tile-missing)", run.Out, StringComparison.Ordinal);
        Assert.Contains("[tile-missing] tiles.db access_tile, tile/0/002: The tile is not stored. It is derived", run.Out, StringComparison.Ordinal);
    }

    private static int Entries(DxRun run) => run.Shows(0, "verified").Json.GetProperty("entries").GetProperty("access").GetInt32();

    private static string?[] Codes(JsonElement report) => [.. report.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString())];

    private string[] Hashes() =>
        [.. Directory.GetFiles(_folder.Path).Order().Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}")];

    private async Task FindsAsync(string database, string sql, string code)
    {
        _folder.Damage(database, sql);
        var run = await FsckAsync();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(code, Codes(run.Json));
    }

    private Task<DxRun> FsckAsync(params string[] more) => DxRun.InProcessAsync(["fsck", _folder.Path, "--json", .. more]);
}
