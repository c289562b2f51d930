using System.Diagnostics.CodeAnalysis;

namespace DataExchange.Merkle;

/// <summary>A C2SP tlog-checkpoint: <c>origin\nsize\nbase64(root)\n</c>. Our logs write no extension lines; a witness takes those of others.</summary>
/// <param name="Origin">The log; also the name of its key.</param>
/// <param name="Size">Number of leaves.</param>
/// <param name="Root">RFC 6962 root at that size.</param>
public sealed record Checkpoint(string Origin, long Size, MerkleHash Root)
{
    /// <summary>Extension lines, each with its newline: signed with the rest, and nothing that anybody here reads. Empty for our own logs.</summary>
    public string Extensions { get; private init; } = "";

    /// <summary>The text that is signed.</summary>
    public string ToText() => $"{Origin}\n{DecimalNumber.Format(Size)}\n{Root}\n{Extensions}";

    /// <summary>Reads the text of a note; refuses extension lines, leading zeros, sizes beyond <see cref="long.MaxValue"/> and non-canonical base64.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        if (TryParseExtended(text, out checkpoint) && checkpoint.Extensions.Length > 0)
        {
            checkpoint = null;
        }

        return checkpoint is not null;
    }

    /// <summary>The same, with any extension lines; none may be empty.</summary>
    public static bool TryParseExtended(string? text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if ((text ?? "").Split('\n', 4) is not [{ Length: > 0 } origin, var sizeText, var rootText, var extensions]
            || !DecimalNumber.TryParse(sizeText, out var size) || !MerkleHash.TryParse(rootText, out var root)
            || (extensions.Length > 0 && (extensions[0] == '\n' || extensions[^1] != '\n' || extensions.Contains("\n\n", StringComparison.Ordinal))))
        {
            return false;
        }

        checkpoint = new Checkpoint(origin, size, root) { Extensions = extensions };
        return true;
    }

    /// <summary>The signed note.</summary>
    /// <exception cref="ArgumentException">The signer's name is not the origin: such a note would open nowhere.</exception>
    public string Sign(NoteSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        if (signer.Name != Origin)
        {
            throw new ArgumentException($"The key of '{signer.Name}' does not sign for '{Origin}'.", nameof(signer));
        }

        var text = ToText();
        return $"{text}\n{signer.SignatureLine(text)}";
    }

    /// <summary>Parses a note, checks the key's signature and that the origin is the key's name.</summary>
    public static bool TryOpen(string? note, NoteVerifier verifier, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        checkpoint = null;
        if (!SignedNote.TryParse(note, out var parsed) || !parsed.IsSignedBy(verifier)
            || !TryParse(parsed.Text, out var signed) || signed.Origin != verifier.Name)
        {
            return false;
        }

        checkpoint = signed;
        return true;
    }
}
