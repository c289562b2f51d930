using DataExchange.TransparencyLog.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DataExchange.TransparencyLog.Tests.Scrubbing;

/// <summary>The files are damaged under a running log, in parts that no start and no append reads again.</summary>
public sealed class ScrubTests : IAsyncLifetime
{
    private const int Entries = 600; // Two full tiles, and 88 entries that only batches hold.

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var region = await TestRegion.OpenAsync(_folder);
        for (var i = 0; i < 6; i++)
        {
            await region.Access.AppendManyAsync(Entries / 6, $"round {i}");
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_sound_log_is_walked_to_its_end_and_nothing_is_found()
    {
        await using var region = await OpenAsync();
        var status = await PassAsync(region);
        Assert.Equal((0, 0, null), (status.Damaged, status.Repaired, status.LastFinding));
        Assert.NotNull(status.LastCompleted);
    }

    [Theory]
    [InlineData("UPDATE access_batch SET leaves = CAST(replace(CAST(leaves AS TEXT), 'round 2 5', 'round 2 6') AS BLOB)", "entry", "not what was committed")]
    [InlineData("UPDATE access_batch SET leaves = substr(leaves, 1, length(leaves) - 1) WHERE first_index = 0", "entry", "cannot be taken apart")]
    [InlineData("UPDATE access_batch SET root = zeroblob(32) WHERE first_index = 0", "batch-root", "is not theirs")]
    [InlineData("UPDATE access_batch SET sealed = substr(sealed, 1, length(sealed) - 1) WHERE first_index = 0", "framing", "cannot be taken apart")]
    [InlineData("UPDATE access_batch SET keys = keys || x'00' WHERE first_index = 0", "framing", "cannot be taken apart")]
    [InlineData("DELETE FROM access_batch WHERE first_index = 0", "missing", "are missing")]
    [InlineData("UPDATE access_batch SET leaves = CAST(replace(CAST(leaves AS TEXT), 'round 5 99', 'round 5 98') AS BLOB)", "batch", "do not hash")]
    public async Task A_damaged_batch_is_found_within_one_pass_told_and_not_repaired(string damage, string kind, string detail)
    {
        await using var region = await OpenAsync();
        Sql.Run(_folder.File("exchange.db"), damage);
        var status = await PassAsync(region);

        Assert.True(status.Damaged > 0);
        Assert.Equal(0, status.Repaired);
        Assert.Contains(region.Events.Events, told => told.Id == EventLog<object>.ScrubDamaged
            && told.Text.Contains($"({kind})", StringComparison.Ordinal) && told.Text.Contains(detail, StringComparison.Ordinal));
        Assert.True(region.Access.Health.IsWritable);
        var appended = await region.Access.AppendAsync("after");
        Assert.Equal(Entries, appended.Index);

        // Still told by the next pass, and until one finds nothing.
        Assert.True((await PassAsync(region)).Damaged > 0);
    }

    [Theory]
    [InlineData("UPDATE access_tile SET hashes = zeroblob(8192) WHERE tile = 1")]
    [InlineData("UPDATE access_tile SET hashes = substr(hashes, 1, 8191) WHERE tile = 0")]
    [InlineData("DELETE FROM access_tile WHERE tile = 0")]
    public async Task A_damaged_tile_is_found_within_one_pass_and_written_anew_from_the_entries(string damage)
    {
        await using var region = await OpenAsync();
        Sql.Run(_folder.File("tiles.db"), damage);
        var status = await PassAsync(region);

        Assert.Equal((0, 1), (status.Damaged, status.Repaired));
        Assert.Contains(region.Events.Events, told => told.Id == EventLog<object>.ScrubRepaired);
        await LogAudit.SoundAsync(region.Access);
        Assert.Equal(1, (await PassAsync(region)).Repaired);
    }

    [Fact]
    public async Task A_tile_that_cannot_be_written_anew_is_told_and_the_pass_goes_on_to_the_next()
    {
        await using var region = await OpenAsync();
        Sql.Run(_folder.File("tiles.db"), "CREATE TRIGGER shut BEFORE INSERT ON access_tile WHEN NEW.tile = 0 BEGIN SELECT RAISE(ABORT, 'shut'); END");
        Sql.Run(_folder.File("tiles.db"), "UPDATE access_tile SET hashes = zeroblob(8192)");

        var status = await PassAsync(region);

        Assert.Equal((1, 1), (status.Damaged, status.Repaired));
        Assert.Contains(region.Events.Events, told => told.Id == EventLog<object>.ScrubDamaged
            && told.Text.Contains("(unreadable)", StringComparison.Ordinal) && told.Text.Contains("tile/0/000", StringComparison.Ordinal));

        Sql.Run(_folder.File("tiles.db"), "DROP TRIGGER shut");
        status = await PassAsync(region);
        Assert.Equal((0, 2), (status.Damaged, status.Repaired));
        await LogAudit.SoundAsync(region.Access);
    }

    [Fact]
    public async Task A_damaged_tile_of_a_higher_level_is_found_and_written_anew()
    {
        await using (var region = await OpenAsync())
        {
            await region.Access.AppendManyAsync(65_600 - Entries);
        }

        await using var again = await OpenAsync();
        var above = Sql.Run(_folder.File("tiles.db"), "SELECT hex(hashes) FROM access_tile WHERE level = 1");
        Sql.Run(_folder.File("tiles.db"), "UPDATE access_tile SET hashes = x'00' || substr(hashes, 2) WHERE level = 1");
        Assert.Equal((0, 1), await PassAsync(again) is var status ? (status.Damaged, status.Repaired) : default);
        Assert.Equal(above, Sql.Run(_folder.File("tiles.db"), "SELECT hex(hashes) FROM access_tile WHERE level = 1"));
    }

    [Fact]
    public async Task A_tile_over_damaged_entries_is_left_as_it_is()
    {
        await using var region = await OpenAsync();
        Sql.Run(_folder.File("exchange.db"), "UPDATE access_batch SET leaves = CAST(replace(CAST(leaves AS TEXT), 'round 0 5', 'round 0 6') AS BLOB)");
        Sql.Run(_folder.File("tiles.db"), "UPDATE access_tile SET hashes = x'00' || substr(hashes, 2) WHERE tile = 0");
        var status = await PassAsync(region);
        Assert.True(status.Damaged > 0);
        Assert.Equal(0, status.Repaired);
    }

    [Fact]
    public async Task A_proof_out_of_a_damaged_tile_never_leaves_and_the_tile_is_mended()
    {
        await using var region = await TestRegion.OpenAsync(_folder, configure: options => options.ScrubInterval = TimeSpan.FromHours(1));
        Sql.Run(_folder.File("tiles.db"), "UPDATE access_tile SET hashes = x'00' || substr(hashes, 2) WHERE tile = 0");
        await Assert.ThrowsAsync<LogCorruptException>(async () => await region.Access.ProveAsync(1, Token));
        await region.Events.WaitAsync(EventLog<object>.ScrubRepaired);
        Assert.NotNull(await region.Access.ProveAsync(1, Token));

        // What is mended by itself asks for no operator.
        await region.Events.WaitAsync(EventLog<object>.ScrubCompleted);
        Assert.Equal(0, region.AccessScrub.Damaged);
        Assert.DoesNotContain(region.Events.Events, told => told.Id == EventLog<object>.ScrubDamaged);
    }

    [Fact]
    public async Task Proofs_that_fail_are_told_of_once_a_pass_and_are_no_damage()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var region = await SlowAsync(clock); // No pass gets far.
        Sql.Run(_folder.File("tiles.db"), "UPDATE access_tile SET hashes = x'00' || substr(hashes, 2) WHERE tile = 0");
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<LogCorruptException>(async () => await region.Access.ProveAsync(i, Token));
        }

