using System.Text.Json.Nodes;
using DataExchange.Cli.Tests.Logs;
using DataExchange.Contracts.Log;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Receipts;

public class ReceiptVerifyTests
{
    [Fact]
    public async Task Receipt_alone_verifies_and_says_what_it_proves()
    {
        var json = (await VerifyAsync(TestReceipt.OfRelease().ToJson())).Shows(0, "verified").Json;
        Assert.Equal("access.released", json.GetProperty("kind").GetString());
        Assert.Equal(TestReceipt.TimeMs, json.GetProperty("timeMs").GetInt64());
        Assert.Equal(TestReceipt.Index, json.GetProperty("index").GetInt64());
        Assert.Equal(20, json.GetProperty("size").GetInt64());
        Assert.Equal(TestLog.Origin, json.GetProperty("log").GetString());
        Assert.Equal("opened", json.GetProperty("record").GetString());
    }

    [Fact]
    public async Task Answer_with_its_record_verifies() => Assert.Equal("released", await KnowledgeAsync(Answer()));

    [Fact]
    public async Task Problem_with_a_receipt_verifies() => Assert.Equal("opened", await KnowledgeAsync(new JsonObject
    {
        ["type"] = "urn:data-exchange:problem:consent-required",
        ["status"] = 403,
        ["code"] = "consent-required",
        ["receipt"] = TestReceipt.OfRefusal().ToJson(),
    }));

    [Fact]
    public async Task Receipt_without_opening_proves_the_entry_only()
    {
        var receipt = TestReceipt.OfRelease().ToJson();
        receipt.Remove("opening");
        Assert.Equal("sealed", await KnowledgeAsync(receipt));
    }

    [Fact]
    public async Task Receipt_of_an_open_leaf_verifies() => Assert.Equal("open", await KnowledgeAsync(TestReceipt.OfOpenLeaf().ToJson()));

    [Fact]
    public async Task Changed_record_in_the_answer_is_found()
    {
        var answer = Answer();
        answer["record"]!["name"] = "someone else";
        (await VerifyAsync(answer)).Shows(1, "record-mismatch");
    }

    [Fact]
    public async Task Record_that_the_receipt_does_not_speak_of_is_found()
    {
        var refused = Answer();
        refused["receipt"] = TestReceipt.OfRefusal().ToJson();
        (await VerifyAsync(refused)).Shows(1, "record-mismatch");

        var unopened = Answer();
        unopened["receipt"]!.AsObject().Remove("opening");
        (await VerifyAsync(unopened)).Shows(1, "record-mismatch");
    }

    [Fact]
    public async Task Only_a_release_vouches_for_a_record()
    {
        var failed = Answer();
        var digest = TestReceipt.OfRelease().Opening!.Record.GetProperty("digest").GetString();
        failed["receipt"] = TestReceipt.Sealed(
            LeafKinds.AccessFailed, new JsonObject { ["kind"] = LeafKinds.AccessFailed, ["digest"] = digest, ["time"] = TestReceipt.TimeMs }).ToJson();
        (await VerifyAsync(failed)).Shows(1, "record-mismatch");
    }

    [Theory]
    [InlineData(LeafKinds.AccessFailed, TestReceipt.TimeMs)]
    [InlineData(LeafKinds.AccessReleased, TestReceipt.TimeMs + 1)]
    public async Task Record_of_another_kind_or_time_than_its_leaf_is_found(string kind, long timeMs) =>
        (await VerifyAsync(TestReceipt.Sealed(LeafKinds.AccessReleased, new JsonObject { ["kind"] = kind, ["time"] = timeMs }).ToJson()))
            .Shows(1, "opening-mismatch");

    [Fact]
    public async Task Member_that_stands_twice_is_no_receipt()
    {
        var answer = Answer().ToJsonString();
        (await VerifyTextAsync(answer.Insert(1, "\"record\":{},"))).Shows(2, "input-unreadable");
    }

    [Fact]
    public async Task Changed_opening_is_found()
    {
        var record = TestReceipt.OfRefusal().ToJson();
        record["opening"]!["record"]!["reasons"]![0] = "fields-not-permitted";
        (await VerifyAsync(record)).Shows(1, "opening-mismatch");

        var key = TestReceipt.OfRefusal().ToJson();
        key["opening"]!["key"] = FlipBase64(key["opening"]!["key"]!.GetValue<string>());
        (await VerifyAsync(key)).Shows(1, "opening-mismatch");

        var shortKey = TestReceipt.OfRefusal().ToJson();
        shortKey["opening"]!["key"] = "AAAA";
        (await VerifyAsync(shortKey)).Shows(1, "opening-mismatch");

        var foreign = TestReceipt.OfOpenLeaf().ToJson();
        foreign["opening"] = TestReceipt.OfRefusal().ToJson()["opening"]!.DeepClone();
        (await VerifyAsync(foreign)).Shows(1, "opening-mismatch");
    }

