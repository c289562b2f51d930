using DataExchange.Merkle;
using DataExchange.Witness.Tests.Support;

namespace DataExchange.Witness.Tests.Monitoring;

/// <summary>What anybody may read, which is what the disk holds.</summary>
public sealed class MonitoringTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly UniformLog _log = new("demo.example/access");

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Latest_checkpoint_bears_the_signatures_of_log_and_witness()
    {
        await using var witness = await RunningWitness.StartAsync(_folder, _log);
        await witness.SubmitAsync(_log, 0, 5);
        var added = await witness.SubmitAsync(_log, 5, 9);

        var answer = await witness.GetAsync(WitnessPaths.Checkpoint(_log.Origin));
        Assert.Equal(new Answer(200, "text/plain; charset=utf-8", _log.Note(9) + added.Body), answer);
        Assert.True(Checkpoint.TryOpen(answer.Body, _log.Verifier, out var checkpoint));
        Assert.Equal(_log.Checkpoint(9), checkpoint);
    }

    [Fact]
    public async Task Lines_that_strangers_added_are_not_shown()
    {
        using var stranger = new UniformLog("stranger.example/log", seed: 2);
        await using var witness = await RunningWitness.StartAsync(_folder, _log);
        var added = await witness.SubmitAsync(_log.Body(0, 5) + stranger.Sign(_log.Checkpoint(5).ToText()));
        Assert.Equal(_log.Note(5) + added.Body, (await witness.GetAsync(WitnessPaths.Checkpoint(_log.Origin))).Body);
    }

    [Fact]
    public async Task It_is_the_same_after_a_restart()
    {
        string before;
        await using (var witness = await RunningWitness.StartAsync(_folder, _log))
        {
            await witness.SubmitAsync(_log, 0, 5);
            before = (await witness.GetAsync(WitnessPaths.Checkpoint(_log.Origin))).Body;
        }

        await using var again = await RunningWitness.StartAsync(_folder, _log);
        Assert.Equal(before, (await again.GetAsync(WitnessPaths.Checkpoint(_log.Origin))).Body);
        Assert.Equal(new Answer(409, "text/x.tlog.size", "5\n"), await again.SubmitAsync(_log, 0, 9));
    }

    [Fact]
    public async Task Log_without_a_checkpoint_and_log_that_nobody_knows_are_told_apart()
    {
        await using var witness = await RunningWitness.StartAsync(_folder, _log);
        Assert.Equal("nothing-cosigned", (await witness.GetAsync(WitnessPaths.Checkpoint(_log.Origin))).Code);
        Assert.Equal("unknown-origin", (await witness.GetAsync(WitnessPaths.Checkpoint("stranger.example/log"))).Code);
    }

    [Fact]
    public async Task Log_that_is_configured_again_goes_on_where_it_was()
    {
        using var other = new UniformLog("demo.example/governance", seed: 2);
        await using (var witness = await RunningWitness.StartAsync(_folder, _log, other))
        {
            await witness.SubmitAsync(other, 0, 5);
        }

        await using (var without = await RunningWitness.StartAsync(_folder, _log))
        {
            Assert.Equal("unknown-origin", (await without.GetAsync(WitnessPaths.Checkpoint(other.Origin))).Code);
            await without.SubmitAsync(_log, 0, 3);
        }

        await using var again = await RunningWitness.StartAsync(_folder, _log, other);
        Assert.Equal(new Answer(409, "text/x.tlog.size", "5\n"), await again.SubmitAsync(other, 0, 9));
    }

    [Fact]
    public async Task Key_and_health_are_served()
    {
        await using var witness = await RunningWitness.StartAsync(_folder, _log);
        var vkey = await witness.GetAsync("vkey");
        Assert.True(NoteVerifier.TryParse(vkey.Body.TrimEnd('\n'), out var verifier));
        Assert.Equal((RunningWitness.Name, NoteKeyType.CosignatureV1), (verifier.Name, verifier.Type));
        Assert.Equal("live", (await witness.GetAsync("/health/live")).Body);
        Assert.Equal("ready", (await witness.GetAsync("/health/ready")).Body);
    }

    [Fact]
    public async Task Prefix_stands_in_front_of_everything_but_health()
    {
        var options = RunningWitness.OptionsOf(_folder, _log);
        options.Prefix = "/witnesses/one";
        await using var witness = await RunningWitness.StartAsync(options);
        Assert.EndsWith("/witnesses/one/", witness.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(200, (await witness.SubmitAsync(_log, 0, 5)).Status);
        Assert.Equal(200, (await witness.GetAsync(WitnessPaths.Checkpoint(_log.Origin))).Status);
        Assert.Equal("not-found", (await witness.GetAsync("/vkey")).Code);
        Assert.Equal(200, (await witness.GetAsync("/health/live")).Status);
    }
}
