using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Output;
using DataExchange.Cli.Signing;
using DataExchange.Contracts.Signatures;

namespace DataExchange.Cli.Agreements;

/// <summary><c>dx agreement sign &lt;url|file|-&gt;</c>.</summary>
internal static class AgreementSignCommand
{
    public static Command Create(DxConsole console)
    {
        var location = new Argument<string>("agreement")
        {
            Description = "The revision: its address at the gateway, a file, or - for the standard input.", HelpName = "url|file|-",
        };
        var sign = new ManualCommand("sign", "Signs a revision of an agreement for one of its parties, offline.", AgreementHelp.Sign) { location };
        var signing = new SigningRun(sign);
        sign.SetAction((parsed, cancellationToken) => signing.RunAsync(
            console,
            parsed,
            async () =>
            {
                var from = parsed.GetRequiredValue(location);
                return Order(await DocumentSource.ReadAsync(from, console, cancellationToken), from);
            },
            cancellationToken));
        return sign;
    }

    private static SigningOrder Order(JsonElement agreement, string from)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Text("id")}@{Revision()}");
        return new SigningOrder(SignedStatement.Agreement, name, agreement,
        [
            ("what", "agreement"),
            ("revision", name),
            ("consumer", Text("consumer")),
            ("provider", Text("provider")),
            ("dataset", Text("dataset")),
            ("until", Text("validTo")),
        ]);

        string Text(string member) => agreement.ValueKind == JsonValueKind.Object && agreement.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw DocumentSource.Unreadable(from, $"it is no agreement, for it has no text '{member}'.");

        int Revision() => agreement.TryGetProperty("revision", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : throw DocumentSource.Unreadable(from, "it is no agreement, for it has no number 'revision'.");
    }
}
