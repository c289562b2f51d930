using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataExchange.Merkle;

namespace DataExchange.Cli.Verify;

/// <summary>
/// The newest checkpoint that verified, one file a log. Trusted to be ours: whoever can write here can make us forget, not believe,
/// since what is read is checked against the key again.
/// </summary>
internal sealed class RememberedCheckpoints
{
    private readonly string _folder;

    public RememberedCheckpoints(string folder)
    {
        _folder = folder.Length > 0
            ? folder
            : throw FindingException.CannotTell(FindingCode.StateUnusable, "This user has no data folder; say with --state where to remember checkpoints.");
    }

    public async Task<Checkpoint?> LoadAsync(NoteVerifier key, CancellationToken cancellationToken)
    {
        var file = FileOf(key.Name);
        try
        {
            var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
            return SignedNote.TryParse(bytes, out var note) && Checkpoint.TryOpen(note.ToString(), key, out var checkpoint)
                ? checkpoint
                : throw FindingException.CannotTell(
                    FindingCode.StateUnusable,
                    $"{file} is not a checkpoint signed by this key. "
                    + $"If {key.Name} has a new key for a good reason, remove the file; nothing can be compared then.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, exception);
        }
    }

    /// <summary>Replaces the file in one step: a crash leaves the old checkpoint or the new one, and perhaps a stray temporary file.</summary>
    public async Task SaveAsync(NoteVerifier key, string note, CancellationToken cancellationToken)
    {
        var file = FileOf(key.Name);
        try
        {
            Directory.CreateDirectory(_folder);
            var temporary = $"{file}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.tmp";
            await File.WriteAllTextAsync(temporary, note, cancellationToken);
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, exception);
        }
    }

    /// <summary>A readable name with a digest, so that no two origins share a file.</summary>
    private string FileOf(string origin)
    {
        var readable = string.Concat(origin.Take(80).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)).AsSpan(0, 8));
        return Path.Combine(_folder, $"{readable}-{digest}.checkpoint");
    }

    private static FindingException Unusable(string file, Exception cause) =>
        FindingException.CannotTell(FindingCode.StateUnusable, $"{file} cannot be used: {cause.Message}", cause);
}
