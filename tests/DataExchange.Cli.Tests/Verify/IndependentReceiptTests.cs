using System.Text.Json.Nodes;
using DataExchange.Cli.Tests.Logs;
using DataExchange.Cli.Tests.Receipts;
using DataExchange.Contracts.Log;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Verify;

/// <summary>Receipts, read by the verifier that shares no code with us.</summary>
public class IndependentReceiptTests
{
    [Theory]
    [InlineData("nothing", 0)]
    [InlineData("no opening", 0)]
    [InlineData("in an answer", 0)]
    [InlineData("an open leaf", 0)]
    [InlineData("an open leaf of erasure", 0)]
    [InlineData("another record in the answer", 1)]
    [InlineData("an answer without an opening", 1)]
    [InlineData("a fraction in the answer", 2)]
    [InlineData("a member twice", 2)]
    [InlineData("nested without end", 2)]
    [InlineData("index", 1)]
    [InlineData("log", 1)]
    [InlineData("leaf", 1)]
    [InlineData("key", 1)]
    [InlineData("record", 1)]
    [InlineData("kind", 1)]
    [InlineData("proof", 1)]
    [InlineData("member", 1)]
    [InlineData("vkey", 1)]
    public async Task Receipt_holds_until_something_in_it_is_changed(string what, int exitCode)
    {
        var receipt = (what.StartsWith("an open leaf", StringComparison.Ordinal) ? TestReceipt.OfOpenLeaf(what.EndsWith("erasure", StringComparison.Ordinal) ? "erasure.ordered" : LeafKinds.RegionFounded) : TestReceipt.OfRelease()).ToJson();
        var vkey = TestReceipt.Vkey;
        switch (what)
        {
            case "no opening":
                receipt.Remove("opening");
                break;
            case "in an answer":
                receipt = new JsonObject { ["record"] = TestReceipt.Released, ["receipt"] = receipt };
                break;
            case "another record in the answer":
                receipt = new JsonObject { ["record"] = new JsonObject { ["name"] = "someone else" }, ["receipt"] = receipt };
                break;
            case "an answer without an opening":
                receipt.Remove("opening");
                receipt = new JsonObject { ["record"] = TestReceipt.Released, ["receipt"] = receipt };
                break;
            case "a fraction in the answer":
                receipt = new JsonObject { ["record"] = new JsonObject { ["amount"] = 0.5 }, ["receipt"] = receipt };
                break;
            case "index":
                receipt["index"] = TestReceipt.Index + 1;
                break;
            case "log":
                receipt["log"] = "elsewhere.example/access";
                break;
            case "leaf":
                receipt["leaf"] = Convert.ToBase64String([.. Convert.FromBase64String(receipt["leaf"]!.GetValue<string>()), 0]);
                break;
            case "key":
                receipt["opening"]!["key"] = Convert.ToBase64String(new byte[32]);
                break;
            case "record":
                receipt["opening"]!["record"]!["digest"] = "";
                break;
            case "kind":
                receipt = TestReceipt.Sealed(LeafKinds.AccessReleased, new JsonObject { ["kind"] = LeafKinds.AccessRefused, ["time"] = TestReceipt.TimeMs }).ToJson();
                break;
            case "proof":
                receipt["proof"] = receipt["proof"]!.GetValue<string>().Replace("\n20\n", "\n21\n", StringComparison.Ordinal);
                break;
            case "member":
                receipt.Remove("leaf");
                break;
            case "vkey":
                using (var other = NoteSigner.FromSeed(TestLog.Origin, NoteSigner.NewSeed()))
                {
                    vkey = other.Verifier.ToString();
                }

                break;
        }

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, what switch
            {
                "a member twice" => receipt.ToJsonString()[..^1] + ",\"log\":\"\"}",
                "nested without end" => new string('[', 100_000),
                _ => receipt.ToJsonString(),
            }, TestContext.Current.CancellationToken);
            var run = await PythonVerifier.RunAsync(vkey, "--receipt", file);
            Assert.True(exitCode == run.ExitCode, $"{run.Out}{run.Error}");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
