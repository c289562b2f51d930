using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DataExchange.Merkle;

/// <summary>C2SP tlog-proof text: an inclusion proof together with the checkpoint it holds at.</summary>
/// <param name="Index">Index of the leaf.</param>
/// <param name="Hashes">The inclusion proof, the leaf's sibling first.</param>
/// <param name="CheckpointNote">The signed checkpoint, word for word.</param>
public sealed record TlogProof(long Index, IReadOnlyList<MerkleHash> Hashes, string CheckpointNote)
{
    internal const string Header = "c2sp.org/tlog-proof@v1";
    internal const string IndexStart = "index ";
    private const string ExtraStart = "extra ";

    private const int MaxHashes = ProofPaths.MaxInclusion;

    /// <summary>Application data that proves nothing by itself; base64 in the text. Null when the text has no such line.</summary>
    public ReadOnlyMemory<byte>? Extra { get; init; }

    /// <summary>The text.</summary>
    public string ToText()
    {
        var text = new StringBuilder(Header, 128 + (45 * Hashes.Count) + CheckpointNote.Length).Append('\n');
        if (Extra is { } extra)
        {
            text.Append(ExtraStart).Append(Convert.ToBase64String(extra.Span)).Append('\n');
        }

        text.Append(IndexStart).Append(DecimalNumber.Format(Index)).Append('\n');
        Span<char> base64 = stackalloc char[45];
        base64[44] = '\n';
        foreach (var hash in Hashes)
        {
            Convert.TryToBase64Chars(hash.Bytes, base64, out _);
            text.Append(base64);
        }

        return text.Append('\n').Append(CheckpointNote).ToString();
    }

    /// <summary>Reads the text; checks its form only.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TlogProof? proof)
    {
        proof = null;
        var blank = text?.IndexOf("\n\n", StringComparison.Ordinal) ?? -1;
        if (text is null || blank < 0)
        {
            return false;
        }

        // Header, extra, index and the longest path: with one more line it is no proof, so nothing longer is split.
        var lines = new Queue<string>(text[..blank].Split('\n', MaxHashes + 4));
        if (lines.Dequeue() != Header || !TryTakeExtra(lines, out var extra) || !TryTakeIndex(lines, out var index)
            || !TryTakeHashes(lines, out var hashes) || !SignedNote.TryParse(text[(blank + 2)..], out var note))
        {
            return false;
        }

        proof = new TlogProof(index, hashes, note.ToString()) { Extra = extra };
        return true;
    }

    /// <summary>Checks the checkpoint's signature and that the leaf is in its tree at the index.</summary>
    public bool Verify(in MerkleHash leafHash, NoteVerifier log, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        if (Checkpoint.TryOpen(CheckpointNote, log, out var opened)
            && ProofVerifier.Inclusion(Index, opened.Size, leafHash, Hashes, opened.Root))
        {
            checkpoint = opened;
            return true;
        }

        checkpoint = null;
        return false;
    }

    private static bool TryTakeExtra(Queue<string> lines, out ReadOnlyMemory<byte>? extra)
    {
        extra = null;
        if (!lines.TryPeek(out var line) || !line.StartsWith(ExtraStart, StringComparison.Ordinal))
        {
            return true;
        }

        lines.Dequeue();
        var isBase64 = Base64.TryDecode(line.AsSpan(ExtraStart.Length), out var bytes);
        extra = bytes;
        return isBase64;
    }

    private static bool TryTakeIndex(Queue<string> lines, out long index)
    {
        index = 0;
        return lines.TryDequeue(out var line) && line.StartsWith(IndexStart, StringComparison.Ordinal)
            && DecimalNumber.TryParse(line.AsSpan(IndexStart.Length), out index);
    }

    private static bool TryTakeHashes(Queue<string> lines, out MerkleHash[] hashes)
    {
        hashes = new MerkleHash[lines.Count];
        if (hashes.Length > MaxHashes)
        {
            return false;
        }

        for (var i = 0; i < hashes.Length; i++)
        {
            if (!MerkleHash.TryParse(lines.Dequeue(), out hashes[i]))
            {
                return false;
            }
        }

        return true;
    }
}
