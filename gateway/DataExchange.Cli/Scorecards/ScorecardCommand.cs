using System.CommandLine;
using System.Text;
using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;
using DataExchange.Contracts.Scorecards;
using DataExchange.Merkle;

namespace DataExchange.Cli.Scorecards;

/// <summary><c>dx scorecard &lt;access log&gt; &lt;governance log&gt;</c>.</summary>
internal static class ScorecardCommand
{
    public static Command Create(DxConsole console)
    {
        var access = LogSource.Argument("access");
        var governance = LogSource.Argument("governance");
        var period = new Option<string>("--period") { Description = "The month, for instance 2026-10.", HelpName = "month", Required = true };
        var facts = new Option<FileInfo?>("--facts") { Description = "Opened entries as a reviewer exports them; without it only the open part is recomputed.", HelpName = "file" };
        var card = new Option<FileInfo?>("--card") { Description = "The scorecard to check; without it the one that stands in the governance log.", HelpName = "file" };
        var governanceVkey = new Option<string?>("--governance-vkey") { Description = "The governance log's verifier key; --vkey is that of the access log.", HelpName = "key" };
        var json = CommandRun.JsonOption();
        var command = new ManualCommand("scorecard", "Recomputes a month's scorecard of departments from the logs, and compares it figure by figure.", ScorecardHelp.Text)
        {
            access, governance, period, facts, card, governanceVkey, json,
        };
        var key = new LogKey(command);
        command.Validators.Add(result =>
        {
            if (!ScorecardPeriod.TryParse(result.GetValue(period), out _))
            {
                result.AddError("--period is a month, for instance 2026-10.");
            }

            if ((result.GetValue(governanceVkey) is null) != result.GetValue<bool>("--trust-fetched-vkey"))
            {
                result.AddError("Give the governance log's key with --governance-vkey beside --vkey, or --trust-fetched-vkey for both.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            async () =>
            {
                _ = ScorecardPeriod.TryParse(parsed.GetValue(period), out var month);
                var (accessAt, governanceAt) = (parsed.GetRequiredValue(access), parsed.GetRequiredValue(governance));
                using var accessSource = LogSource.Open(accessAt);
                using var governanceSource = LogSource.Open(governanceAt);
                var (accessLog, governanceLog) = (new LogResources(accessSource), new LogResources(governanceSource));
                var run = new ScorecardRun(
                    console, month,
                    (accessLog, accessAt, await key.ResolveAsync(parsed, accessLog, accessAt, cancellationToken)),
                    (governanceLog, governanceAt, await GovernanceKeyAsync(parsed.GetValue(governanceVkey), governanceLog, governanceAt, cancellationToken)));
                return await run.RunAsync(parsed.GetValue(facts)?.FullName, parsed.GetValue(card)?.FullName, cancellationToken);
            },
            cancellationToken));
        return command;
    }

    private static async Task<NoteVerifier> GovernanceKeyAsync(string? given, LogResources log, string location, CancellationToken cancellationToken) => LogKey.Parse(
        given ?? (await log.VkeyAsync(cancellationToken) is { } bytes ? Encoding.UTF8.GetString(bytes) : throw LogSource.Unreadable(location, "it shows no vkey.")));
}
