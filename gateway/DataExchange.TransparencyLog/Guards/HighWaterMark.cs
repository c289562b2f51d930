using DataExchange.Merkle;
using DataExchange.TransparencyLog.Keys;

namespace DataExchange.TransparencyLog.Guards;

/// <summary>
/// The newest checkpoint that a log has signed, as a file outside the data folder: one signed note. A data folder that is restored from
/// an older backup ends before it, and that is how the next start finds out. Trusted to remember, not to be right: its signature is checked.
/// </summary>
internal sealed class HighWaterMark(string folder, NoteVerifier log)
{
    /// <summary>The mark's full path: the origin with '-' for '/'.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, log.Name.Replace('/', '-') + ".checkpoint"));

    private string Temporary => Path + ".new";

    /// <summary>Makes the folder, and finds out whether the mark can be kept there.</summary>
    /// <exception cref="LogUnavailableException">It cannot.</exception>
    public void Prepare()
    {
        try
        {
            Directory.CreateDirectory(folder);
            new FileStream(Temporary, FileMode.Create, FileAccess.Write).Dispose();
            File.Delete(Temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LogUnavailableException($"The high-water mark '{Path}' cannot be written: {exception.Message} Let the service's own user own the folder, or name another.", exception);
        }
    }

    /// <summary>What stands in the file; null when there is none yet.</summary>
    /// <exception cref="LogCorruptException">The file is not a checkpoint signed by this log's key.</exception>
    /// <exception cref="LogUnavailableException">It cannot be read.</exception>
    public KnownCheckpoint? Read()
    {
        if (!File.Exists(Path))
        {
            return null;
        }

        return Checkpoint.TryOpen(ReadText(), log, out var checkpoint)
            ? new KnownCheckpoint(checkpoint, $"the high-water mark '{Path}'")
            : throw new LogCorruptException(
                $"The high-water mark '{Path}' is no checkpoint signed by the key {log}. Restore the key that the log began with; if another log was begun on purpose, remove the file.");
    }

    private string ReadText()
    {
        try
        {
            return File.ReadAllText(Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LogUnavailableException($"The high-water mark '{Path}' cannot be read: {exception.Message} Let the service's own user own it.", exception);
        }
    }

    /// <summary>Replaces the file. A crash leaves the old mark or the new one, whole: the name moves only after the bytes are durable.</summary>
    public void Write(string note)
    {
        using (var file = new FileStream(Temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(note));
            FileSync.Flush(file);
        }

        File.Move(Temporary, Path, overwrite: true);
        DirectorySync.Flush(System.IO.Path.GetDirectoryName(Path)!);
    }
}
