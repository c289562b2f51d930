using System.CommandLine;
using DataExchange.Cli.DataFolders;
using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;

namespace DataExchange.Cli.Fsck;

/// <summary><c>dx fsck &lt;folder&gt;</c>.</summary>
internal static class FsckCommand
{
    public static Command Create(DxConsole console)
    {
        var folder = new Argument<string>("folder") { Description = "A gateway's data folder.", HelpName = "folder" };
        var keys = new Option<string?>("--keys") { Description = "Folder of the key files, where it is another.", HelpName = "folder" };
        var deep = new Option<bool>("--deep") { Description = "Let SQLite check every page as well." };
        var snapshot = new Option<bool>("--snapshot") { Description = "Check the folder of a running gateway as it is at one moment." };
        var json = CommandRun.JsonOption();
        var command = new ManualCommand("fsck", "Checks a gateway's data folder offline.", FsckHelp.Text) { folder, keys, deep, snapshot, json };
        command.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            () => Task.Run(
                () =>
                {
                    var path = parsed.GetRequiredValue(folder);
                    if (!DataFolder.IsOne(path))
                    {
                        throw LogSource.Unreadable(path, $"it holds no {DataFolder.Exchange}, so it is no data folder.");
                    }

                    using var hold = FolderHold.Take(path, parsed.GetValue(snapshot));
                    return (Report)new FolderFsck(console, path, parsed.GetValue(keys) ?? path, parsed.GetValue(deep)).Run(hold.IsExclusive, cancellationToken);
                },
                cancellationToken),
            cancellationToken));
        return command;
    }
}
