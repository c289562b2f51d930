using System.CommandLine;
using DataExchange.Cli.Follow;
using DataExchange.Cli.Output;
using DataExchange.Cli.Rebuild;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Trees;
using DataExchange.Cli.Verify;
using DataExchange.Cli.Witnesses;
using DataExchange.Merkle;

namespace DataExchange.Cli.Agreements;

/// <summary><c>dx agreement verify &lt;url|folder&gt;</c>.</summary>
internal static class AgreementVerifyCommand
{
    public static Command Create(DxConsole console)
    {
        var location = LogSource.Argument();
        var id = new Option<string?>("--id") { Description = "One agreement; all of them without it.", HelpName = "id" };
        var policy = PolicyOption.Create();
        var state = VerifyCommand.StateOption();
        var json = CommandRun.JsonOption();
        var command = new ManualCommand("verify", "Verifies the parties' signatures under every agreement, from the governance log alone.", AgreementHelp.Verify) { location, id, policy, state, json };
        var key = new LogKey(command);
        command.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            async () =>
            {
                var from = parsed.GetRequiredValue(location);
                using var source = LogSource.Open(from);
                var log = new LogResources(source);
                var vkey = await key.ResolveAsync(parsed, log, from, cancellationToken);
                var head = await LogHead.ReadAsync(log, from, vkey, cancellationToken);
                PolicyOption.Require(await PolicyOption.ReadAsync(parsed.GetValue(policy), cancellationToken), vkey, head.Note);
                return await RunAsync(console, log, vkey, head, new StateFolder(parsed.GetValue(state) ?? console.StateFolder), parsed.GetValue(id), cancellationToken);
            },
            cancellationToken));
        return command;
    }

    private static async Task<Report> RunAsync(
        DxConsole console, LogResources log, NoteVerifier key, LogHead head, StateFolder state, string? id, CancellationToken cancellationToken)
    {
        var memory = new RememberedCheckpoints(state);
        var remembered = await memory.LoadAsync(key, cancellationToken);
        return await memory.KeepingEvidenceAsync(head, async () =>
        {
            History.CheckHeads(remembered, head.Checkpoint);
            var read = new BundleDigests();
            using (var progress = new ProgressBar(console, "entries"))
            {
                await new LogRebuild(log, head.Checkpoint, remembered, UpperTree.Empty()) { Sink = read }.RunAsync(progress, cancellationToken);
            }

            var check = new AgreementCheck(id);
            await foreach (var (index, entry) in VerifiedEntries.ReadAsync(log, 0, head.Checkpoint.Size, read, cancellationToken))
            {
                check.Take(index, entry);
            }

            await memory.SaveAsync(key, head, cancellationToken);
            if (check.Agreements.Count == 0)
            {
                throw FindingException.CannotTell(FindingCode.NoSuchEntry, id is null ? "No agreement was ever put in force." : $"No agreement '{id}' was ever put in force.");
            }

            var report = new AgreementReport(head.Checkpoint.Origin, head.Checkpoint.Size, check.Agreements);
            return report.Code == FindingCode.SignerUnknown ? report with { ExitCode = ExitCode.CannotTell } : report;
        });
    }
}
