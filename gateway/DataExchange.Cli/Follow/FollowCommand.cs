using System.CommandLine;
using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Verify;
using DataExchange.Cli.Witnesses;

namespace DataExchange.Cli.Follow;

/// <summary><c>dx follow &lt;url|folder&gt;</c>.</summary>
internal static class FollowCommand
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(2);

    public static Command Create(DxConsole console)
    {
        var location = LogSource.Argument();
        var from = new Option<long?>("--from") { Description = "Print entries from this index on; without it, those after the remembered checkpoint.", HelpName = "index" };
        var until = new Option<long?>("--until") { Description = "End when so many entries are verified.", HelpName = "size" };
        var interval = DurationOption.Create("--interval", "How long to wait between two looks; 2s without it.");
        var maxAge = DurationOption.Create("--max-age", "Stop when the log has not grown for so long.");
        var policy = PolicyOption.Create();
        var state = VerifyCommand.StateOption();
        var json = CommandRun.JsonOption();
        json.Description = "Write each entry, and the result, as a line of JSON.";
        var command = new ManualCommand("follow", "Prints entries as they are published, and stops when the log is not what it was.", FollowHelp.Text)
        {
            location, from, until, interval, maxAge, policy, state, json,
        };
        var key = new LogKey(command);
        command.Validators.Add(result =>
        {
            foreach (var option in new[] { from, until }.Where(option => result.GetValue(option) < 0))
            {
                result.AddError($"{option.Name} has to be 0 or more.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            async () =>
            {
                var address = parsed.GetRequiredValue(location);
                using var source = LogSource.Open(address);
                var log = new LogResources(source);
                var vkey = await key.ResolveAsync(parsed, log, address, cancellationToken);
                var follower = new Follower(console, log, address, vkey, new StateFolder(parsed.GetValue(state) ?? console.StateFolder))
                {
                    From = parsed.GetValue(from),
                    Until = parsed.GetValue(until),
                    Interval = parsed.GetValue(interval) ?? DefaultInterval,
                    MaxAge = parsed.GetValue(maxAge),
                    Policy = await PolicyOption.ReadAsync(parsed.GetValue(policy), cancellationToken),
                    Printer = new EntryPrinter(console.Out, parsed.GetValue(json)),
                };
                return await follower.RunAsync(cancellationToken);
            },
            cancellationToken,
            CliJsonContext.Lines));
        return command;
    }
}
