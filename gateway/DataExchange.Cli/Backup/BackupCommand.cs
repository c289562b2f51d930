using System.CommandLine;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Backup;

/// <summary><c>dx backup &lt;data folder&gt; &lt;target folder&gt;</c>.</summary>
internal static class BackupCommand
{
    public static Command Create(DxConsole console)
    {
        var source = new Argument<string>("data") { Description = "The gateway's data folder. The gateway may be running.", HelpName = "data folder" };
        var target = new Argument<string>("target") { Description = "Folder of the copy. A second run copies only what is new; a run that was broken off is gone on with.", HelpName = "target folder" };
        var at = new Option<string?>("--at") { Description = "Copy the logs as they were at a size of the access log, or at a time such as 2026-03-01T12:00:00Z.", HelpName = "size|time" };
        var logsOnly = new Option<bool>("--logs-only") { Description = "Copy the two logs and nothing else: to verify and to read, not to start a gateway on." };
        var withKeys = new Option<bool>("--with-keys") { Description = "Copy the key files (*.key) too. Whoever has the copy can then sign as this log and open every sealed record." };
        var rate = new Option<double?>("--max-rate") { Description = "Most MiB a second. Default: as fast as it goes.", HelpName = "MiB/s" };
        var json = CommandRun.JsonOption();
        var command = new ManualCommand("backup", "Copies a data folder while its gateway runs, hashing every entry on its way. A gateway can be started on the copy.", BackupHelp.Text)
        {
            source, target, at, logsOnly, withKeys, rate, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(rate) is { } value && !(value > 0))
            {
                result.AddError("--max-rate has to be more than zero.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            () => new BackupRun(console, new BackupRequest(
                parsed.GetRequiredValue(source),
                parsed.GetRequiredValue(target),
                BackupPoint.Parse(parsed.GetValue(at)),
                parsed.GetValue(logsOnly),
                parsed.GetValue(withKeys),
                (parsed.GetValue(rate) ?? double.PositiveInfinity) * (1 << 20))).RunAsync(cancellationToken),
            cancellationToken));
        return command;
    }
}
