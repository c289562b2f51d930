using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DataExchange.Merkle;

/// <summary>
/// Writes the tlog-proof texts of one checkpoint as JSON strings, straight into the receipt that carries them: the note is escaped
/// once for all of them, and no text is built first. What a JSON parser reads back is <see cref="TlogProof.ToText"/>, byte for byte.
/// </summary>
public sealed class TlogProofJson(string checkpointNote)
{
    // A hash in base64 and an escaped line break.
    private const int LineLength = 46;

    private static readonly byte[] Start = Encoding.UTF8.GetBytes($"\"{TlogProof.Header}\\n{TlogProof.IndexStart}");

    private readonly byte[] _note = JsonEncodedText.Encode(checkpointNote, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.ToArray();

    /// <summary>Writes one string, quotes included.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="index">Index of the leaf.</param>
    /// <param name="hashes">The inclusion proof, the leaf's sibling first.</param>
    public void Write(IBufferWriter<byte> output, long index, ReadOnlySpan<MerkleHash> hashes)
    {
        ArgumentNullException.ThrowIfNull(output);
        var destination = output.GetSpan(64 + (LineLength * hashes.Length) + _note.Length);
        var at = Copy(Start, destination);
        Utf8Formatter.TryFormat(index, destination[at..], out var digits);
        at += digits;
        at += Copy("\\n"u8, destination[at..]);
        foreach (ref readonly var hash in hashes)
        {
            System.Buffers.Text.Base64.EncodeToUtf8(hash.Bytes, destination[at..], out _, out var written);
            at += written;
            at += Copy("\\n"u8, destination[at..]);
        }

        at += Copy("\\n"u8, destination[at..]);
        at += Copy(_note, destination[at..]);
        at += Copy("\""u8, destination[at..]);
        output.Advance(at);
    }

    private static int Copy(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        bytes.CopyTo(destination);
        return bytes.Length;
    }
}
