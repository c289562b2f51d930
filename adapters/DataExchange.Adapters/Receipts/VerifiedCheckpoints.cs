using System.Diagnostics.CodeAnalysis;
using DataExchange.Merkle;

namespace DataExchange.Adapters.Receipts;

/// <summary>
/// Opens checkpoint notes of one log and remembers the last few that verified. All intents of one group commit carry the same note, so
/// under load most questions cost no Ed25519 verification. A note is found by its whole text, so a remembered one is as good as verified.
/// </summary>
internal sealed class VerifiedCheckpoints(NoteVerifier log)
{
    private const int Remembered = 16;

    // Replaced whole, never changed: readers need no lock. Two writers may lose one entry between them, which costs one verification.
    private (string Note, Checkpoint Checkpoint)[] _recent = [];

    public bool TryOpen(string note, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        var recent = Volatile.Read(ref _recent);
        foreach (var (knownNote, known) in recent)
        {
            if (knownNote == note)
            {
                checkpoint = known;
                return true;
            }
        }

        if (!Checkpoint.TryOpen(note, log, out checkpoint))
        {
            return false;
        }

        Volatile.Write(ref _recent, [(note, checkpoint), .. recent.AsSpan(0, Math.Min(recent.Length, Remembered - 1))]);
        return true;
    }
}
