using DataExchange.Cli.Tests.Logs;
using DataExchange.Contracts.Log;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Prove;

public class ProveTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(256, 255)]
    [InlineData(600, 0)]
    [InlineData(600, 512)]
    [InlineData(600, 599)]
    [InlineData(66_000, 65_535)]
    public async Task Proof_from_tiles_alone_is_a_tlog_proof_of_the_entry(int size, int index)
    {
        using var log = new TestLog(size);
        var run = await ProveAsync(log, "--json", Text(index));
        Assert.True(TlogProof.TryParse(run.Shows(0, "verified").Json.GetProperty("proof").GetString(), out var proof));
        Assert.Equal(index, proof.Index);
        Assert.True(proof.Verify(TreeHasher.Leaf(System.Text.Encoding.UTF8.GetBytes($"entry {index}")), log.Signer.Verifier, out var checkpoint));
        Assert.Equal(size, checkpoint.Size);
    }

    [Fact]
    public async Task Proof_and_entry_are_a_receipt()
    {
        using var log = new TestLog(600, i => new Leaf(LeafKinds.AccessReleased, i, new byte[32], new byte[32]).Encode());
        var (proof, leaf) = (log.FileOf("proof"), log.FileOf("leaf"));
        Assert.Equal(0, (await ProveAsync(log, "300", "-o", proof, "--entry", leaf)).ExitCode);
        string[] verify = ["receipt", "verify", proof, "--leaf", leaf, "--vkey", log.Vkey, "--json"];
        Assert.Equal(300, (await DxRun.InProcessAsync(verify)).Shows(0, "verified").Json.GetProperty("index").GetInt32());

        log.Flip("leaf", -1);
        (await DxRun.InProcessAsync(verify)).Shows(1, "not-included");
        log.Flip("leaf", -1);
        log.Truncate("proof", 3);
        (await DxRun.InProcessAsync(verify)).Shows(1, "proof-malformed");
    }

    [Fact]
    public async Task Without_a_file_the_proof_is_all_that_is_written()
    {
        using var log = new TestLog(10);
        var run = await ProveAsync(log, "3");
        Assert.True(TlogProof.TryParse(run.Out, out _), run.Out);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("tile/0/001", 40)]
    [InlineData("tile/1/000.p/2", 5)]
    [InlineData("tile/entries/001", 5)]
    public async Task Damaged_log_proves_nothing(string path, int place)
    {
        using var log = new TestLog(600);
        log.Flip(path, place);
        (await ProveAsync(log, "--json", "256")).Shows(1, "not-included");
    }

    [Fact]
    public async Task Missing_tile_is_named()
    {
        using var log = new TestLog(600);
        File.Delete(log.FileOf("tile/0/001"));
        Assert.Contains("tile/0/001", (await ProveAsync(log, "--json", "256")).Shows(1, "tile-missing").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("600")]
    [InlineData("9223372036854775807")]
    public async Task There_is_no_proof_of_an_entry_that_is_not_there(string index)
    {
        using var log = new TestLog(600);
        (await ProveAsync(log, "--json", index)).Shows(2, "no-such-entry");
    }

    [Theory]
    [InlineData(0, 600)]
    [InlineData(1, 600)]
    [InlineData(255, 600)]
    [InlineData(512, 600)]
    [InlineData(600, 600)]
    public async Task Consistency_proof_is_what_a_witness_takes(int old, int size)
    {
        using var older = new TestLog(old);
        using var log = new TestLog(size);
        var body = (await ProveAsync(log, "--consistency", Text(old))).Out;
        var (head, note) = (body[..body.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n'), body[(body.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
        Assert.Equal($"old {old}", head[0]);
        Assert.True(Checkpoint.TryOpen(note, log.Signer.Verifier, out var checkpoint));
        MerkleHash[] proof = [.. head[1..].Select(line => MerkleHash.TryParse(line, out var hash) ? hash : throw new FormatException(line))];
        Assert.True(ProofVerifier.Consistency(old, size, older.Root, checkpoint.Root, proof));
    }

    [Fact]
    public async Task Consistency_is_not_proved_from_damaged_tiles_nor_beyond_the_end()
    {
        using var log = new TestLog(600);
        (await ProveAsync(log, "--json", "--consistency", "601")).Shows(2, "no-such-entry");
        log.Flip("tile/0/000", 5);
        (await ProveAsync(log, "--json", "--consistency", "100")).Shows(1, "tile-mismatch");
    }

    [Theory]
    [InlineData]
    [InlineData("3", "--consistency", "3")]
    public async Task Either_an_index_or_a_size_is_asked_for(params string[] args)
    {
        using var log = new TestLog(10);
        Assert.Equal(2, (await ProveAsync(log, args)).ExitCode);
    }

    [Fact]
    public async Task File_that_cannot_be_written_is_no_verdict()
    {
        using var log = new TestLog(10);
        (await ProveAsync(log, "--json", "3", "-o", log.FileOf("nowhere/proof"))).Shows(2, "output-unwritable");
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Task<DxRun> ProveAsync(TestLog log, params string[] args) => DxRun.InProcessAsync(["prove", log.Folder, "--vkey", log.Vkey, .. args]);
}
