using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DataExchange.Merkle;

/// <summary>
/// The body of C2SP tlog-witness <c>add-checkpoint</c>: <c>old &lt;size&gt;\n</c>, the lines of a consistency proof, an empty line, a
/// signed checkpoint.
/// </summary>
/// <param name="OldSize">Size of the latest checkpoint that the witness is thought to have cosigned; 0 where there is none.</param>
/// <param name="Proof">The consistency proof from the old size to the checkpoint's; at most <see cref="MaxProof"/> hashes.</param>
/// <param name="Checkpoint">The signed note, word for word.</param>
public sealed record AddCheckpointRequest(long OldSize, IReadOnlyList<MerkleHash> Proof, string Checkpoint)
{
    /// <summary>Most hashes of a proof: a tree of 2^63 leaves needs no more.</summary>
    public const int MaxProof = 63;

    private const string OldStart = "old ";

    /// <summary>Reads a body from UTF-8; checks its form only, and says nothing about signatures or the proof.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out AddCheckpointRequest? request)
    {
        request = null;
        return utf8.Length <= 4 * SignedNote.MaxLength && Utf8.Decode(utf8) is { } text && TryParse(text, out request);
    }

    /// <summary>Reads a body; checks its form only, and says nothing about signatures or the proof.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AddCheckpointRequest? request)
    {
        request = null;
        // No line before the checkpoint is empty, so the first empty one separates.
        var blank = text?.IndexOf("\n\n", StringComparison.Ordinal) ?? -1;
        if (text is null || blank < 0)
        {
            return false;
        }

        var lines = text[..blank].Split('\n', MaxProof + 2);
        if (lines.Length > MaxProof + 1 || !lines[0].StartsWith(OldStart, StringComparison.Ordinal)
            || !DecimalNumber.TryParse(lines[0].AsSpan(OldStart.Length), out var oldSize)
            || !TryParseHashes(lines.AsSpan(1), out var proof) || !SignedNote.TryParse(text[(blank + 2)..], out var note)
            || !Merkle.Checkpoint.TryParseExtended(note.Text, out _))
        {
            return false;
        }

        request = new AddCheckpointRequest(oldSize, proof, note.ToString());
        return true;
    }

    /// <summary>The body.</summary>
    public string ToText()
    {
        var text = new StringBuilder(OldStart, 32 + (45 * Proof.Count) + Checkpoint.Length).Append(DecimalNumber.Format(OldSize)).Append('\n');
        foreach (var hash in Proof)
        {
            text.Append(hash.ToString()).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }

    private static bool TryParseHashes(ReadOnlySpan<string> lines, out MerkleHash[] hashes)
    {
        hashes = new MerkleHash[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            if (!MerkleHash.TryParse(lines[i], out hashes[i]))
            {
                return false;
            }
        }

        return true;
    }
}
