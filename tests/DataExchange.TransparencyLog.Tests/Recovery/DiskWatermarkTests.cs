using DataExchange.Storage.Space;
using DataExchange.TransparencyLog.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DataExchange.TransparencyLog.Tests.Recovery;

/// <summary>A volume that runs out of room, told and not real; a real one fills up in <see cref="FullDiskTests"/>.</summary>
public sealed class DiskWatermarkTests : IDisposable
{
    private const long MiB = 1 << 20;
    private const long Mark = 100 * MiB;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly EventLog<DiskWatermark> _events = new();
    private VolumeSpace _space = new(1000 * MiB, 100_000 * MiB);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Below_the_mark_appends_are_refused_with_the_way_out_and_well_above_it_they_go_on()
    {
        await using var region = await OpenAsync();
        var kept = await region.Access.AppendAsync("with room");

        Measure(free: Mark - 1);
        var refused = await Assert.ThrowsAsync<LogUnavailableException>(async () => await region.Access.AppendAsync("without"));
        Assert.Contains("99 MiB left; 100 MiB are kept free", refused.Message, StringComparison.Ordinal);
        Assert.Contains("above 125 MiB", region.Access.Health.Reason, StringComparison.Ordinal);
        Assert.Equal(kept.Batch!.Checkpoint, region.Access.Latest);
        await region.Events.WaitAsync(EventLog<object>.RecoveryFailed);

        Measure(free: Mark + 1); // Not enough yet: it would flutter.
        await region.Events.WaitAsync(EventLog<object>.RecoveryFailed);
        Assert.False(region.Access.Health.IsWritable);

        Measure(free: 125 * MiB);
        await region.Events.WaitAsync(EventLog<object>.Recovered);
        await region.Access.AppendAsync("with room again");
        Assert.Equal([2103, 2104], _events.Events.Select(told => told.Id));
        await LogAudit.SoundAsync(region.Access, kept.Batch.Checkpoint);
    }

    [Fact]
    public async Task What_is_written_is_reason_to_measure_again_without_waiting_for_the_timer()
    {
        await using var region = await OpenAsync();
        _space = _space with { Free = Mark / 2 };
        for (var i = 0; i < 40 && region.Access.Health.IsWritable; i++)
        {
            try
            {
                await region.Access.AppendAsync(Entries.Of($"entry {i}") with { Sealed = new byte[MiB] }, TestContext.Current.CancellationToken);
            }
            catch (LogUnavailableException)
            {
                Assert.InRange(i, 7, 10);
                return;
            }
        }

        Assert.Fail("It went on appending.");
    }

    [Fact]
    public async Task A_small_volume_keeps_a_twentieth_free()
    {
        _space = new VolumeSpace(11 * MiB, 200 * MiB);
        await using var region = await OpenAsync();
        await region.Access.AppendAsync("eleven of two hundred are enough");
        Measure(free: 9 * MiB);
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await region.Access.AppendAsync("nine are not"));
    }

    [Fact]
    public async Task Room_that_cannot_be_measured_changes_nothing()
    {
        var broken = false;
        await using var region = await OpenAsync(_ => broken ? throw new IOException("No such volume.") : _space);
        broken = true;
        _clock.Advance(TimeSpan.FromSeconds(2));
        await _events.WaitAsync(2105);
        await region.Access.AppendAsync("still taken");
    }

    private Task<TestRegion> OpenAsync(Func<string, VolumeSpace>? measure = null) =>
        TestRegion.OpenAsync(_folder, watermark: folder => new DiskWatermark(folder, Mark, measure ?? (_ => _space), _clock, _events));

    private void Measure(long free)
    {
        _space = _space with { Free = free };
        _clock.Advance(TimeSpan.FromSeconds(2));
    }
}
