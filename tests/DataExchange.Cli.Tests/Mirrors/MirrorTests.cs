using DataExchange.Cli.Tests.Logs;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Mirrors;

public class MirrorTests
{
    [Theory]
    [InlineData(600, 600)]
    [InlineData(600, 601)]
    [InlineData(255, 1000)]
    [InlineData(0, 300)]
    public async Task Mirror_that_is_behind_verifies_and_says_how_far(int mirrored, int size)
    {
        using var mirror = new TestLog(mirrored);
        using var log = new TestLog(size);
        Assert.Equal(size - mirrored, (await VerifyAsync(mirror, log)).Shows(0, "verified").Json.GetProperty("behind").GetInt32());
    }

    [Theory]
    [InlineData("tile/entries/001", -1, "root-mismatch")]
    [InlineData("tile/0/001", 3, "tile-mismatch")]
    [InlineData("checkpoint", 3, "checkpoint-invalid")]
    public async Task Mirror_that_is_damaged_is_found(string path, int place, string code)
    {
        using var mirror = new TestLog(600);
        using var log = new TestLog(700);
        mirror.Flip(path, place);
        (await VerifyAsync(mirror, log)).Shows(1, code);
    }

    [Fact]
    public async Task Mirror_that_lacks_entries_is_found()
    {
        using var mirror = new TestLog(600);
        using var log = new TestLog(700);
        File.Delete(mirror.FileOf("tile/entries/001"));
        (await VerifyAsync(mirror, log)).Shows(1, "entries-missing");
    }

    [Theory]
    [InlineData(599, 600)]
    [InlineData(0, 700)]
    [InlineData(512, 700)]
    public async Task Log_that_shows_another_history_than_its_mirror_is_a_fork(int from, int size)
    {
        using var mirror = new TestLog(600);
        using var log = new TestLog(600);
        log.Rewrite(from, size);
        (await VerifyAsync(mirror, log)).Shows(1, "fork");
    }

    [Fact]
    public async Task Log_that_shows_less_than_its_mirror_is_a_rollback()
    {
        using var mirror = new TestLog(600);
        using var log = new TestLog(500);
        (await VerifyAsync(mirror, log)).Shows(1, "rollback");
    }

    [Fact]
    public async Task Damaged_tile_of_the_log_is_not_taken_for_a_fork()
    {
        using var mirror = new TestLog(600);
        using var log = new TestLog(700);
        log.Flip("tile/0/002.p/188", 3);
        (await VerifyAsync(mirror, log)).Shows(1, "tile-mismatch");
    }

    [Fact]
    public async Task Key_has_to_be_given_and_be_the_logs()
    {
        using var log = new TestLog(10);
        using var other = NoteSigner.FromSeed(TestLog.Origin, NoteSigner.NewSeed());
        Assert.Equal(2, (await DxRun.InProcessAsync(["mirror", "verify", log.Folder, "--against", log.Folder])).ExitCode);
        (await DxRun.InProcessAsync(["mirror", "verify", log.Folder, "--against", log.Folder, "--vkey", other.Verifier.ToString(), "--json"])).Shows(1, "checkpoint-invalid");
    }

    private static Task<DxRun> VerifyAsync(TestLog mirror, TestLog log) =>
        DxRun.InProcessAsync(["mirror", "verify", mirror.Folder, "--against", log.Folder, "--vkey", log.Vkey, "--json"]);
}