        Assert.Single(region.Events.Events, told => told.Id == EventLog<object>.NoProof);
        Assert.Equal(0, region.AccessScrub.Damaged);
        Assert.Contains("no proof of entry 2 ", region.AccessScrub.LastFinding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_found_before_a_restart_is_still_told_after_it()
    {
        Sql.Run(_folder.File("exchange.db"), "UPDATE access_batch SET sealed = substr(sealed, 1, length(sealed) - 1) WHERE first_index = 0");
        await using (var region = await OpenAsync())
        {
            Assert.Equal(1, (await PassAsync(region)).Damaged);
        }

        await using var again = await TestRegion.OpenAsync(_folder, configure: options => options.ScrubInterval = TimeSpan.FromHours(1));
        await Poll.UntilAsync(() => again.AccessScrub.Damaged == 1);
        Assert.NotNull(again.AccessScrub.LastCompleted);
    }

    [Fact]
    public async Task A_pass_goes_no_faster_than_it_may_and_goes_on_after_a_restart()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using (var region = await SlowAsync(clock))
        {
            await Poll.UntilAsync(() => StepUntil(clock, TimeSpan.FromMinutes(1), region.AccessScrub.Position > 0)); // The first pass begins.

            // Ten entries a second are allowed, and a batch of at most a hundred is walked before it is paid for.
            var seconds = 0;
            await Poll.UntilAsync(() => StepUntil(clock, TimeSpan.FromSeconds(1), region.AccessScrub.Position >= 400 || ++seconds < 0));
            Assert.InRange(seconds, 20, int.MaxValue);
        }

        var walked = Assert.IsType<long>(Sql.Run(_folder.File("tiles.db"), "SELECT size FROM scrub WHERE log = 'access'"));
        Assert.InRange(walked, 100, 500);
        await using var again = await SlowAsync(clock);
        await Poll.UntilAsync(() => again.AccessScrub.Position == walked);
        await Poll.UntilAsync(() => StepUntil(clock, TimeSpan.FromMinutes(1), again.AccessScrub.Position != walked));
        Assert.True(again.AccessScrub.Position > walked);
    }

