using System.Text.Json;
using DataExchange.Cli.Tests.Logs;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Witnesses;

public sealed class WitnessCheckTests : IAsyncLifetime
{
    private const long Then = 1_700_000_000;

    private readonly TestLog _log = new(600);
    private TestWitness _first = null!;
    private TestWitness _second = null!;
    private string _policy = "";

    public async ValueTask InitializeAsync()
    {
        _first = await TestWitness.StartAsync("first.example");
        _second = await TestWitness.StartAsync("second.example");
        _policy = _log.FileOf("policy");
        await WritePolicyAsync("group both all first second\nquorum both\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Quorum_that_cosigned_is_met()
    {
        await PublishAsync(_first.Cosign(_log, Then), _second);
        var json = (await CheckAsync()).Shows(0, "verified").Json;
        Assert.True(json.GetProperty("quorumMet").GetBoolean());
        Assert.Equal(Then, Witness(json, 0).GetProperty("cosignedAt").GetInt64());
        Assert.True(Witness(json, 1).GetProperty("ageSeconds").GetInt64() > 0);
        Assert.Equal(JsonValueKind.Null, Witness(json, 0).GetProperty("seen").ValueKind);
    }

    [Fact]
    public async Task Missing_cosignature_is_the_quorums_to_bear()
    {
        await PublishAsync(_first.Cosign(_log, Then));
        var json = (await CheckAsync()).Shows(1, "quorum-not-met").Json;
        Assert.Equal(JsonValueKind.Null, Witness(json, 1).GetProperty("cosignedAt").ValueKind);
        await WritePolicyAsync("group either any first second\nquorum either\n");
        (await CheckAsync()).Shows(0, "verified");
    }

    [Fact]
    public async Task Verification_and_receipts_ask_for_the_quorum_too()
    {
        var proof = _log.FileOf("proof");
        string[] verify = ["verify", _log.Folder, "--vkey", _log.Vkey, "--state", _log.StateFolder, "--policy", _policy, "--json"];
        (await DxRun.InProcessAsync(verify)).Shows(1, "quorum-not-met");
        await PublishAsync(_first.Cosign(_log, Then), _second);
        (await DxRun.InProcessAsync(verify)).Shows(0, "verified");

        var receipt = Receipts.TestReceipt.OfRelease();
        await File.WriteAllTextAsync(proof, JsonSerializer.Serialize(receipt, Contracts.ContractsJsonContext.Default.Receipt), TestContext.Current.CancellationToken);
        string[] check = ["receipt", "verify", proof, "--vkey", _log.Vkey, "--policy", _policy, "--json"];
        (await DxRun.InProcessAsync(check)).Shows(1, "quorum-not-met");
        await WritePolicyAsync("quorum none\n");
        (await DxRun.InProcessAsync(check)).Shows(0, "verified");
    }

    [Fact]
    public async Task Witness_that_saw_an_earlier_or_the_same_tree_confirms_it()
    {
        _first.Cosign(_log, Then);
        _log.Grow(300);
        await PublishAsync(_second.Cosign(_log, Then));
        await WritePolicyAsync("quorum second\n");
        var json = (await CheckAsync("--ask")).Shows(0, "verified").Json;
        Assert.Equal(600, Witness(json, 0).GetProperty("seen").GetInt32());
        Assert.Equal(900, Witness(json, 1).GetProperty("seen").GetInt32());
    }

    [Theory]
    [InlineData(599, 600, "fork")]
    [InlineData(300, 900, "fork")]
    [InlineData(500, 500, "rollback")]
    public async Task Witness_that_saw_another_tree_is_the_finding_whatever_the_quorum(int from, int size, string code)
    {
        _first.Cosign(_log, Then);
        _log.Rewrite(from, size);
        await WritePolicyAsync("quorum none\n");
        (await CheckAsync()).Shows(0, "verified");
        var json = (await CheckAsync("--ask", "--state", _log.StateFolder)).Shows(1, code).Json;
        string[] kept = [.. Directory.GetFiles(_log.StateFolder, "*.contradicted-by-*").Select(File.ReadAllText)];
        Assert.Equal(new[] { _first.Shows!, File.ReadAllText(_log.FileOf("checkpoint")) }.Order(), kept.Order());
        Assert.Equal(code, Witness(json, 0).GetProperty("contradiction").GetString());
        Assert.Equal(JsonValueKind.Null, Witness(json, 1).GetProperty("contradiction").ValueKind);
    }

    [Fact]
    public async Task Witness_that_does_not_answer_or_answers_nonsense_is_listed()
    {
        await WritePolicyAsync("quorum none\n");
        _second.Shows = "nonsense";
        var json = (await CheckAsync("--ask")).Shows(0, "verified").Json;
        Assert.NotEmpty(Witness(json, 0).GetProperty("problem").GetString()!);
        Assert.NotEmpty(Witness(json, 1).GetProperty("problem").GetString()!);
        Assert.All([0, 1], place => Assert.Equal(JsonValueKind.Null, Witness(json, place).GetProperty("seen").ValueKind));
    }

    [Fact]
    public async Task Checkpoint_that_the_witness_did_not_cosign_is_not_its_word_but_the_logs_own()
    {
        await WritePolicyAsync("quorum none\n");
        _first.Shows = await File.ReadAllTextAsync(_log.FileOf("checkpoint"), TestContext.Current.CancellationToken);
        var witness = Witness((await CheckAsync("--ask")).Shows(0, "verified").Json, 0);
        Assert.Contains("no cosignature", witness.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, witness.GetProperty("seen").ValueKind);

        _log.Rewrite(300, 900);
        Assert.Equal("fork", Witness((await CheckAsync("--ask", "--state", _log.StateFolder)).Shows(1, "fork").Json, 0).GetProperty("contradiction").GetString());
        Assert.Contains("keep them yourself", (await CheckAsync("--ask")).Shows(1, "fork").Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_that_the_policy_does_not_name_is_refused()
    {
        using var other = NoteSigner.FromSeed(TestLog.Origin, NoteSigner.NewSeed());
        await WritePolicyAsync($"log {other.Verifier}\nquorum none\n");
        (await CheckAsync()).Shows(1, "log-mismatch");
    }

    [Fact]
    public async Task Policy_that_is_none_is_no_verdict()
    {
        await File.WriteAllTextAsync(_policy, "quorum nobody\n", TestContext.Current.CancellationToken);
        Assert.Contains("line 1", (await CheckAsync()).Shows(2, "policy-malformed").Out, StringComparison.Ordinal);
        File.Delete(_policy);
        (await CheckAsync()).Shows(2, "input-unreadable");
    }

    [Fact]
    public async Task People_see_a_line_for_each_witness()
    {
        await PublishAsync(_first.Cosign(_log, Then));
        var run = await DxRun.InProcessAsync(["witness", "check", _log.Folder, "--policy", _policy, "--vkey", _log.Vkey]);
        Assert.StartsWith("DOES NOT VERIFY (quorum-not-met)", run.Out, StringComparison.Ordinal);
        Assert.Contains("second      NOT cosigned", run.Out, StringComparison.Ordinal);
    }

    private static JsonElement Witness(JsonElement report, int place) => report.GetProperty("witnesses")[place];

    private Task PublishAsync(string note, TestWitness? also = null)
    {
        if (also is not null)
        {
            var other = also.Cosign(_log, Then + 1);
            note += other[(other.TrimEnd('\n').LastIndexOf('\n') + 1)..];
        }

        return File.WriteAllTextAsync(_log.FileOf("checkpoint"), note, TestContext.Current.CancellationToken);
    }

    private Task WritePolicyAsync(string rest) => File.WriteAllTextAsync(
        _policy, $"witness first {_first.Vkey} {_first.Address}\nwitness second {_second.Vkey} {_second.Address}\n{rest}", TestContext.Current.CancellationToken);

    private Task<DxRun> CheckAsync(params string[] more) =>
        DxRun.InProcessAsync(["witness", "check", _log.Folder, "--policy", _policy, "--vkey", _log.Vkey, "--json", .. more]);
}
