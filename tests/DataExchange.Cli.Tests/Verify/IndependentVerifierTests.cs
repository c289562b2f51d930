using DataExchange.Cli.Tests.Logs;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Verify;

/// <summary>The Python verifier shares no code with us. What it accepts, others accept; and it has to be able to say no.</summary>
public class IndependentVerifierTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(600)]
    [InlineData(66_000)]
    public async Task Honest_log_verifies(int size)
    {
        using var log = new TestLog(size);
        await using var server = await LogServer.StartAsync(log);
        var run = await PythonVerifier.RunAsync(server.Address, log.Vkey);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal($"ok: {TestLog.Origin} {size} {log.Root}", run.Out.Trim());
    }

    [Fact]
    public async Task Whatever_is_broken_is_found()
    {
        using var log = new TestLog(600);
        var address = new Uri(log.Folder).AbsoluteUri;
        Assert.Equal(0, (await PythonVerifier.RunAsync(address, log.Vkey)).ExitCode);
        foreach (var path in new[] { "tile/entries/001", "tile/entries/002.p/88", "tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2", "checkpoint" })
        {
            log.Flip(path, -3);
            var run = await PythonVerifier.RunAsync(address, log.Vkey);
            Assert.True(run.ExitCode == 1, $"{path}: {run.Out}{run.Error}");
            log.Flip(path, -3);
        }

        File.Move(log.FileOf("tile/0/001"), log.FileOf("tile/0/elsewhere"));
        Assert.Equal(1, (await PythonVerifier.RunAsync(address, log.Vkey)).ExitCode);
        File.Move(log.FileOf("tile/0/elsewhere"), log.FileOf("tile/0/001"));

        log.SignCheckpoint(600, TreeHasher.EmptyRoot);
        Assert.Equal(1, (await PythonVerifier.RunAsync(address, log.Vkey)).ExitCode);
        log.SignCheckpoint(601, log.Root);
        Assert.Equal(1, (await PythonVerifier.RunAsync(address, log.Vkey)).ExitCode);
    }

    [Fact]
    public async Task Key_of_another_log_and_an_address_that_fails_are_told_apart()
    {
        using var log = new TestLog(10);
        using var other = NoteSigner.FromSeed(TestLog.Origin, NoteSigner.NewSeed());
        Assert.Equal(1, (await PythonVerifier.RunAsync(new Uri(log.Folder).AbsoluteUri, other.Verifier.ToString())).ExitCode);
        Assert.Equal(2, (await PythonVerifier.RunAsync(new Uri(log.Folder).AbsoluteUri, "nonsense")).ExitCode);
        await using var server = await LogServer.StartAsync(log, statusOfTiles: 500);
        Assert.Equal(2, (await PythonVerifier.RunAsync(server.Address, log.Vkey)).ExitCode);
    }

    [Fact]
    public async Task Log_that_does_not_extend_an_older_checkpoint_is_found()
    {
        using var log = new TestLog(600);
        var address = new Uri(log.Folder).AbsoluteUri;
        var older = log.FileOf("older");
        File.Copy(log.FileOf("checkpoint"), older);
        log.Grow(500);
        Assert.Equal(0, (await PythonVerifier.RunAsync(address, log.Vkey, "--older", older)).ExitCode);
        log.Rewrite(599, 1200);
        Assert.Equal(0, (await PythonVerifier.RunAsync(address, log.Vkey)).ExitCode);
        Assert.Equal(1, (await PythonVerifier.RunAsync(address, log.Vkey, "--older", older)).ExitCode);
        log.Rewrite(500, 500);
        Assert.Equal(1, (await PythonVerifier.RunAsync(address, log.Vkey, "--older", older)).ExitCode);
    }

    [Fact]
    public async Task Growth_is_proved_from_hash_tiles_alone()
    {
        using var log = new TestLog(70_000);
        var address = new Uri(log.Folder).AbsoluteUri;
        var since = log.FileOf("since");
        foreach (var oldSize in new[] { 0, 256, 600, 65_536, 69_999 })
        {
            await File.WriteAllTextAsync(since, log.Signed(oldSize), TestContext.Current.CancellationToken);
            Assert.Equal($"ok: {TestLog.Origin} 70000 {log.Root}", (await PythonVerifier.RunAsync(address, log.Vkey, "--since", since)).Out.Trim());
        }

        // The proof needs no entries, and notices a hash tile that is not the tree's.
        Directory.Delete(log.FileOf("tile/entries"), recursive: true);
        await File.WriteAllTextAsync(since, log.Signed(600), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await PythonVerifier.RunAsync(address, log.Vkey, "--since", since)).ExitCode);
        log.Flip("tile/0/002", 5);
        Assert.Equal(1, (await PythonVerifier.RunAsync(address, log.Vkey, "--since", since)).ExitCode);
    }

    [Fact]
    public async Task Log_that_went_back_or_has_another_past_did_not_grow()
    {
        using var log = new TestLog(600);
        var address = new Uri(log.Folder).AbsoluteUri;
        var since = log.FileOf("since");
        File.Copy(log.FileOf("checkpoint"), since);
        foreach (var size in new[] { 600, 500, 1200 })
        {
            log.Rewrite(from: 499, size);
            Assert.Equal(0, (await PythonVerifier.RunAsync(address, log.Vkey)).ExitCode);
            Assert.Equal(1, (await PythonVerifier.RunAsync(address, log.Vkey, "--since", since)).ExitCode);
        }
    }

    [Fact]
    public async Task Checkpoint_counts_when_the_policys_quorum_has_cosigned_it()
    {
        using var log = new TestLog(10);
        var address = new Uri(log.Folder).AbsoluteUri;
        var policy = log.FileOf("policy");
        var keys = Enumerable.Range(1, 3).Select(i => CheckpointCosigner.FromSeed($"witness.example/{i}", [.. Enumerable.Repeat((byte)(i + 10), NoteSigner.SeedSize)])).ToList();
        var witnesses = string.Concat(keys.Select((key, i) => $"witness w{i + 1} {key.Verifier}\n"));
        await WriteAsync($"log {log.Vkey}\n{witnesses}group two 2 w1 w2 w3\nquorum two\n");
        Assert.True(Checkpoint.TryOpen(await File.ReadAllTextAsync(log.FileOf("checkpoint"), TestContext.Current.CancellationToken), log.Signer.Verifier, out var checkpoint));

        Assert.Equal(1, await ExitCodeAsync());
        Append(keys[0].SignatureLine(checkpoint, 1_790_000_000));
        Assert.Equal(1, await ExitCodeAsync());
        Append(keys[1].SignatureLine(checkpoint with { Size = 9 }, 1_790_000_000));
        Assert.Equal(1, await ExitCodeAsync());
        Append(keys[2].SignatureLine(checkpoint, 1_790_000_000));
        Assert.Equal(0, await ExitCodeAsync());

        await WriteAsync($"{witnesses}quorum w2\n");
        Assert.Equal(1, await ExitCodeAsync());
        using var other = NoteSigner.FromSeed(TestLog.Origin, NoteSigner.NewSeed());
        await WriteAsync($"log {other.Verifier}\nquorum none\n");
        Assert.Equal(1, await ExitCodeAsync());
        await WriteAsync($"{witnesses}quorum w4\n");
        Assert.Equal(2, await ExitCodeAsync());
        keys.ForEach(key => key.Dispose());

        void Append(string line) => File.AppendAllText(log.FileOf("checkpoint"), line);
        Task WriteAsync(string text) => File.WriteAllTextAsync(policy, text, TestContext.Current.CancellationToken);
        async Task<int> ExitCodeAsync() => (await PythonVerifier.RunAsync(address, log.Vkey, "--policy", policy)).ExitCode;
    }
}
