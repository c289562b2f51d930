using System.Diagnostics.CodeAnalysis;

namespace DataExchange.Merkle;

/// <summary>
/// A C2SP tlog-policy: which logs and witnesses are known, and which sets of witnesses are strong enough for a checkpoint to count.
/// The text is what parties agree on, so it is kept byte for byte.
/// </summary>
public sealed class TlogPolicy
{
    /// <summary>Longest text taken, in UTF-16 units: room for far more than the 32 logs, witnesses and groups that the format asks for.</summary>
    public const int MaxLength = 1 << 17;

    private readonly string _text;
    private readonly IReadOnlyList<PolicyGroup> _groups;

    internal TlogPolicy(string text, IReadOnlyList<PolicyLog> logs, IReadOnlyList<PolicyWitness> witnesses, IReadOnlyList<PolicyGroup> groups, string? quorum) =>
        (_text, Logs, Witnesses, _groups, Quorum) = (text, logs, witnesses, groups, quorum);

    /// <summary>A policy that asks for no cosignature.</summary>
    public static TlogPolicy None { get; } = new("quorum none\n", [], [], [], null);

    /// <summary>Logs that the policy accepts; empty where they are known from elsewhere.</summary>
    public IReadOnlyList<PolicyLog> Logs { get; }

    /// <summary>Every witness, whether the quorum reaches it or not.</summary>
    public IReadOnlyList<PolicyWitness> Witnesses { get; }

    /// <summary>Name of the witness or group that has to have witnessed a checkpoint; null for none.</summary>
    public string? Quorum { get; }

    /// <summary>Reads the text.</summary>
    /// <param name="text">Lines of tlog-policy. The end of the last line may be missing.</param>
    /// <param name="policy">The policy, when it is one.</param>
    /// <param name="fault">Otherwise what is wrong, with the line's number.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TlogPolicy? policy, [NotNullWhen(false)] out string? fault) =>
        PolicyParser.TryParse(text, out policy, out fault);

    /// <summary>Whether these witnesses together make the quorum.</summary>
    public bool IsMetBy(Predicate<PolicyWitness> cosigned)
    {
        ArgumentNullException.ThrowIfNull(cosigned);
        if (Quorum is null)
        {
            return true;
        }

        // Groups name only what stands before them, so one pass in order settles them all.
        var holds = Witnesses.ToDictionary(witness => witness.Name, witness => cosigned(witness), StringComparer.Ordinal);
        foreach (var group in _groups)
        {
            holds.Add(group.Name, group.Members.Count(member => holds[member]) >= group.Threshold);
        }

        return holds[Quorum];
    }

    /// <summary>Whether the note bears valid cosignatures of a quorum. The log's own signature is the caller's to check.</summary>
    public bool IsMetBy(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return IsMetBy(witness => note.CosignedAt(witness.Verifier) is not null);
    }

    /// <summary>The text as it was read.</summary>
    public override string ToString() => _text;
}

/// <summary>A log of a policy.</summary>
/// <param name="Verifier">Its key, of type Ed25519; its name is the log's origin.</param>
/// <param name="Url">Where it can be reached; what that means is left to the application.</param>
public sealed record PolicyLog(NoteVerifier Verifier, string? Url);

/// <summary>A witness of a policy.</summary>
/// <param name="Name">Its name within the policy.</param>
/// <param name="Verifier">Its key, of type cosignature/v1.</param>
/// <param name="Url">Its submission prefix (C2SP tlog-witness), where it is given.</param>
public sealed record PolicyWitness(string Name, NoteVerifier Verifier, string? Url);

/// <summary>At least <paramref name="Threshold"/> of the members, which are witnesses or groups.</summary>
internal sealed record PolicyGroup(string Name, int Threshold, IReadOnlyList<string> Members);
