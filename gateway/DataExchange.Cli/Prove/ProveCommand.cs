using System.CommandLine;
using System.Text;
using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Trees;

namespace DataExchange.Cli.Prove;

/// <summary><c>dx prove &lt;url|folder&gt; &lt;index&gt;</c>.</summary>
internal static class ProveCommand
{
    public static Command Create(DxConsole console)
    {
        var location = LogSource.Argument();
        var index = new Argument<long?>("index") { Description = "Index of the entry, from 0.", Arity = ArgumentArity.ZeroOrOne };
        var consistency = new Option<long?>("--consistency") { Description = "Prove that the log extends its first so many entries.", HelpName = "size" };
        var output = new Option<string?>("--output", "-o") { Description = "File for the proof.", HelpName = "file" };
        var entry = new Option<string?>("--entry") { Description = "File for the entry itself.", HelpName = "file" };
        var json = CommandRun.JsonOption();
        var command = new ManualCommand("prove", "Proves from the log's tiles that an entry stands in it.", ProveHelp.Text)
        {
            location, index, consistency, output, entry, json,
        };
        var key = new LogKey(command);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(index) is null) == (result.GetValue(consistency) is null))
            {
                result.AddError("Give the index of an entry, or --consistency with a size.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            async () =>
            {
                var from = parsed.GetRequiredValue(location);
                using var source = LogSource.Open(from);
                var log = new LogResources(source);
                var head = await LogHead.ReadAsync(log, from, await key.ResolveAsync(parsed, log, from, cancellationToken), cancellationToken);
                var report = parsed.GetValue(index) is { } place
                    ? await Prover.InclusionAsync(log, head, place, parsed.GetValue(entry), cancellationToken)
                    : await Prover.ConsistencyAsync(log, head, parsed.GetValue(consistency)!.Value, cancellationToken);
                if (parsed.GetValue(output) is { } file)
                {
                    await OutputFile.WriteAsync(file, Encoding.UTF8.GetBytes(report.Proof), cancellationToken);
                    return report with { File = file };
                }

                return report;
            },
            cancellationToken));
        return command;
    }
}
