using System.Text.Json;
using DataExchange.Cli.Tests.Fsck;
using DataExchange.Contracts.Log;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Adopt;

/// <summary>A folder that ends before what its log has signed, and the checkpoints that others kept of the rest.</summary>
public sealed class RestoredFolder : IAsyncLifetime
{
    public const int Later = 300;

    internal TestFolder Folder { get; private set; } = null!;

    internal string AccessNote { get; private set; } = "";

    internal string GovernanceNote { get; private set; } = "";

    internal string OwnNote { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Folder = await TestFolder.WriteAsync();
        OwnNote = Folder.Published("access");
        using var newer = Folder.Copy();
        await using var open = await newer.OpenAsync();
        await open.AppendAsync(Later / 100);
        await open.GovernAsync();
        (AccessNote, GovernanceNote) = (open.Logs.Access.Latest.Note, open.Logs.Governance.Latest.Note);
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class AdoptTests(RestoredFolder restored) : IClassFixture<RestoredFolder>, IDisposable
{
    private readonly TestFolder _folder = restored.Folder.Copy();
    private int _files;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Order => _folder.FileOf("adopt.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_yes_it_says_what_would_happen_and_writes_nothing()
    {
        var run = await DxRun.InProcessAsync(["log", "adopt", _folder.Path, "--known", KnownFile(restored.AccessNote)]);
        Assert.Equal(4, run.ExitCode);
        Assert.All(
            ["Not done (not-confirmed)", "demo.example/access, which ends at 900 entries", "at least 300 entries, up to 1,200", "demo.example/access-2", "access-2.key"],
            part => Assert.Contains(part, run.Out, StringComparison.Ordinal));
        Assert.DoesNotContain("governance", run.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(Order));
    }

    [Fact]
    public async Task With_a_yes_the_order_says_what_was_seen_and_the_next_start_carries_it_out()
    {
        (await AdoptAsync([restored.AccessNote], "--reason", "the disk is gone", "--yes")).Shows(0, "ordered");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Order));
        }

        var order = JsonElement.Parse(await File.ReadAllBytesAsync(Order, Token));
        var log = Assert.Single(order.GetProperty("logs").EnumerateArray());
        Assert.Equal(900, log.GetProperty("size").GetInt64());
        Assert.Equal(restored.AccessNote, log.GetProperty("known")[0].GetString());

        await using var open = await _folder.OpenAsync();
        Assert.Equal(("demo.example/access-2", "demo.example/governance"), (open.Logs.Access.Origin, open.Logs.Governance.Origin));
        var first = await open.Logs.Access.ReadAsync(0, 1, Token).SingleAsync(Token);
        Assert.True(Leaf.TryDecode(first.Leaf, out var leaf));
        Assert.Equal(("log.adopted", """{"known":1,"origin":"demo.example/access","reason":"the disk is gone"}"""), (leaf.Kind, System.Text.Encoding.UTF8.GetString(leaf.Body.Span)));
        Assert.False(File.Exists(Order));
    }

    [Fact]
    public async Task Lost_rules_retire_both_logs_and_the_plan_says_what_is_forgotten()
    {
        var plan = await DxRun.InProcessAsync(["log", "adopt", _folder.Path, "--known", KnownFile(restored.GovernanceNote)]);
        Assert.Contains("12 entries, each one place later", plan.Out, StringComparison.Ordinal);
        Assert.Contains("no consent that is carried over permits anything until it is given anew", plan.Out, StringComparison.Ordinal);
        Assert.Contains("demo.example/access-2", plan.Out, StringComparison.Ordinal);

        var json = (await AdoptAsync([restored.GovernanceNote, restored.AccessNote], "--yes")).Shows(0, "ordered").Json;
        Assert.Equal(["access:300", "governance:1"], json.GetProperty("logs").EnumerateArray().Select(log => $"{log.GetProperty("log")}:{log.GetProperty("lost")}"));
        await using (var open = await _folder.OpenAsync())
        {
            Assert.Equal(("demo.example/access-2", "demo.example/governance-2"), (open.Logs.Access.Origin, open.Logs.Governance.Origin));
            Assert.Equal(TestFolder.GovernanceSize + 1, open.Logs.Governance.Latest.Size);
            await open.Logs.Governance.WaitPublishedAsync(TestFolder.GovernanceSize + 1, Token);
        }

        await IsWholeAsync();
    }

    [Fact]
    public async Task The_folder_of_an_adopted_log_is_checked_exported_and_backed_up_with_what_was_retired()
    {
        (await AdoptAsync([restored.AccessNote], "--yes")).Shows(0, "ordered");
        await using (var open = await _folder.OpenAsync())
        {
            await open.AppendAsync(2);
        }

        var entries = (await IsWholeAsync()).GetProperty("entries");
        Assert.Equal((201, 900), (entries.GetProperty("access").GetInt32(), entries.GetProperty("access-1").GetInt32()));
        await ExportsAsync("access", "demo.example/access-2", 201);
        await ExportsAsync("access-1", "demo.example/access", 900);
        (await DxRun.InProcessAsync(["export", _folder.Path, _folder.FileOf("none"), "--log", "access-2", "--trust-fetched-vkey", "--json"])).Shows(2, "source-unreadable");

        var backup = _folder.FileOf("backup");
        Assert.Equal(0, (await DxRun.InProcessAsync(["backup", _folder.Path, backup, "--with-keys"])).ExitCode);
        Assert.Equal(0, (await DxRun.InProcessAsync(["backup", _folder.Path, backup, "--with-keys"])).ExitCode);
        var codes = (await DxRun.InProcessAsync(["fsck", backup, "--json"])).Json.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("place").GetString());
        Assert.Equal(["tiles.db"], codes.Distinct());

