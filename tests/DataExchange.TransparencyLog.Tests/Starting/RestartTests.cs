using DataExchange.Storage;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Starting;

public sealed class RestartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_restarted_log_goes_on_where_it_stopped_under_the_same_key()
    {
        var seen = new List<SignedCheckpoint>();
        var acknowledged = new List<(long, string)>();
        var keys = new HashSet<string>();
        for (var start = 0; start < 5; start++)
        {
            await using var region = await TestRegion.OpenAsync(_folder);
            keys.Add(region.Access.Verifier.ToString());
            Assert.Equal(seen.LastOrDefault()?.Size ?? 0, region.Access.Latest.Size);
            Assert.Equal(region.Access.Latest, region.Access.Published);
            for (var i = 0; i < 99; i++)
            {
                var result = await region.Access.AppendAsync($"{start}/{i}");
                acknowledged.Add((result.Index, $"{start}/{i}"));
                seen.Add(result.Batch!.Checkpoint);
            }

            await LogAudit.SoundAsync(region.Access, seen);
            await LogAudit.HoldsAsync(region.Access, acknowledged);
        }

        Assert.Single(keys);
    }

    [Fact]
    public async Task A_checkpoint_stored_far_behind_the_tiles_is_still_what_a_start_compares_with()
    {
        // Beyond 65,536 entries a start begins amid the log, at stored tiles: never after the checkpoint that it has to meet.
        SignedCheckpoint behind;
        await using (var region = await TestRegion.OpenAsync(_folder))
        {
            behind = await GrowAsync(region.Access, 70_000);
            await GrowAsync(region.Access, 140_000);
        }

        Sql.Run(_folder.File("tiles.db"), $"UPDATE position SET note = '{behind.Note}' WHERE log = 'access'");
        await using var again = await TestRegion.OpenAsync(_folder);
        Assert.Equal(140_000, again.Access.Latest.Size);
        await LogAudit.SoundAsync(again.Access, behind);
    }

    [Fact]
    public async Task A_second_process_is_kept_out_and_told_which_folder()
    {
        await using var region = await TestRegion.OpenAsync(_folder);
        var error = await Assert.ThrowsAsync<StorageException>(() => TestRegion.OpenAsync(_folder));
        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("in use by another process", error.Message, StringComparison.Ordinal);
        await region.Access.AppendAsync("undisturbed");
    }

    [Fact]
    public async Task Files_are_for_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are a matter of Unix.");
        var data = _folder.File("new/data");
        using var storage = new SqliteDataFolder(data, Microsoft.Extensions.Logging.Abstractions.NullLogger<SqliteDataFolder>.Instance);
        await storage.OpenLog(LogNames.Access).ReopenAsync(TestContext.Current.CancellationToken);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Mode(data));
        Assert.All(Directory.GetFiles(data), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(file)));
        Assert.All(["exchange.db", "exchange.db-wal", "vault.db", "tiles.db", "exchange.lock"], file => Assert.True(File.Exists(Path.Combine(data, file)), file));
    }

    [Theory]
    [InlineData("exchange.db")]
    [InlineData("vault.db")]
    [InlineData("tiles.db")]
    public async Task A_file_that_is_no_database_is_named(string file)
    {
        await File.WriteAllTextAsync(_folder.File(file), new string('x', 5000), TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<StorageException>(() => TestRegion.OpenAsync(_folder));
        Assert.Contains(_folder.File(file), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exchange.db")]
    [InlineData("tiles.db")]
    public async Task Another_programs_database_and_a_newer_version_are_refused(string file)
    {
        Sql.Run(_folder.File(file), "PRAGMA user_version=3");
        Assert.Contains("not a file of this program", (await Assert.ThrowsAsync<StorageException>(() => TestRegion.OpenAsync(_folder))).Message, StringComparison.Ordinal);

        File.Delete(_folder.File(file));
        await (await TestRegion.OpenAsync(_folder)).DisposeAsync();
        Sql.Run(_folder.File(file), "PRAGMA user_version=99");
        Assert.Contains("has version 99", (await Assert.ThrowsAsync<StorageException>(() => TestRegion.OpenAsync(_folder))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_cannot_be_are_all_named_at_once()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => TestRegion.OpenAsync(_folder, configure: options =>
        {
            options.Region = "a b";
            options.KeyFolder = " ";
            options.MaxBatchEntries = 0;
            options.MaxRecoveryDelay = TimeSpan.Zero;
        }));
        Assert.All(["Region", "KeyFolder", "MaxBatchEntries", "MaxRecoveryDelay"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

#pragma warning disable CA1416 // Skipped on Windows.
    private static UnixFileMode Mode(string path) => File.GetUnixFileMode(path);
#pragma warning restore CA1416

    private static async Task<SignedCheckpoint> GrowAsync(ITransparencyLog log, int size)
    {
        while (log.Latest.Size < size)
        {
            await log.AppendManyAsync(10_000);
        }

        return log.Latest;
    }
}
