using DataExchange.Cli.Tests.Logs;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Receipts;

public sealed class CoseReceiptVerifyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dx-cose-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Cose_receipt_is_recognised_and_verifies_with_its_leaf()
    {
        var (receipt, leaf) = TestReceipt.InCose();

        var json = (await VerifyAsync(receipt, leaf)).Shows(0, "verified").Json;

        Assert.Equal("access.released", json.GetProperty("kind").GetString());
        Assert.Equal(TestReceipt.Index, json.GetProperty("index").GetInt64());
        Assert.Equal(TestLog.Origin, json.GetProperty("log").GetString());
        Assert.Equal("sealed", json.GetProperty("record").GetString());
    }

    [Fact]
    public async Task Without_its_leaf_nothing_can_be_told() => (await VerifyAsync(TestReceipt.InCose().Receipt, leaf: null)).Shows(2, "input-unreadable");

    [Fact]
    public async Task Changed_leaf_signature_or_form_is_found()
    {
        var (receipt, leaf) = TestReceipt.InCose();
        leaf[^1] ^= 1;
        (await VerifyAsync(receipt, leaf)).Shows(1, "not-included");
        (await VerifyAsync(receipt, leaf[..^1])).Shows(1, "leaf-malformed");

        (receipt, leaf) = TestReceipt.InCose();
        receipt[^1] ^= 1;
        (await VerifyAsync(receipt, leaf)).Shows(1, "not-included");
        (await VerifyAsync(receipt[..^1], leaf)).Shows(1, "proof-malformed");
    }

    [Fact]
    public async Task Receipt_under_another_key_is_found()
    {
        var (receipt, leaf) = TestReceipt.InCose();
        using var another = NoteSigner.FromSeed(TestLog.Origin, new byte[32]);

        (await VerifyAsync(receipt, leaf, another.Verifier.ToString())).Shows(1, "log-mismatch");
    }

    [Theory]
    [InlineData("quorum none", 0, "verified")]
    [InlineData("witness one {witness}\nquorum one", 1, "quorum-not-met")]
    [InlineData("log {log}\nquorum none", 0, "verified")]
    [InlineData("log {another}\nquorum none", 1, "log-mismatch")]
    [InlineData("quorum", 2, "policy-malformed")]
    public async Task Policy_holds_only_where_it_asks_for_no_witness(string policy, int exitCode, string code)
    {
        using var another = NoteSigner.FromSeed(TestLog.Origin, new byte[32]);
        using var witness = CheckpointCosigner.FromSeed("witness.example/one", new byte[32]);
        var file = Path.Combine(_folder, "policy");
        await File.WriteAllTextAsync(
            file,
            policy.Replace("{witness}", witness.Verifier.ToString(), StringComparison.Ordinal)
                .Replace("{log}", TestReceipt.Vkey, StringComparison.Ordinal)
                .Replace("{another}", another.Verifier.ToString(), StringComparison.Ordinal) + "\n",
            TestContext.Current.CancellationToken);
        var (receipt, leaf) = TestReceipt.InCose();

        (await VerifyAsync(receipt, leaf, more: ["--policy", file])).Shows(exitCode, code);
        (await VerifyAsync(receipt, leaf, more: ["--policy", file + "-missing"])).Shows(2, "input-unreadable");
    }

    private Task<DxRun> VerifyAsync(byte[] receipt, byte[]? leaf, string? vkey = null, params string[] more)
    {
        var (receiptFile, leafFile) = (Path.Combine(_folder, "receipt.cose"), Path.Combine(_folder, "leaf.bin"));
        File.WriteAllBytes(receiptFile, receipt);
        File.WriteAllBytes(leafFile, leaf ?? []);
        return DxRun.InProcessAsync(["receipt", "verify", receiptFile, .. leaf is null ? [] : new[] { "--leaf", leafFile }, "--vkey", vkey ?? TestReceipt.Vkey, "--json", .. more], "");
    }
}
