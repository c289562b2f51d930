using System.CommandLine;
using DataExchange.Cli.Output;
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
        var leaf = new Option<string?>("--leaf")
        {
            Description = "The leaf that a COSE receipt is for, as bytes; the receipt does not hold it.",
            HelpName = "file",
        };
        var vkey = KeyOption.Create();
        vkey.Required = true;
        var json = CommandRun.JsonOption();
        var verify = new Command("verify", "Checks offline that an entry stands in a log, and that the record shown is the one it commits to.")
        {
            file, leaf, vkey, json,
        };
        verify.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            async () =>
            {
                var key = KeyOption.Parse(parsed.GetValue(vkey));
                var path = parsed.GetRequiredValue(file);
                var bytes = await ReceiptFile.ReadBytesAsync(path, console, cancellationToken);
                return !CoseReceipt.IsLike(bytes) ? ReceiptCheck.Run(ReceiptFile.Find(path, bytes), key)
                    : parsed.GetValue(leaf) is { } leafPath ? CoseReceiptCheck.Run(bytes, await ReceiptFile.ReadBytesAsync(leafPath, console, cancellationToken), key)
                    : throw FindingException.CannotTell(FindingCode.InputUnreadable, $"{path} is a COSE receipt, which does not hold its leaf: name the leaf's file with --leaf.");
            },
            cancellationToken));
        return new Command("receipt", "Works on receipts.") { verify };
    }
}
