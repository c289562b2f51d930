using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.Cli.Output;
using DataExchange.Contracts.Signatures;

namespace DataExchange.Cli.Signing;

/// <summary>The key on the command line of everything that signs, and the signing: a compact JWS, ES256, under a <see cref="SignedStatement"/>.</summary>
internal sealed class SigningRun
{
    private readonly Option<string> _key = new("--key")
    {
        Description = "The member's private key: PKCS #8 in PEM, or a JWK. Only its owner may be able to read the file.", HelpName = "file", Required = true,
    };

    private readonly Option<string> _kid = new("--kid")
    {
        Description = "The key as the region knows it: member/key-id, as /v1/members shows it.", HelpName = "member/key-id", Required = true,
    };

    private readonly Option<bool> _json = CommandRun.JsonOption();

    /// <summary>Adds the options to a command.</summary>
    public SigningRun(Command command)
    {
        command.Add(_key);
        command.Add(_kid);
        command.Add(_json);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_kid)?.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
            {
                result.AddError("--kid is the member's code, a slash and the key's id: education/2026-a.");
            }
        });
    }

    /// <summary>Says what is signed, then signs.</summary>
    /// <param name="console">The summary goes to its error output, the signature to its output.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="order">Reads what is to be signed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<int> RunAsync(DxConsole console, ParseResult parsed, Func<Task<SigningOrder>> order, CancellationToken cancellationToken) => CommandRun.RunAsync(
        console,
        parsed.GetValue(_json),
        async () =>
        {
            var (signed, kid) = (await order(), parsed.GetRequiredValue(_kid));
            byte[] statement;
            try
            {
                statement = SignedStatement.Of(signed.Verb, signed.Thing, signed.Document, signed.Reason);
            }
            catch (FormatException exception)
            {
                throw DocumentSource.Unreadable(signed.Thing, $"it has no canonical form: {exception.Message}", exception);
            }

            using var key = await PrivateKeyFile.ReadAsync(parsed.GetRequiredValue(_key), cancellationToken);
            if (!parsed.GetValue(_json))
            {
                await SayAsync(console.Error, signed, kid);
            }

            return new SigningReport(kid, signed.Verb, signed.Thing, SignedStatement.HashOf(signed.Document), Sign(statement, kid, key));
        },
        cancellationToken);

    private static string Sign(byte[] statement, string kid, ECDsa key)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new JwsHeader("ES256", kid), CliJsonContext.Lines.JwsHeader);
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(statement)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static async Task SayAsync(TextWriter error, SigningOrder order, string kid)
    {
        await error.WriteLineAsync($"Signing as {kid}:");
        foreach (var (name, value) in order.Summary.Append(("sha256", SignedStatement.HashOf(order.Document))))
        {
            await error.WriteLineAsync($"  {name,-10}{CliJsonContext.Legible.Encode(value)}");
        }

        await error.WriteLineAsync(Readable(order.Document));
    }

    // What could move the cursor or reorder the text is escaped: what is shown is what is signed.
    private static string Readable(JsonElement document) => JsonSerializer.Serialize(document, CliJsonContext.Readable.JsonElement);
}
