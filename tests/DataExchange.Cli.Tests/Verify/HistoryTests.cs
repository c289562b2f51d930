using DataExchange.Cli.Tests.Logs;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Verify;

public class HistoryTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(200, 56)]
    [InlineData(256, 1)]
    [InlineData(300, 500)]
    [InlineData(512, 512)]
    [InlineData(600, 0)]
    public async Task Log_that_grew_extends_what_was_remembered(int before, int more)
    {
        using var log = new TestLog(before);
        Assert.Equal("null", (await VerifyAsync(log)).Shows(0, "verified").Json.GetProperty("rememberedSize").GetRawText());
        log.Grow(more);
        Assert.Equal(before, (await VerifyAsync(log)).Shows(0, "verified").Json.GetProperty("rememberedSize").GetInt32());
        Assert.Equal(before + more, (await VerifyAsync(log)).Shows(0, "verified").Json.GetProperty("rememberedSize").GetInt32());
    }

    [Fact]
    public async Task Log_that_shrank_is_a_rollback()
    {
        using var log = new TestLog(600);
        (await VerifyAsync(log)).Shows(0, "verified");
        log.Rewrite(from: 590, size: 590);
        (await VerifyAsync(log)).Shows(1, "rollback");
    }

    [Theory]
    [InlineData(599, 600)]
    [InlineData(0, 600)]
    [InlineData(599, 601)]
    [InlineData(255, 1000)]
    [InlineData(512, 1000)]
    public async Task Log_that_is_consistent_with_itself_but_not_with_the_past_is_a_fork(int from, int size)
    {
        using var log = new TestLog(600);
        (await VerifyAsync(log)).Shows(0, "verified");
        log.Rewrite(from, size);
        (await VerifyAsync(log)).Shows(1, "fork");
    }

    [Theory]
    [InlineData(300, 700, "fork")]
    [InlineData(590, 590, "rollback")]
    public async Task Both_checkpoints_of_a_contradiction_are_kept(int from, int size, string code)
    {
        using var log = new TestLog(600);
        (await VerifyAsync(log)).Shows(0, "verified");
        log.Rewrite(from, size);
        var run = (await VerifyAsync(log)).Shows(1, code);
        var evidence = Assert.Single(Directory.GetFiles(log.StateFolder, "*.contradicted-by-*"));
        Assert.Equal(await File.ReadAllTextAsync(log.FileOf("checkpoint"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(evidence, TestContext.Current.CancellationToken));
        Assert.Contains(evidence, run.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_did_not_verify_is_not_remembered()
    {
        using var log = new TestLog(600);
        (await VerifyAsync(log)).Shows(0, "verified");
        log.Rewrite(from: 300, size: 700);
        (await VerifyAsync(log)).Shows(1, "fork");
        (await VerifyAsync(log)).Shows(1, "fork");

        using var honest = new TestLog(800);
        (await VerifyAsync(honest, log.StateFolder)).Shows(0, "verified");
    }

    [Fact]
    public async Task Every_log_has_a_memory_of_its_own()
    {
        using var log = new TestLog(600);
        (await VerifyAsync(log)).Shows(0, "verified");

        using var other = NoteSigner.FromSeed("demo.example.access", NoteSigner.NewSeed());
        var tree = new Checkpoint(other.Name, 600, log.Root);
        await File.WriteAllTextAsync(log.FileOf("checkpoint"), tree.Sign(other), TestContext.Current.CancellationToken);
        var run = await DxRun.InProcessAsync(["verify", log.Folder, "--vkey", other.Verifier.ToString(), "--state", log.StateFolder, "--json"]);
        Assert.Equal("null", run.Shows(0, "verified").Json.GetProperty("rememberedSize").GetRawText());
        Assert.Equal(2, Directory.GetFiles(log.StateFolder, "*.checkpoint").Length);
    }

    [Fact]
    public async Task Memory_that_is_not_signed_by_the_key_is_not_used()
    {
        using var log = new TestLog(600);
        (await VerifyAsync(log)).Shows(0, "verified");
        var file = Directory.GetFiles(log.StateFolder, "*.checkpoint").Single();
        await File.WriteAllTextAsync(file, "nothing", TestContext.Current.CancellationToken);
        (await VerifyAsync(log)).Shows(2, "state-unusable");
        Assert.Equal("nothing", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Memory_that_cannot_be_written_is_an_error()
    {
        using var log = new TestLog(10);
        await File.WriteAllTextAsync(log.FileOf("in-the-way"), "", TestContext.Current.CancellationToken);
        (await VerifyAsync(log, log.FileOf("in-the-way"))).Shows(2, "state-unusable");
    }

    [Fact]
    public async Task Without_a_data_folder_the_user_is_asked_for_one()
    {
        using var log = new TestLog(10);
        string[] args = ["verify", log.Folder, "--vkey", log.Vkey, "--json"];
        (await DxRun.InProcessAsync(args)).Shows(2, "state-unusable");
        (await DxRun.InProcessAsync(args, stateFolder: log.StateFolder)).Shows(0, "verified");
        Assert.Single(Directory.GetFiles(log.StateFolder));
    }

    private static Task<DxRun> VerifyAsync(TestLog log, string? state = null) =>
        DxRun.InProcessAsync(["verify", log.Folder, "--vkey", log.Vkey, "--state", state ?? log.StateFolder, "--json"]);
}
