using System.CommandLine;
using DataExchange.Cli.DataFolders;
using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Trees;
using DataExchange.Cli.Witnesses;

namespace DataExchange.Cli.Export;

/// <summary><c>dx export &lt;url|folder&gt; &lt;target&gt;</c>.</summary>
internal static class ExportCommand
{
    public static Command Create(DxConsole console)
    {
        var location = new Argument<string>("log") { Description = "Address of the log, a folder with a copy of it, or a gateway's data folder.", HelpName = "url|folder" };
        var target = new Argument<string>("target") { Description = "Folder to write; made when it is not there.", HelpName = "folder" };
        var name = new Option<string>("--log") { Description = "Which log of a data folder: access, governance, or one that was retired, such as access-1.", DefaultValueFactory = _ => LogName.Access };
        name.HelpName = "log";
        var policy = PolicyOption.Create();
        var json = CommandRun.JsonOption();
        var command = new ManualCommand("export", "Writes a log as a folder that any web server can host, and brings it up to date.", ExportHelp.Text)
        {
            location, target, name, policy, json,
        };
        var key = new LogKey(command);
        command.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            async () =>
            {
                var from = parsed.GetRequiredValue(location);
                using var source = DataFolder.IsOne(from) ? new DataFolderSource(from, parsed.GetRequiredValue(name)) : LogSource.Open(from);
                var log = new LogResources(source);
                var vkey = await key.ResolveAsync(parsed, log, from, cancellationToken);
                var head = await LogHead.ReadAsync(log, from, vkey, cancellationToken);
                PolicyOption.Require(await PolicyOption.ReadAsync(parsed.GetValue(policy), cancellationToken), vkey, head.Note);
                return await new Exporter(console, log, vkey, parsed.GetRequiredValue(target)).RunAsync(head, cancellationToken);
            },
            cancellationToken));
        return command;
    }
}