    [Fact]
    public async Task Changed_leaf_is_found()
    {
        var changed = TestReceipt.OfRelease().ToJson();
        changed["leaf"] = FlipBase64(changed["leaf"]!.GetValue<string>());
        (await VerifyAsync(changed)).Shows(1, "not-included");

        foreach (var text in new[] { "", "AAAA", "not base64", TestReceipt.OfRelease().Leaf + "\n" })
        {
            changed["leaf"] = text;
            (await VerifyAsync(changed)).Shows(1, "leaf-malformed");
        }
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2", "proof-malformed")]
    [InlineData("index 13", "index 013", "proof-malformed")]
    [InlineData("index 13", "index 12", "index-mismatch")]
    [InlineData("\n20\n", "\n21\n", "checkpoint-invalid")]
    [InlineData("\ndemo.example/access\n", "\ndemo.example/other\n", "checkpoint-invalid")]
    public async Task Changed_proof_is_found(string from, string to, string code)
    {
        var receipt = TestReceipt.OfRelease().ToJson();
        var proof = receipt["proof"]!.GetValue<string>();
        Assert.Contains(from, proof, StringComparison.Ordinal);
        receipt["proof"] = proof.Replace(from, to, StringComparison.Ordinal);
        (await VerifyAsync(receipt)).Shows(1, code);
    }

    [Fact]
    public async Task Proof_of_another_place_is_found()
    {
        var receipt = TestReceipt.OfRelease().ToJson();
        receipt["proof"] = receipt["proof"]!.GetValue<string>().Replace("index 13", "index 12", StringComparison.Ordinal);
        receipt["index"] = 12;
        (await VerifyAsync(receipt)).Shows(1, "not-included");
    }

    [Fact]
    public async Task Flipping_any_character_of_the_proof_is_found()
    {
        var proof = TestReceipt.OfRelease().Proof;
        for (var place = 0; place < proof.Length; place += 5)
        {
            var receipt = TestReceipt.OfRelease().ToJson();
            receipt["proof"] = $"{proof[..place]}{(char)(proof[place] ^ 1)}{proof[(place + 1)..]}";
            Assert.Equal(1, (await VerifyAsync(receipt)).ExitCode);
        }
    }

    [Fact]
    public async Task Receipt_of_another_log_is_found()
    {
        var receipt = TestReceipt.OfRelease().ToJson();
        receipt["log"] = "demo.example/governance";
        (await VerifyAsync(receipt)).Shows(1, "log-mismatch");
    }

    [Fact]
    public async Task Key_of_another_log_is_refused()
    {
        using var sameName = NoteSigner.FromSeed(TestLog.Origin, NoteSigner.NewSeed());
        using var otherName = NoteSigner.FromSeed("demo.example/governance", NoteSigner.NewSeed());
        var receipt = TestReceipt.OfRelease().ToJson();
        (await VerifyAsync(receipt, sameName.Verifier.ToString())).Shows(1, "checkpoint-invalid");
        (await VerifyAsync(receipt, otherName.Verifier.ToString())).Shows(1, "log-mismatch");
        (await VerifyAsync(receipt, "nonsense")).Shows(2, "key-malformed");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("""{"receipt":null}""")]
    [InlineData("""{"receipt":{}}""")]
    [InlineData("""{"receipt":{"log":"a","index":"1","leaf":"","proof":""}}""")]
    [InlineData("""{"log":"a","index":1,"leaf":"\ud800","proof":""}""")]
    [InlineData("""{"log":"a","index":1,"leaf":null,"proof":""}""")]
    [InlineData("""{"log":"a","index":1,"leaf":"","proof":"","more":1}""")]
    public async Task What_holds_no_receipt_is_no_verdict(string text) =>
        (await DxRun.InProcessAsync(["receipt", "verify", "-", "--vkey", TestReceipt.Vkey, "--json"], text)).Shows(2, "input-unreadable");

    [Fact]
    public async Task File_that_is_not_there_is_no_verdict() =>
        (await DxRun.InProcessAsync(["receipt", "verify", "nowhere.json", "--vkey", TestReceipt.Vkey, "--json"])).Shows(2, "input-unreadable");

    [Fact]
    public async Task Program_reads_a_file_or_its_input()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Answer().ToJsonString(), TestContext.Current.CancellationToken);
            string[] key = ["--vkey", TestReceipt.Vkey];
            var plain = await DxRun.ProcessAsync(["receipt", "verify", file, .. key]);
            Assert.Equal(0, plain.ExitCode);
            Assert.StartsWith("Verified: the entry stands in demo.example/access.", plain.Out, StringComparison.Ordinal);
            Assert.Contains("2026-09-21 14:13:20.123 UTC", plain.Out, StringComparison.Ordinal);
            Assert.DoesNotContain("someone", plain.Out, StringComparison.Ordinal);

            var altered = Answer().ToJsonString().Replace("someone", "nobody", StringComparison.Ordinal);
            (await DxRun.ProcessAsync(["receipt", "verify", "-", .. key, "--json"], altered)).Shows(1, "record-mismatch");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static JsonObject Answer() => new()
    {
        ["dataset"] = "public-security/residence",
        ["revision"] = 1,
        ["record"] = TestReceipt.Released,
        ["withheld"] = new JsonArray(),
        ["decision"] = "12",
        ["receipt"] = TestReceipt.OfRelease().ToJson(),
    };

    private static async Task<string?> KnowledgeAsync(JsonObject file) =>
        (await VerifyAsync(file)).Shows(0, "verified").Json.GetProperty("record").GetString();

    private static Task<DxRun> VerifyAsync(JsonObject file, string? vkey = null) => VerifyTextAsync(file.ToJsonString(), vkey);

    private static Task<DxRun> VerifyTextAsync(string file, string? vkey = null) =>
        DxRun.InProcessAsync(["receipt", "verify", "-", "--vkey", vkey ?? TestReceipt.Vkey, "--json"], file);

    private static string FlipBase64(string base64)
    {
        var bytes = Convert.FromBase64String(base64);
        bytes[^1] ^= 1;
        return Convert.ToBase64String(bytes);
    }
}
