using System.Text;
using DataExchange.Merkle;

namespace DataExchange.Cli.Adopt;

/// <summary>A checkpoint that a log has signed, and the file it was read from.</summary>
internal sealed record KnownNote(string File, string Note, Checkpoint Checkpoint);

/// <summary>The files of <c>--known</c>.</summary>
internal static class KnownNotes
{
    private const int MaxLength = 32_768; // Characters that the gateway takes for one log.

    /// <summary>Reads the files and sorts them by the key that signed them.</summary>
    /// <exception cref="FindingException">One cannot be read, or none of the keys has signed it.</exception>
    public static ILookup<NoteVerifier, KnownNote> Read(IEnumerable<string> files, IReadOnlyCollection<NoteVerifier> keys)
    {
        var notes = files.Distinct(StringComparer.Ordinal).Select(file => Open(file, keys)).ToLookup(one => one.Key, one => one.Note);
        return notes.FirstOrDefault(log => log.Sum(one => one.Note.Length) > MaxLength) is { } crowded
            ? throw FindingException.CannotTell(FindingCode.InputUnreadable, $"The checkpoints of {crowded.Key.Name} take more than {MaxLength} characters. Give fewer: the largest of each history will do.")
            : notes;
    }

    private static (NoteVerifier Key, KnownNote Note) Open(string file, IEnumerable<NoteVerifier> keys)
    {
        string note;
        try
        {
            note = File.ReadAllText(file, Encoding.UTF8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FindingException.CannotTell(FindingCode.InputUnreadable, $"{file} cannot be read: {exception.Message}", exception);
        }

        foreach (var key in keys)
        {
            if (Checkpoint.TryOpen(note, key, out var checkpoint))
            {
                return (key, new KnownNote(file, note, checkpoint));
            }
        }

        throw FindingException.DoesNotVerify(FindingCode.CheckpointInvalid, $"{file} is no checkpoint signed by {string.Join(" or ", keys)}.");
    }
}
