using System.CommandLine;
using DataExchange.Cli.Output;

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
        var vkey = LogKey.CreateOption();
        vkey.Required = true;
        var json = CommandRun.JsonOption();
        var verify = new Command("verify", "Checks offline that an entry stands in a log, and that the record shown is the one it commits to.")
        {
            file, vkey, json,
        };
        verify.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            async () =>
            {
                var key = LogKey.Parse(parsed.GetValue(vkey));
                return ReceiptCheck.Run(await ReceiptFile.ReadAsync(parsed.GetRequiredValue(file), console, cancellationToken), key);
            },
            cancellationToken));
        return new Command("receipt", "Works on receipts.") { verify };
    }
}
