using System.CommandLine;
using System.Text;
using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli;

/// <summary>The log's verifier key on the command line: given, or taken from the log where the user says that this will do.</summary>
internal sealed class LogKey
{
    private readonly Option<string?> _vkey = CreateOption();

    private readonly Option<bool> _trustFetched = new("--trust-fetched-vkey")
    {
        Description = "Take the key from the log itself. Shows that the log agrees with itself, not that it is the log you mean.",
    };

    /// <summary>Adds both options to a command, of which one has to be given.</summary>
    public LogKey(Command command)
    {
        command.Add(_vkey);
        command.Add(_trustFetched);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(_vkey) is null) == !result.GetValue(_trustFetched))
            {
                result.AddError("Give the log's key with --vkey, or --trust-fetched-vkey to take the one it shows.");
            }
        });
    }

    /// <summary>An option for the key alone.</summary>
    public static Option<string?> CreateOption() => new("--vkey")
    {
        Description = "The log's verifier key, name+id+key, as you got it from somebody you trust.",
        HelpName = "key",
    };

    public static NoteVerifier Parse(string? vkey) => NoteVerifier.TryParse(vkey?.Trim(), out var verifier)
        ? verifier
        : throw FindingException.CannotTell(
            FindingCode.KeyMalformed,
            "That is not a verifier key; one looks like demo.example/access+0123abcd+AbC… and its id has to fit its key.");

    /// <summary>The key that the command line says to trust.</summary>
    public async Task<NoteVerifier> ResolveAsync(ParseResult parsed, LogResources log, string location, CancellationToken cancellationToken) =>
        Parse(parsed.GetValue(_vkey)
            ?? (await log.VkeyAsync(cancellationToken) is { } bytes ? Encoding.UTF8.GetString(bytes) : throw LogSource.Unreadable(location, "it shows no vkey.")));
}
