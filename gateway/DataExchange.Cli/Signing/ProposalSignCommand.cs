using System.CommandLine;
using System.Text.Json;
using DataExchange.Cli.Output;
using DataExchange.Contracts.Signatures;

namespace DataExchange.Cli.Signing;

/// <summary><c>dx proposal sign &lt;url|file|-&gt;</c>.</summary>
internal static class ProposalSignCommand
{
    public static Command Create(DxConsole console)
    {
        var location = new Argument<string>("proposal")
        {
            Description = "The proposal: its address at the gateway, a file that was saved from there, or - for the standard input.", HelpName = "url|file|-",
        };
        var reject = new Option<string?>("--reject") { Description = "Reject it, for this reason. The reason is signed too, and stands in the log for anyone to read: no personal data.", HelpName = "reason" };
        var sign = new ManualCommand("sign", "Signs a member's approval of a proposal, or its rejection, offline.", SigningHelp.Proposal) { location, reject };
        var signing = new SigningRun(sign);
        sign.SetAction((parsed, cancellationToken) => signing.RunAsync(
            console,
            parsed,
            async () =>
            {
                var from = parsed.GetRequiredValue(location);
                return Order(await DocumentSource.ReadAsync(from, console, cancellationToken), from, parsed.GetValue(reject));
            },
            cancellationToken));
        return new Command("proposal", "Works on proposals to change the region's rules.") { sign };
    }

    private static SigningOrder Order(JsonElement proposal, string from, string? reason)
    {
        var id = Text("id");
        return new SigningOrder(reason is null ? SignedStatement.Proposal : SignedStatement.Rejection, id, proposal,
        [
            ("what", reason is null ? "approval" : $"rejection, because: {reason}"),
            ("proposal", id),
            ("kind", Text("kind")),
            ("by", Text("proposer")),
            ("because", Text("reason")),
            ("until", Text("expires")),
        ])
        {
            Reason = reason,
        };

        string Text(string name) => proposal.ValueKind == JsonValueKind.Object && proposal.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw DocumentSource.Unreadable(from, $"it is no proposal, for it has no text '{name}'.");
    }
}
