using System.CommandLine;
using System.Globalization;
using DataExchange.Cli.Output;
using DataExchange.Contracts.Signatures;

namespace DataExchange.Cli.Signing;

/// <summary><c>dx keys sign &lt;file|-&gt;</c> and <c>dx clients sign &lt;file|-&gt;</c>: what a member changes about itself.</summary>
internal static class MemberSignCommands
{
    public static IEnumerable<Command> Create(DxConsole console) =>
    [
        new Command("keys", "Works on a member's own keys.")
        {
            Sign(console, SignedStatement.Keys, "Signs a member's new JWKS with a key that still counts, offline.", "The new JWKS, public keys only.", SigningHelp.Keys),
        },
        new Command("clients", "Works on a member's own clients.")
        {
            Sign(console, SignedStatement.Clients, "Signs a member's new list of clients, offline.", "The new list: a JSON array of clientId and certificateThumbprint.", SigningHelp.Clients),
        },
    ];

    private static ManualCommand Sign(DxConsole console, string verb, string description, string document, string manual)
    {
        var location = new Argument<string>("document") { Description = document + " A file, or - for the standard input.", HelpName = "file|-" };
        var member = new Option<string>("--member") { Description = "The member's code.", HelpName = "code", Required = true };
        var version = new Option<long>("--of-version") { Description = "The member's version that this replaces: logIndex of /v1/members/{code}, and its ETag.", HelpName = "index", Required = true };
        var sign = new ManualCommand("sign", description, manual) { location, member, version };
        var signing = new SigningRun(sign);
        sign.SetAction((parsed, cancellationToken) => signing.RunAsync(
            console,
            parsed,
            async () =>
            {
                var of = string.Create(CultureInfo.InvariantCulture, $"{parsed.GetRequiredValue(member)}@{parsed.GetValue(version)}");
                var written = await DocumentSource.ReadAsync(parsed.GetRequiredValue(location), console, cancellationToken);
                return new SigningOrder(verb, of, written, [("what", $"new {verb}"), ("member", of)]);
            },
            cancellationToken));
        return sign;
    }
}
