using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli.Trees;

/// <summary>A checkpoint whose signature was checked.</summary>
/// <param name="Checkpoint">What it says.</param>
/// <param name="Note">The signed note, word for word.</param>
internal sealed record LogHead(Checkpoint Checkpoint, SignedNote Note)
{
    /// <summary>Reads the newest checkpoint that the log shows.</summary>
    /// <exception cref="FindingException">There is none, or the key did not sign it.</exception>
    public static async Task<LogHead> ReadAsync(LogResources log, string location, NoteVerifier key, CancellationToken cancellationToken) =>
        Parse(await log.CheckpointAsync(cancellationToken) ?? throw LogSource.Unreadable(location, "there is no checkpoint, so it is no log."), key);

    /// <exception cref="FindingException">The bytes are no checkpoint that the key signed.</exception>
    public static LogHead Parse(ReadOnlySpan<byte> bytes, NoteVerifier key) =>
        SignedNote.TryParse(bytes, out var note) && Checkpoint.TryOpen(note.ToString(), key, out var checkpoint)
            ? new LogHead(checkpoint, note)
            : throw FindingException.DoesNotVerify(FindingCode.CheckpointInvalid, $"The checkpoint is not one of {key.Name}, signed by its key.");
}
