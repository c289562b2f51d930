using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Starting;

/// <summary>Somebody changed the files while the log was stopped. It does not sign what it finds.</summary>
public sealed class TamperingTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        await using var region = await TestRegion.OpenAsync(_folder);
        for (var i = 0; i < 6; i++)
        {
            await region.Access.AppendManyAsync(100, $"round {i}");
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("exchange.db", "UPDATE access_batch SET leaves = CAST(replace(CAST(leaves AS TEXT), 'round 2 5', 'round 2 6') AS BLOB)", "do not hash")]
    [InlineData("exchange.db", "UPDATE access_batch SET leaves = substr(leaves, 1, length(leaves) - 1) WHERE first_index = 0", "ends inside an entry")]
    [InlineData("exchange.db", "UPDATE access_batch SET leaves = leaves || x'0000' WHERE first_index = 0", "do not hash")]
    [InlineData("exchange.db", "UPDATE access_batch SET root = zeroblob(32) WHERE first_index = 0", "do not hash")]
    [InlineData("exchange.db", "DELETE FROM access_batch WHERE first_index = 0", "is missing")]
    [InlineData("exchange.db", "DELETE FROM access_batch WHERE first_index = (SELECT max(first_index) FROM access_batch)", "batches end at")]
    [InlineData("exchange.db", "UPDATE log_head SET size = size + 1 WHERE log = 'access'", "does not fit together")]
    [InlineData("exchange.db", "UPDATE log_head SET root = zeroblob(32) WHERE log = 'access'", "does not fit together")]
    [InlineData("exchange.db", "DELETE FROM log_head WHERE log = 'access'", "is missing from")]
    [InlineData("exchange.db", "UPDATE log_head SET log = 'excess' WHERE log = 'access'", "is missing from")]
    [InlineData("exchange.db", "UPDATE log_head SET range = zeroblob(length(range)) WHERE log = 'access'", "does not fit together")]
    [InlineData("exchange.db", "UPDATE access_batch SET count = count + 1 WHERE first_index = 0", "ends inside an entry")]
    [InlineData("exchange.db", "UPDATE access_batch SET first_index = 1 WHERE first_index = 0", "is missing")]
    [InlineData("exchange.db", "UPDATE access_batch SET root = x'00' WHERE first_index = 0", "does not fit together")]
    [InlineData("exchange.db", "UPDATE access_batch SET id = x'00' WHERE first_index = 0", "does not fit together")]
    [InlineData("exchange.db", "UPDATE log_key SET vkey = replace(vkey, '+', '-') WHERE log = 'access'", "is signed by the key")]
    [InlineData("tiles.db", "UPDATE access_tile SET hashes = zeroblob(8192) WHERE tile = 1", "tile/0/001")]
    [InlineData("tiles.db", "DELETE FROM access_tile", "tile/0/000")]
    [InlineData("tiles.db", "UPDATE position SET note = replace(note, '/access', '/excess') WHERE log = 'access'", "is not signed by the key")]
    public async Task A_changed_file_is_noticed_before_the_first_signature(string file, string change, string reason)
    {
        Sql.Run(_folder.File(file), change);
        var error = await Assert.ThrowsAsync<LogCorruptException>(() => TestRegion.OpenAsync(_folder));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_has_lost_entries_is_not_signed()
    {
        Sql.Run(_folder.File("tiles.db"), "UPDATE position SET size = size + 5 WHERE log = 'access'");
        var error = await Assert.ThrowsAsync<LogCorruptException>(() => TestRegion.OpenAsync(_folder));
        Assert.Contains("tiles.db reaches 605 entries", error.Message, StringComparison.Ordinal);
        Assert.Contains("Restore a backup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consistent_forgery_of_the_whole_log_is_noticed_by_the_checkpoint_that_was_published()
    {
        // The forger has the key and a log of the same size, but not the published checkpoint.
        using var forged = new TemporaryFolder();
        File.Copy(_folder.File("access.key"), forged.File("access.key"));
        File.Copy(_folder.File("governance.key"), forged.File("governance.key"));
        await using (var region = await TestRegion.OpenAsync(forged))
        {
            await region.Access.AppendManyAsync(600, "forged");
        }

        File.Copy(forged.File("exchange.db"), _folder.File("exchange.db"), overwrite: true);
        Sql.Run(_folder.File("tiles.db"), "DELETE FROM access_tile");
        Sql.Run(_folder.File("tiles.db"), "UPDATE position SET size = 0 WHERE log = 'access'");
        var error = await Assert.ThrowsAsync<LogRolledBackException>(() => TestRegion.OpenAsync(_folder));
        Assert.Contains("give another root than the checkpoint published last", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_copy_of_the_log_is_noticed_while_running_and_nothing_is_signed_over_it()
    {
        FaultyStorage storage = null!;
        await using var region = await TestRegion.OpenAsync(_folder, inner => storage = new FaultyStorage(inner, LogNames.Access));
        var signed = region.Access.Latest;
        Sql.Run(_folder.File("exchange.db"), "CREATE TABLE kept AS SELECT * FROM access_batch WHERE first_index > 0; DELETE FROM access_batch WHERE first_index > 0;");
        storage.FailOnce(FaultPoint.BeforeCommit);
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await region.Access.AppendAsync("refused"));
        await region.Events.WaitAsync(EventLog<object>.RecoveryFailed);
        Assert.False(region.Access.Health.IsWritable);
        Assert.Equal(signed, region.Access.Latest);

        Sql.Run(_folder.File("exchange.db"), "INSERT INTO access_batch SELECT * FROM kept");
        await region.Events.WaitAsync(EventLog<object>.Recovered);
        await region.Access.AppendAsync("after");
        await LogAudit.SoundAsync(region.Access, signed);
    }

    [Fact]
    public async Task A_batch_that_changes_under_a_running_log_stops_the_writer()
    {
        FaultyStorage storage = null!;
        await using var region = await TestRegion.OpenAsync(
            _folder, inner => storage = new FaultyStorage(inner, LogNames.Access), options => options.ReadBackEvery = int.MaxValue);
        var armed = 1;
        storage.OnEach(at =>
        {
            // After the commit is confirmed and before the publisher has read the batch back.
            if (at == FaultPoint.ReadBatches && Interlocked.Exchange(ref armed, 0) == 1)
            {
                Sql.Run(_folder.File("exchange.db"), "UPDATE access_batch SET leaves = CAST(replace(CAST(leaves AS TEXT), 'honest', 'forged') AS BLOB)");
            }
        });
        var appended = await region.Access.AppendAsync("honest");
        await region.Events.WaitAsync(EventLog<object>.Poisoned);
        await region.Events.WaitAsync(EventLog<object>.RecoveryFailed);
        Assert.False(region.Access.Health.IsWritable);
        Assert.True(region.Access.Published.Size < appended.Batch!.Checkpoint.Size);
    }
}
