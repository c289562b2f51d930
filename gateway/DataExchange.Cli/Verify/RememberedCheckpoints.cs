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

    /// <summary>Remembers the checkpoint, unless another run has remembered a longer log meanwhile.</summary>
    public async Task SaveAsync(NoteVerifier key, Checkpoint checkpoint, string note, CancellationToken cancellationToken)
    {
        if (await LoadAsync(key, cancellationToken) is not { } remembered || remembered.Size <= checkpoint.Size)
        {
            await WriteAsync(FileOf(key.Name), note, cancellationToken);
        }
    }

    /// <summary>Keeps a checkpoint that contradicts the remembered one, beside it: together they prove it, and the log need not show it twice.</summary>
    /// <returns>The file.</returns>
    public async Task<string> KeepEvidenceAsync(NoteVerifier key, Checkpoint checkpoint, string note, CancellationToken cancellationToken)
    {
        var root = Convert.ToHexStringLower(checkpoint.Root.Bytes[..8]);
        var file = string.Create(CultureInfo.InvariantCulture, $"{FileOf(key.Name)}.contradicted-by-{checkpoint.Size}-{root}");
        await WriteAsync(file, note, cancellationToken);
        return file;
    }

    /// <summary>Replaces the file in one step: a crash leaves the old checkpoint or the new one, and perhaps a stray temporary file.</summary>
    private async Task WriteAsync(string file, string note, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            var temporary = $"{file}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.tmp";
            await using (var stream = File.Create(temporary))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(note), cancellationToken);
                stream.Flush(flushToDisk: true);
            }

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