        _folder.Damage("exchange.db", "UPDATE access_1_batch SET leaves = flip(leaves, 80) WHERE first_index = 300");
        Assert.Equal(1, (await DxRun.InProcessAsync(["fsck", _folder.Path])).ExitCode);
    }

    [Fact]
    public async Task Where_nothing_is_lost_there_is_nothing_to_adopt() => (await AdoptAsync([restored.OwnNote], "--yes")).Shows(1, "nothing-to-adopt");

    [Fact]
    public async Task One_checkpoint_of_what_is_stored_among_others_is_refused() =>
        (await AdoptAsync([restored.AccessNote, restored.OwnNote], "--yes")).Shows(1, "nothing-to-adopt");

    [Fact]
    public async Task Another_history_of_a_smaller_size_is_a_reason()
    {
        using var signer = NoteSigner.FromSeed("demo.example/access", Convert.FromBase64String(await File.ReadAllTextAsync(_folder.FileOf("access.key"), Token)));
        var run = await AdoptAsync([new Checkpoint("demo.example/access", 777, TreeHasher.EmptyRoot).Sign(signer)]);
        Assert.Equal((4, "not-confirmed"), (run.ExitCode, run.Code));
    }

    [Fact]
    public async Task A_checkpoint_that_the_log_has_not_signed_is_refused()
    {
        using var forger = NoteSigner.FromSeed("demo.example/access", new byte[NoteSigner.SeedSize]);
        (await AdoptAsync([new Checkpoint("demo.example/access", 5000, TreeHasher.EmptyRoot).Sign(forger)], "--yes")).Shows(1, "checkpoint-invalid");
        (await AdoptAsync(["nonsense"], "--yes")).Shows(1, "checkpoint-invalid");
    }

    [Fact]
    public async Task A_damaged_folder_is_refused()
    {
        _folder.Damage("exchange.db", "UPDATE access_batch SET leaves = flip(leaves, 80) WHERE first_index = 300");
        (await AdoptAsync([restored.AccessNote], "--yes")).Shows(1, "folder-damaged");
    }

    [Fact]
    public async Task Derived_data_of_the_lost_history_is_in_nobodys_way()
    {
        File.Delete(_folder.FileOf("tiles.db"));
        (await AdoptAsync([restored.AccessNote], "--yes")).Shows(0, "ordered");
    }

    [Fact]
    public async Task A_second_order_is_refused_while_one_is_there()
    {
        (await AdoptAsync([restored.AccessNote], "--yes")).Shows(0, "ordered");
        var before = await File.ReadAllTextAsync(Order, Token);
        (await AdoptAsync([restored.AccessNote], "--yes")).Shows(2, "target-unusable");
        Assert.Equal(before, await File.ReadAllTextAsync(Order, Token));
    }

    [Fact]
    public async Task A_running_gateway_is_refused()
    {
        await using var open = await _folder.OpenAsync();
        (await AdoptAsync([restored.AccessNote], "--yes")).Shows(2, "folder-in-use");
    }

    [Fact]
    public async Task What_cannot_be_read_is_no_verdict()
    {
        (await DxRun.InProcessAsync(["log", "adopt", _folder.Path, "--known", _folder.FileOf("missing"), "--json"])).Shows(2, "input-unreadable");
        (await DxRun.InProcessAsync(["log", "adopt", _folder.FileOf("no-folder"), "--known", KnownFile(restored.AccessNote), "--json"])).Shows(2, "source-unreadable");
        _folder.Damage("exchange.db", "DELETE FROM log_key");
        (await AdoptAsync([restored.AccessNote])).Shows(2, "source-unreadable");
        Assert.Equal(2, (await DxRun.InProcessAsync(["log", "adopt", _folder.Path])).ExitCode);
        Assert.Equal(2, (await AdoptAsync([restored.AccessNote], "--reason", new string('x', 501))).ExitCode);
    }

    private Task<DxRun> AdoptAsync(string[] notes, params string[] more) =>
        DxRun.InProcessAsync(["log", "adopt", _folder.Path, .. notes.SelectMany(note => new[] { "--known", KnownFile(note) }), "--json", .. more]);

    private string KnownFile(string note)
    {
        var file = Path.Combine(_folder.Path, "..", $"note-{_files++}");
        File.WriteAllText(file, note);
        return file;
    }

    private async Task<JsonElement> IsWholeAsync() => (await DxRun.InProcessAsync(["fsck", _folder.Path, "--deep", "--json"])).Shows(0, "verified").Json;

    private async Task ExportsAsync(string log, string origin, int size)
    {
        var target = Path.Combine(_folder.Path, "..", log);
        var json = (await DxRun.InProcessAsync(["export", _folder.Path, target, "--log", log, "--trust-fetched-vkey", "--json"])).Shows(0, "verified").Json;
        Assert.Equal((origin, size), (json.GetProperty("origin").GetString(), json.GetProperty("size").GetInt32()));
    }
}
