using System.Text;
using DataExchange.Merkle;

namespace DataExchange.Witness.State;

/// <summary>The latest checkpoint cosigned for a log.</summary>
/// <param name="Checkpoint">Origin, size and root.</param>
/// <param name="CosignedAt">Time of the cosignature, seconds since the Unix epoch.</param>
/// <param name="Note">The signed note: the log's signatures, then the witness's.</param>
internal sealed record WitnessedCheckpoint(Checkpoint Checkpoint, long CosignedAt, string Note)
{
    private byte[]? _encoded;

    /// <summary>The note in UTF-8. Kept, because the whole state is written whenever any of it changes.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded ??= Encoding.UTF8.GetBytes(Note);

    /// <summary>Reads a note that this witness cosigned; null when it did not, or when a single bit of what it signed is another.</summary>
    public static WitnessedCheckpoint? Parse(ReadOnlySpan<byte> note, NoteVerifier witness) =>
        SignedNote.TryParse(note, out var parsed) && parsed.CosignedAt(witness) is { } time && Checkpoint.TryParseExtended(parsed.Text, out var checkpoint)
            ? new WitnessedCheckpoint(checkpoint, time, parsed.ToString())
            : null;
}
