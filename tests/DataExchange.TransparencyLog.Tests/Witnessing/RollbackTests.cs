using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Witnessing;

/// <summary>A data folder that was put back to an earlier state. Whoever remembers more keeps the log from signing a second history.</summary>
public sealed class RollbackTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _backup = new();
    private readonly TemporaryFolder _marks = new();
    private TestWitness _witness = null!;

    public async ValueTask InitializeAsync() => _witness = await TestWitness.StartAsync("w.example", 9);

    public async ValueTask DisposeAsync()
    {
        await _witness.DisposeAsync();
        _folder.Dispose();
        _backup.Dispose();
        _marks.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_restored_older_backup_does_not_start_while_a_witness_remembers_more(bool shows)
    {
        await GrowAfterBackupAsync(WithWitness);
        _witness.Shows = shows;
        Restore();
        var error = await Assert.ThrowsAsync<LogRolledBackException>(() => TestRegion.OpenAsync(_folder, configure: WitnessingTests.Quick, witnesses: WithWitness()));
        Assert.Contains("it ends at 100 entries, but the witness w.example remembers 150", error.Message, StringComparison.Ordinal);
        Assert.Contains("dx log adopt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restored_older_backup_does_not_start_while_the_mark_outside_the_folder_remembers_more()
    {
        await GrowAfterBackupAsync(() => null);
        Restore();
        var error = await Assert.ThrowsAsync<LogRolledBackException>(() => OpenMarkedAsync());
        Assert.Contains("it ends at 100 entries, but the high-water mark", error.Message, StringComparison.Ordinal);
        Assert.Contains("remembers 150", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_folder_starts_with_mark_and_witness_and_goes_on()
    {
        await GrowAfterBackupAsync(WithWitness);
        await using var region = await OpenMarkedAsync(WithWitness());
        Assert.Equal(150, (await region.Access.AppendAsync("next")).Index);
    }

    [Fact]
    public async Task Another_log_under_the_same_key_does_not_start()
    {
        await GrowAfterBackupAsync(WithWitness);
        Restore();
        await using (var other = await TestRegion.OpenAsync(_folder))
        {
            // As large as the one that the witness knows, and beyond.
            await other.Access.AppendManyAsync(100, "another history");
        }

        var error = await Assert.ThrowsAsync<LogRolledBackException>(() => TestRegion.OpenAsync(_folder, configure: WitnessingTests.Quick, witnesses: WithWitness()));
        Assert.Contains("its first 150 entries give another root than the witness w.example remembers", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rollback_that_only_comes_out_while_running_freezes_the_log(bool shows)
    {
        await GrowAfterBackupAsync(WithWitness);
        Restore();

        // At the start the witness is out of reach; later it answers what it knows.
        _witness.Misbehaviour = WitnessingTests.Answer(503, "");
        _witness.Shows = shows;
        await using var region = await TestRegion.OpenAsync(_folder, configure: WitnessingTests.Quick, witnesses: WithWitness());
        await region.Access.AppendAsync("one more");
        _witness.Misbehaviour = null;
        await region.Events.WaitAsync(EventLog<object>.Frozen);
        await WitnessingTests.UntilAsync(() => !region.Access.Health.IsWritable);
        Assert.Contains("the witness w.example remembers 150", region.Access.Health.Reason, StringComparison.Ordinal);

        var signed = region.Access.Latest;
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await region.Access.AppendAsync("refused"));
        await region.Events.WaitAsync(EventLog<object>.RecoveryFailed);
        await region.Events.WaitAsync(EventLog<object>.RecoveryFailed);
        Assert.Equal(signed, region.Access.Latest);
        Assert.False(region.Access.Health.IsWritable);
    }

    [Fact]
    public async Task A_witness_that_disagrees_and_shows_a_tree_that_fits_does_not_stop_the_log()
    {
        var (status, body) = (422, "");
        await using var region = await TestRegion.OpenAsync(_folder, configure: WitnessingTests.Quick, witnesses: WithWitness());
        await region.Access.AppendManyAsync(20);
        await WitnessingTests.UntilAsync(() => _witness.Seen(region.Access.Origin)?.Size == 20);

        _witness.Misbehaviour = async context => context.Request.Method == "POST" && await WitnessingTests.Answer(status, body)(context);
        await AppendPatientlyAsync(region, "goes on");
        await region.Events.WaitAsync(EventLog<object>.WitnessUntrue);
        await WitnessingTests.UntilAsync(() => region.Access.Health.IsWritable);
        _witness.Misbehaviour = null;
        await AppendPatientlyAsync(region, "and on");
        await LogAudit.SoundAsync(region.Access);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_witness_that_says_to_hold_more_freezes_both_logs_until_it_agrees_again(bool shows)
    {
        // What it shows may come from a cache and be older than what it holds.
        _witness.Shows = shows;
        await using var region = await TestRegion.OpenAsync(_folder, configure: WitnessingTests.Quick, witnesses: WithWitness());
        await region.Access.AppendManyAsync(20);
        await WitnessingTests.UntilAsync(() => _witness.Seen(region.Access.Origin)?.Size == 20);

        _witness.Misbehaviour = async context => context.Request.Method == "POST" && await WitnessingTests.Answer(409, "999999\n")(context);
        await region.Access.AppendAsync("shown to it");
        await region.Events.WaitAsync(EventLog<object>.Frozen);
        await WitnessingTests.UntilAsync(() => !region.Access.Health.IsWritable && !region.Governance.Health.IsWritable);
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await region.Governance.AppendAsync("refused"));
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await region.Access.ProveInCoseAsync(0, TestContext.Current.CancellationToken));

        _witness.Misbehaviour = null;
        await WitnessingTests.UntilAsync(() => region.Access.Health.IsWritable && region.Governance.Health.IsWritable);
        await region.Access.AppendAsync("after");
        await LogAudit.SoundAsync(region.Access);
    }

    [Fact]
    public async Task A_start_after_a_crash_whose_last_note_is_older_than_what_the_witness_holds_is_no_rollback()
    {
        await GrowAfterBackupAsync(WithWitness);
        _witness.Shows = false;
        File.Copy(_backup.File("tiles.db"), _folder.File("tiles.db"), overwrite: true);
        await using var region = await TestRegion.OpenAsync(_folder, configure: WitnessingTests.Quick, witnesses: WithWitness());
        Assert.Equal(150, (await region.Access.AppendAsync("next")).Index);
        await WitnessingTests.UntilAsync(() => _witness.Seen(region.Access.Origin)?.Size == 151);
    }

    [Fact]
    public async Task A_damaged_tile_is_not_taken_for_another_history()
    {
        await using (var region = await OpenMarkedAsync(WithWitness()))
        {
            await region.Access.AppendManyAsync(700);
            await WitnessingTests.UntilAsync(() => _witness.Seen(region.Access.Origin)?.Size == 700);
        }

        var mark = await File.ReadAllTextAsync(Path.Combine(_marks.Path, "test.example-access.checkpoint"), TestContext.Current.CancellationToken);
        await using (var region = await OpenMarkedAsync())
        {
            for (var i = 0; i < 7; i++)
            {
                await region.Access.AppendManyAsync(20_000, $"more {i}");
            }
        }

        // The mark remembers 700 entries; the proof from there goes through a tile that has a wrong bit.
        await File.WriteAllTextAsync(Path.Combine(_marks.Path, "test.example-access.checkpoint"), mark, TestContext.Current.CancellationToken);
        Sql.Run(_folder.File("tiles.db"), "UPDATE access_tile SET hashes = zeroblob(8192) WHERE level = 0 AND tile = 2");
        var error = await Assert.ThrowsAsync<LogCorruptException>(() => OpenMarkedAsync());
        Assert.Contains("Delete tiles.db", error.Message, StringComparison.Ordinal);
        File.Delete(_folder.File("tiles.db"));
        await using var again = await OpenMarkedAsync(WithWitness());
        await WitnessingTests.UntilAsync(() => _witness.Seen(again.Access.Origin)?.Size == 140_700);
    }

    [Fact]
    public async Task A_mark_that_was_altered_is_refused_and_named()
    {
        await using (await OpenMarkedAsync())
        {
        }

        var mark = Path.Combine(_marks.Path, "test.example-access.checkpoint");
        await File.WriteAllTextAsync(mark, (await File.ReadAllTextAsync(mark, TestContext.Current.CancellationToken)).Replace("\n0\n", "\n7\n", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<LogCorruptException>(() => OpenMarkedAsync());
        Assert.Contains(mark, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_where_no_mark_can_be_kept_refuses_the_start()
    {
        var file = _marks.File("a-file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<LogUnavailableException>(() => TestRegion.OpenAsync(_folder, configure: options => options.HighWaterMarkFolder = file));
        Assert.Contains("high-water mark", error.Message, StringComparison.Ordinal);
    }

    // While a veto stands the log refuses; it lasts as long as the witness takes to show what it holds.
    private static async Task AppendPatientlyAsync(TestRegion region, string text)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await region.Access.AppendAsync(text);
                return;
            }
            catch (LogUnavailableException) when (tries < 1000)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }
    }

    private TestWitnesses WithWitness() => new("all", WitnessMode.Async, _witness);

    private Task<TestRegion> OpenMarkedAsync(IWitnessDirectory? witnesses = null) => TestRegion.OpenAsync(
        _folder,
        configure: options =>
        {
            WitnessingTests.Quick(options);
            options.HighWaterMarkFolder = _marks.Path;
            options.HighWaterMarkInterval = TimeSpan.FromMilliseconds(1);
        },
        witnesses: witnesses);

    private async Task GrowAfterBackupAsync(Func<IWitnessDirectory?> witnesses)
    {
        await using (var region = await OpenMarkedAsync(witnesses()))
        {
            await region.Access.AppendManyAsync(100, "before the backup");
        }

        Copy(_folder, _backup);
        await using (var region = await OpenMarkedAsync(witnesses()))
        {
            await region.Access.AppendManyAsync(50, "after the backup");
            if (witnesses() is not null)
            {
                await WitnessingTests.UntilAsync(() => _witness.Seen(region.Access.Origin)?.Size == 150);
            }
        }
    }

    private void Restore()
    {
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            File.Delete(file);
        }

        Copy(_backup, _folder);
    }

    private static void Copy(TemporaryFolder from, TemporaryFolder to)
    {
        foreach (var file in Directory.GetFiles(from.Path))
        {
            File.Copy(file, to.File(Path.GetFileName(file)), overwrite: true);
        }
    }
}
