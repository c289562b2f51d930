using System.CommandLine;
using DataExchange.Cli.Output;
using DataExchange.Cli.Witnesses;

namespace DataExchange.Cli.Receipts;

/// <summary><c>dx receipt verify &lt;file|-&gt;</c>.</summary>
internal static class ReceiptVerifyCommand
{
    public static Command Create(DxConsole console)
    {
        var file = new Argument<string>("file")
        {
            Description = "A receipt, or an answer or problem that holds one; - reads standard input.",
            HelpName = "file|-",
        };
        var leaf = new Option<string?>("--leaf") { Description = "The entry; the file is then a plain tlog-proof.", HelpName = "file" };
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
                var receipt = parsed.GetValue(leaf) is { } leafFile
                    ? await ReceiptFile.ReadAsync(path, leafFile, key, console, cancellationToken)
                    : await ReceiptFile.ReadAsync(path, console, cancellationToken);
                return ReceiptCheck.Run(receipt, key, await PolicyOption.ReadAsync(parsed.GetValue(policy), cancellationToken));
            },
            cancellationToken));
        return new Command("receipt", "Works on receipts.") { verify };
    }
}
