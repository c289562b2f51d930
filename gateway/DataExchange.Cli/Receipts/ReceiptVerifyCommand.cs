using System.CommandLine;
using DataExchange.Cli.Output;
using DataExchange.Cli.Witnesses;
using DataExchange.Merkle;

namespace DataExchange.Cli.Receipts;

/// <summary><c>dx receipt verify &lt;file|-&gt;</c>.</summary>
internal static class ReceiptVerifyCommand
{
    public static Command Create(DxConsole console)
    {
        var file = new Argument<string>("file")
        {
            Description = "A receipt, or an answer or problem that holds one; a COSE receipt (RFC 9942); - reads standard input.",
            HelpName = "file|-",
        };
        var leaf = new Option<string?>("--leaf") { Description = "The entry, as bytes; the file is then a plain tlog-proof or a COSE receipt, which do not hold it.", HelpName = "file" };
        var vkey = LogKey.CreateOption();
        vkey.Required = true;
        var policy = PolicyOption.Create();
        var json = CommandRun.JsonOption();
        var verify = new ManualCommand(
            "verify", "Checks offline that an entry stands in a log, and that the record shown is the one it commits to.", ReceiptHelp.Text)
        {
            file, leaf, vkey, policy, json,
        };
        verify.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            async () =>
            {
                var (path, key) = (parsed.GetRequiredValue(file), LogKey.Parse(parsed.GetValue(vkey)));
                var bytes = await ReceiptFile.ReadBytesAsync(path, console, cancellationToken);
                var entry = parsed.GetValue(leaf) is { } leafPath ? await ReceiptFile.ReadBytesAsync(leafPath, console, cancellationToken) : null;
                var witnesses = await PolicyOption.ReadAsync(parsed.GetValue(policy), cancellationToken);
                return CoseReceipt.IsLike(bytes)
                    ? CoseReceiptCheck.Run(bytes, entry ?? throw LeafMissing(path), key, witnesses)
                    : ReceiptCheck.Run(entry is null ? ReceiptFile.Find(path, bytes) : ReceiptFile.Of(bytes, entry, key), key, witnesses);
            },
            cancellationToken));
        return new Command("receipt", "Works on receipts.") { verify };
    }

    private static FindingException LeafMissing(string path) =>
        FindingException.CannotTell(FindingCode.InputUnreadable, $"{path} is a COSE receipt, which does not hold its leaf: name the leaf's file with --leaf.");
}
