using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace DataExchange.Contracts.Tests.Log;

/// <summary>P-STRANGER: runs the commands that <c>log-format.md</c> gives to strangers, as they stand there.</summary>
public sealed class ReceiptByHandTests : IDisposable
{
    private const string VkeyPath = "vectors/leaf/receipt.vkey";

    private readonly string _folder = Directory.CreateTempSubdirectory("receipt-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_good_receipt_passes() => Assert.True(await CheckAsync(await ReceiptAsync()));

    [Theory]
    [InlineData("the record")]
    [InlineData("the opening key")]
    [InlineData("the leaf")]
    [InlineData("the index")]
    [InlineData("the index in both places")]
    [InlineData("a hash of the proof")]
    [InlineData("the proof's length")]
    [InlineData("the size of the tree")]
    [InlineData("the root of the tree")]
    [InlineData("the signature")]
    [InlineData("the log's name")]
    public async Task A_receipt_with_something_changed_does_not(string what)
    {
        var receipt = await ReceiptAsync();
        Forge(receipt, what);

        Assert.False(await CheckAsync(receipt));
    }

    [Fact]
    public async Task An_answer_whose_record_the_receipt_does_not_vouch_for_does_not()
    {
        await WriteAsync("answer.json", """{"record":{"name":"someone"}}""");

        Assert.False(await CheckAsync(await ReceiptAsync()));
    }

    [Fact]
    public async Task A_receipt_of_another_log_key_does_not()
    {
        var parts = (await ReadAsync(VkeyPath)).Split('+', 3);

        Assert.False(await CheckAsync(await ReceiptAsync(), vkey: $"{parts[0]}+{parts[1]}+{Flip(parts[2], at: 20)}\n"));
    }

    [Fact]
    public async Task A_receipt_that_a_witness_cosigned_passes_and_says_when()
    {
        await WriteWitnessAsync();
        var receipt = await ReceiptAsync();
        Cosign(receipt, await WitnessAsync("line"));

        Assert.True(await CheckAsync(receipt));
        Assert.Equal(await WitnessAsync("time"), (await File.ReadAllTextAsync(Path.Combine(_folder, "cosigned"), TestContext.Current.CancellationToken)).Split('\n')[1]["time ".Length..]);
    }

    [Theory]
    [InlineData("no cosignature", null)]
    [InlineData("another time", 11)]
    [InlineData("another signature", 20)]
    public async Task A_receipt_that_the_witness_did_not_cosign_does_not(string what, int? flipped)
    {
        await WriteWitnessAsync();
        var receipt = await ReceiptAsync();
        if (flipped is { } at)
        {
            var line = (await WitnessAsync("line")).TrimEnd('\n').Split(' ');
            Cosign(receipt, $"{line[0]} {line[1]} {Flip(line[2], at)}\n");
        }

        Assert.False(await CheckAsync(receipt), what);
    }

    private static void Cosign(JsonNode receipt, string line) => receipt["proof"] = receipt["proof"]!.GetValue<string>() + line;

    private static void Forge(JsonNode receipt, string what)
    {
        var proof = receipt["proof"]!.GetValue<string>().Split('\n').ToList();
        var checkpoint = proof.IndexOf("") + 1;
        switch (what)
        {
            case "the record":
                receipt["opening"]!["record"]!["governance"] = 43;
                break;
            case "the opening key":
                receipt["opening"]!["key"] = Flip(receipt["opening"]!["key"]!.GetValue<string>(), at: 0);
                break;
            case "the leaf":
                receipt["leaf"] = Flip(receipt["leaf"]!.GetValue<string>(), at: 20);
                break;
            case "the index":
                receipt["index"] = 3;
                break;
            case "the index in both places":
                receipt["index"] = 3;
                proof[1] = "index 3";
                break;
            case "a hash of the proof":
                proof[2] = Flip(proof[2], at: 31);
                break;
            case "the proof's length":
                proof.RemoveAt(checkpoint - 2);
                break;
            case "the size of the tree":
                proof[checkpoint + 1] = "8";
                break;
            case "the root of the tree":
                proof[checkpoint + 2] = Flip(proof[checkpoint + 2], at: 0);
                break;
            case "the signature":
                var line = proof[checkpoint + 4].Split(' ');
                proof[checkpoint + 4] = $"{line[0]} {line[1]} {Flip(line[2], at: 10)}";
                break;
            case "the log's name":
                receipt["log"] = "example.test/governance";
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(what), what, null);
        }

        receipt["proof"] = string.Join('\n', proof);
    }

    private static string Flip(string base64, int at)
    {
        var bytes = Convert.FromBase64String(base64);
        bytes[at] ^= 1;
        return Convert.ToBase64String(bytes);
    }

    private async Task<bool> CheckAsync(JsonNode receipt, string? vkey = null)
    {
        await WriteAsync("receipt.json", receipt.ToJsonString());
        await WriteAsync("vkey", vkey ?? await ReadAsync(VkeyPath));
        await WriteAsync("check.sh", Commands(await ReadAsync("log-format.md")));

        var start = new ProcessStartInfo("bash", ["check.sh"]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            TestContext.Current.TestOutputHelper?.WriteLine(await output + errors);
            Assert.SkipWhen(process.ExitCode == 127 || errors.Contains("command not found", StringComparison.Ordinal), "The commands need jq and openssl: " + errors);
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            Assert.Skip("The commands need bash.");
            throw;
        }
    }

    private async Task WriteWitnessAsync() => await WriteAsync("witness", await WitnessAsync("vkey") + "\n");

    private static async Task<string> WitnessAsync(string member) =>
        JsonNode.Parse(await ReadAsync("vectors/cosignature/receipt.json"))![member]!.GetValue<string>();

    private static async Task<JsonNode> ReceiptAsync() => JsonNode.Parse(await ReadAsync("vectors/leaf/receipt.json"))!;

    private static string Commands(string page)
    {
        var start = page.IndexOf("```bash\n", StringComparison.Ordinal) + "```bash\n".Length;
        return page[start..page.IndexOf("```\n", start, StringComparison.Ordinal)];
    }

    private static Task<string> ReadAsync(string path) =>
        File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, path), TestContext.Current.CancellationToken);

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text, TestContext.Current.CancellationToken);
}
