using System.CommandLine;
using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Witnesses;

namespace DataExchange.Cli.Verify;

/// <summary><c>dx verify &lt;url|folder&gt;</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create(DxConsole console)
    {
        var location = LogSource.Argument();
        var policy = PolicyOption.Create();
        var incremental = new Option<bool>("--incremental") { Description = "Read only what was not read here before." };
        var resume = new Option<bool>("--resume") { Description = "Go on where an interrupted run stopped." };
        var state = StateOption();
        var json = CommandRun.JsonOption();
        var command = new ManualCommand(
            "verify", "Recomputes a whole log from its entries: root, hash tiles, signature, and that it extends what it was before.", VerifyHelp.Text)
        {
            location, policy, incremental, resume, state, json,
        };
        var key = new LogKey(command);
        command.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            async () =>
            {
                var from = parsed.GetRequiredValue(location);
                using var source = LogSource.Open(from);
                var log = new LogResources(source);
                var run = new VerifyRun(console, log, from, await key.ResolveAsync(parsed, log, from, cancellationToken), parsed.GetValue(state))
                {
                    Policy = await PolicyOption.ReadAsync(parsed.GetValue(policy), cancellationToken),
                    IsIncremental = parsed.GetValue(incremental),
                    IsResumed = parsed.GetValue(resume),
                };
                return await run.RunAsync(cancellationToken);
            },
            cancellationToken));
        return command;
    }

    /// <summary>The option that says where checkpoints are remembered.</summary>
    public static Option<string?> StateOption() => new("--state")
    {
        Description = "Folder in which the newest verified checkpoint of each log is remembered.",
        HelpName = "folder",
    };
}
