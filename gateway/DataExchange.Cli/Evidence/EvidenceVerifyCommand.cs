using System.CommandLine;
using DataExchange.Cli.Output;
using DataExchange.Cli.Receipts;
using DataExchange.Cli.Witnesses;

namespace DataExchange.Cli.Evidence;

/// <summary><c>dx evidence verify &lt;file|-&gt;</c>.</summary>
internal static class EvidenceVerifyCommand
{
    public static Command Create(DxConsole console)
    {
        var file = new Argument<string>("file") { Description = "The evidence pack of a case; - reads standard input.", HelpName = "file|-" };
        var records = new Option<string?>("--records") { Description = "The answer of the gathering, which holds the records themselves: checks that they are the ones released.", HelpName = "file" };
        var vkeys = new Option<string[]>("--vkey")
        {
            Description = "The verifier keys of the access log and of the governance log, as you got them from somebody you trust.",
            HelpName = "key",
            Required = true,
        };
        var policy = PolicyOption.Create();
        var json = CommandRun.JsonOption();
        var verify = new ManualCommand("verify", "Checks offline that a case went as its evidence says.", EvidenceHelp.Text) { file, records, vkeys, policy, json };
        verify.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            async () =>
            {
                var keys = EvidenceKeys.Parse(parsed.GetRequiredValue(vkeys), await PolicyOption.ReadAsync(parsed.GetValue(policy), cancellationToken));
                var path = parsed.GetRequiredValue(file);
                var pack = EvidenceFile.Read(path, await ReceiptFile.ReadBytesAsync(path, console, cancellationToken));
                var released = parsed.GetValue(records) is { } recordsPath
                    ? EvidenceFile.ReadRecords(recordsPath, await ReceiptFile.ReadBytesAsync(recordsPath, console, cancellationToken))
                    : null;
                return EvidenceCheck.Run(pack, released, keys);
            },
            cancellationToken));
        return new Command("evidence", "Works on the evidence of cases.") { verify };
    }
}
