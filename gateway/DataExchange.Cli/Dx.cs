using System.CommandLine;
using DataExchange.Cli.Adopt;
using DataExchange.Cli.Agreements;
using DataExchange.Cli.Backup;
using DataExchange.Cli.Evidence;
using DataExchange.Cli.Export;
using DataExchange.Cli.Follow;
using DataExchange.Cli.Fsck;
using DataExchange.Cli.Mirrors;
using DataExchange.Cli.Output;
using DataExchange.Cli.Prove;
using DataExchange.Cli.Receipts;
using DataExchange.Cli.Scorecards;
using DataExchange.Cli.Signing;
using DataExchange.Cli.Verify;
using DataExchange.Cli.Witnesses;

namespace DataExchange.Cli;

/// <summary>The <c>dx</c> command line: checks from outside what a gateway claims, and signs for a member. Exit codes are those of <see cref="ExitCode"/>.</summary>
internal static class Dx
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, DxConsole console)
    {
        var root = new RootCommand("Checks logs and receipts of a data exchange, trusting nothing but the log's key.")
        {
            VerifyCommand.Create(console),
            ProveCommand.Create(console),
            FollowCommand.Create(console),
            ExportCommand.Create(console),
            FsckCommand.Create(console),
            MirrorVerifyCommand.Create(console),
            WitnessCheckCommand.Create(console),
            ReceiptVerifyCommand.Create(console),
            EvidenceVerifyCommand.Create(console),
            BackupCommand.Create(console),
            AdoptCommand.Create(console),
            ScorecardCommand.Create(console),
            ProposalSignCommand.Create(console),
            new Command("agreement", "Works on agreements between departments.") { AgreementSignCommand.Create(console), AgreementVerifyCommand.Create(console) },
        };
        foreach (var command in MemberSignCommands.Create(console))
        {
            root.Add(command);
        }

        ManualCommand.AddTo(root);

        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = console.Out,
            Error = console.Error,

            // A crash of ours must not look like a verdict; the runtime's own exit code is neither 0 nor 1.
            EnableDefaultExceptionHandler = false,
        });

        return parsed.Errors.Count > 0 ? (int)ExitCode.CannotTell : exitCode;
    }
}