    [Fact]
    public async Task Progress_that_is_not_of_this_log_begins_a_new_pass()
    {
        Sql.Run(_folder.File("tiles.db"), "INSERT INTO scrub VALUES ('access', 300, zeroblob(1440), 1, NULL, 0, 2)");
        await using var region = await OpenAsync();
        Assert.Equal(0, (await PassAsync(region)).Damaged);
    }

    private Task<TestRegion> OpenAsync() => TestRegion.OpenAsync(_folder, configure: options =>
        (options.ScrubInterval, options.ScrubEntriesPerSecond, options.ScrubBytesPerSecond) = (TimeSpan.FromMilliseconds(20), 10_000_000, 1 << 30));

    private Task<TestRegion> SlowAsync(FakeTimeProvider clock) => TestRegion.OpenAsync(
        _folder, configure: options => (options.ScrubInterval, options.ScrubEntriesPerSecond) = (TimeSpan.FromHours(1), 10), clock: clock);

    private static bool StepUntil(FakeTimeProvider clock, TimeSpan step, bool reached)
    {
        if (!reached)
        {
            clock.Advance(step);
        }

        return reached;
    }

    /// <summary>The status after a pass that began after this was called.</summary>
    private static async Task<ScrubStatus> PassAsync(TestRegion region)
    {
        int Passes() => region.Events.Events.Count(told => told.Id is EventLog<object>.ScrubCompleted or EventLog<object>.ScrubBrokenOff && told.Text.Contains("/access ", StringComparison.Ordinal));
        var before = Passes();
        await Poll.UntilAsync(() => Passes() >= before + 2); // The first may have been under way.
        return region.AccessScrub;
    }
}
