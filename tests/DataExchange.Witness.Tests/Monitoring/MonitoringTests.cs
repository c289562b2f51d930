using DataExchange.Merkle;
using DataExchange.Witness.Tests.Support;

namespace DataExchange.Witness.Tests.Monitoring;

/// <summary>What anybody may read, which is what the disk holds.</summary>
public sealed class MonitoringTests : OneLogTest
{
    [Fact]
    public async Task Latest_checkpoint_bears_the_signatures_of_log_and_witness()
    {
        await using var witness = await RunningWitness.StartAsync(Folder, Log);
        await witness.SubmitAsync(Log, 0, 5);
        var added = await witness.SubmitAsync(Log, 5, 9);

        var answer = await witness.GetAsync(WitnessPaths.Checkpoint(Log.Origin));
        Assert.Equal(new Answer(200, "text/plain; charset=utf-8", Log.Note(9) + added.Body), answer);
        Assert.True(Checkpoint.TryOpen(answer.Body, Log.Verifier, out var checkpoint));
        Assert.Equal(Log.Checkpoint(9), checkpoint);
    }

    [Fact]
    public async Task Lines_that_strangers_added_are_not_shown()
    {
        using var stranger = new UniformLog("stranger.example/log", seed: 2);
        await using var witness = await RunningWitness.StartAsync(Folder, Log);
        var added = await witness.SubmitAsync(Log.Body(0, 5) + stranger.Sign(Log.Checkpoint(5).ToText()));
        Assert.Equal(Log.Note(5) + added.Body, (await witness.GetAsync(WitnessPaths.Checkpoint(Log.Origin))).Body);
    }

    [Fact]
    public async Task It_is_the_same_after_a_restart()
    {
        string before;
        await using (var witness = await RunningWitness.StartAsync(Folder, Log))
        {
            await witness.SubmitAsync(Log, 0, 5);
            before = (await witness.GetAsync(WitnessPaths.Checkpoint(Log.Origin))).Body;
        }

        await using var again = await RunningWitness.StartAsync(Folder, Log);
        Assert.Equal(before, (await again.GetAsync(WitnessPaths.Checkpoint(Log.Origin))).Body);
        Assert.Equal(new Answer(409, "text/x.tlog.size", "5\n"), await again.SubmitAsync(Log, 0, 9));
    }

    [Fact]
    public async Task Log_without_a_checkpoint_and_log_that_nobody_knows_are_told_apart()
    {
        await using var witness = await RunningWitness.StartAsync(Folder, Log);
        Assert.Equal("nothing-cosigned", (await witness.GetAsync(WitnessPaths.Checkpoint(Log.Origin))).Code);
        Assert.Equal("unknown-origin", (await witness.GetAsync(WitnessPaths.Checkpoint("stranger.example/log"))).Code);
    }

    [Fact]
    public async Task Log_that_is_configured_again_goes_on_where_it_was()
    {
        using var other = new UniformLog("demo.example/governance", seed: 2);
        await using (var witness = await RunningWitness.StartAsync(Folder, Log, other))
        {
            await witness.SubmitAsync(other, 0, 5);
        }

        await using (var without = await RunningWitness.StartAsync(Folder, Log))
        {
            Assert.Equal("unknown-origin", (await without.GetAsync(WitnessPaths.Checkpoint(other.Origin))).Code);
            await without.SubmitAsync(Log, 0, 3);
        }

        await using var again = await RunningWitness.StartAsync(Folder, Log, other);
        Assert.Equal(new Answer(409, "text/x.tlog.size", "5\n"), await again.SubmitAsync(other, 0, 9));
    }

    [Fact]
    public async Task Key_and_health_are_served()
    {
        await using var witness = await RunningWitness.StartAsync(Folder, Log);
        var vkey = await witness.GetAsync("vkey");
        Assert.True(NoteVerifier.TryParse(vkey.Body.TrimEnd('\n'), out var verifier));
        Assert.Equal((RunningWitness.Name, NoteKeyType.CosignatureV1), (verifier.Name, verifier.Type));
        Assert.Equal("live", (await witness.GetAsync("/health/live")).Body);
        Assert.Equal("ready", (await witness.GetAsync("/health/ready")).Body);
    }

    [Fact]
    public async Task Prefix_stands_in_front_of_everything_but_health()
    {
        var options = RunningWitness.OptionsOf(Folder, Log);
        options.Prefix = "/witnesses/one";
        await using var witness = await RunningWitness.StartAsync(options);
        Assert.EndsWith("/witnesses/one/", witness.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(200, (await witness.SubmitAsync(Log, 0, 5)).Status);
        Assert.Equal(200, (await witness.GetAsync(WitnessPaths.Checkpoint(Log.Origin))).Status);
        Assert.Equal("not-found", (await witness.GetAsync("/vkey")).Code);
        Assert.Equal(200, (await witness.GetAsync("/health/live")).Status);
    }
}
