using System.CommandLine;
using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Verify;

namespace DataExchange.Cli.Witnesses;

/// <summary><c>dx witness check &lt;url|folder&gt; --policy &lt;file&gt;</c>.</summary>
internal static class WitnessCheckCommand
{
    public static Command Create(DxConsole console)
    {
        var location = LogSource.Argument();
        var policy = PolicyOption.Create();
        policy.Required = true;
        var ask = new Option<bool>("--ask") { Description = "Ask each witness itself what it has seen." };
        var state = VerifyCommand.StateOption();
        state.Description = "Folder in which checkpoints that contradict each other are kept.";
        var json = CommandRun.JsonOption();
        var check = new ManualCommand("check", "Says which witnesses cosigned the newest checkpoint, and whether they suffice.", WitnessHelp.Text)
        {
            location, policy, ask, state, json,
        };
        var key = new LogKey(check);
        check.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            async () =>
            {
                var from = parsed.GetRequiredValue(location);
                using var source = LogSource.Open(from);
                var log = new LogResources(source);
                var witnesses = await PolicyOption.ReadAsync(parsed.GetValue(policy), cancellationToken);
                var vkey = await key.ResolveAsync(parsed, log, from, cancellationToken);
                return await new WitnessCheck(console, log, from, vkey, witnesses!, parsed.GetValue(state) ?? console.StateFolder).RunAsync(parsed.GetValue(ask), cancellationToken);
            },
            cancellationToken));
        return new Command("witness", "Works on a log's witnesses.") { check };
    }
}
