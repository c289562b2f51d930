using System.CommandLine;
using System.Text;
using DataExchange.Merkle;

namespace DataExchange.Cli.Witnesses;

/// <summary>A C2SP tlog-policy file on the command line.</summary>
internal static class PolicyOption
{
    public static Option<string?> Create() => new("--policy")
    {
        Description = "A C2SP tlog-policy file: the checkpoint has to bear the cosignatures of its quorum.",
        HelpName = "file",
    };

    /// <summary>Reads the file; null when there is none.</summary>
    /// <exception cref="FindingException">It cannot be read, or is no policy.</exception>
    public static async Task<TlogPolicy?> ReadAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return null;
        }

        try
        {
            return TlogPolicy.TryParse(await File.ReadAllTextAsync(file, Encoding.UTF8, cancellationToken), out var policy, out var fault)
                ? policy
                : throw FindingException.CannotTell(FindingCode.PolicyMalformed, $"{file} is not a witness policy: {fault}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FindingException.CannotTell(FindingCode.InputUnreadable, $"{file} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Checks a signed checkpoint against the policy, if there is one.</summary>
    /// <exception cref="FindingException">The policy does not know the log, or its quorum did not sign.</exception>
    public static void Require(TlogPolicy? policy, NoteVerifier key, SignedNote note)
    {
        RequireLog(policy, key);
        if (policy?.IsMetBy(note) == false)
        {
            var signed = policy.Witnesses.Where(witness => note.CosignedAt(witness.Verifier) is not null).Select(witness => witness.Name).ToList();
            throw FindingException.DoesNotVerify(
                FindingCode.QuorumNotMet,
                $"The checkpoint of {key.Name} lacks the quorum '{policy.Quorum}': cosigned by {(signed.Count == 0 ? "no witness of the policy" : string.Join(", ", signed))}.");
        }
    }

    /// <summary>Checks what bears the log's signature and can bear no other against the policy, if there is one.</summary>
    /// <exception cref="FindingException">The policy does not know the log, or asks for any witness.</exception>
    public static void RequireNoQuorum(TlogPolicy? policy, NoteVerifier key, string what)
    {
        RequireLog(policy, key);
        if (policy?.Quorum is { } quorum)
        {
            throw FindingException.DoesNotVerify(FindingCode.QuorumNotMet, $"{what} bears the signature of {key.Name} alone, and the policy asks for the quorum '{quorum}'.");
        }
    }

    /// <summary>Checks that the policy, if there is one, knows the log; one that names no logs knows every log.</summary>
    /// <exception cref="FindingException">It does not.</exception>
    public static void RequireLog(TlogPolicy? policy, NoteVerifier key)
    {
        if (policy?.Logs.Count > 0 && !policy.Logs.Any(log => log.Verifier.ToString() == key.ToString()))
        {
            throw FindingException.DoesNotVerify(FindingCode.LogMismatch, $"The policy names logs, and {key.Name} with this key is none of them.");
        }
    }
}
