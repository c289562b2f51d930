using System.CommandLine;
using DataExchange.Merkle;

namespace DataExchange.Cli;

/// <summary>The log's verifier key on the command line.</summary>
internal static class KeyOption
{
    public static Option<string?> Create() => new("--vkey")
    {
        Description = "The log's verifier key, name+id+key, as you got it from somebody you trust.",
        HelpName = "key",
    };

    public static NoteVerifier Parse(string? vkey) => NoteVerifier.TryParse(vkey?.Trim(), out var verifier)
        ? verifier
        : throw FindingException.CannotTell(
            FindingCode.KeyMalformed,
            "That is not a verifier key; one looks like demo.example/access+0123abcd+AbC… and its id has to fit its key.");
}
