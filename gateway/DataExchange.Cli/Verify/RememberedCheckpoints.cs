using System.Globalization;
using DataExchange.Cli.Trees;
using DataExchange.Merkle;

namespace DataExchange.Cli.Verify;

/// <summary>
/// The newest checkpoint that verified, one file a log. Trusted to be ours: whoever can write here can make us forget, not believe,
/// since what is read is checked against the key again.
/// </summary>
internal sealed class RememberedCheckpoints(StateFolder folder)
{
    public async Task<Checkpoint?> LoadAsync(NoteVerifier key, CancellationToken cancellationToken)
    {
        var file = FileOf(key.Name);
        return await StateFolder.ReadAsync(file, cancellationToken) is not { } bytes ? null
            : SignedNote.TryParse(bytes, out var note) && Checkpoint.TryOpen(note.ToString(), key, out var checkpoint) ? checkpoint
            : throw FindingException.CannotTell(
                FindingCode.StateUnusable,
                $"{file} is not a checkpoint signed by this key. "
                + $"If {key.Name} has a new key for a good reason, remove the file; nothing can be compared then.");
    }

    /// <summary>Remembers the checkpoint, unless another run has remembered a longer log meanwhile.</summary>
    public async Task SaveAsync(NoteVerifier key, LogHead head, CancellationToken cancellationToken)
    {
        if (await LoadAsync(key, cancellationToken) is not { } remembered || remembered.Size <= head.Checkpoint.Size)
        {
            await folder.WriteAsync(FileOf(key.Name), head.Note.ToString(), cancellationToken);
        }
    }

    /// <summary>
    /// Runs what compares with a remembered checkpoint. A checkpoint that contradicts it is kept beside it: together they prove it, and
    /// the log need not show it twice.
    /// </summary>
    public async Task<T> KeepingEvidenceAsync<T>(LogHead head, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (FindingException finding) when (finding.Code is FindingCode.Fork or FindingCode.Rollback)
        {
            throw FindingException.DoesNotVerify(finding.Code, $"{finding.Message} The checkpoint shown now is kept in {await KeepEvidenceAsync(head)}.");
        }
    }

    /// <summary>Keeps a signed checkpoint that contradicts another; returns the file.</summary>
    public async Task<string> KeepEvidenceAsync(LogHead head)
    {
        var root = Convert.ToHexStringLower(head.Checkpoint.Root.Bytes[..8]);
        var file = string.Create(CultureInfo.InvariantCulture, $"{FileOf(head.Checkpoint.Origin)}.contradicted-by-{head.Checkpoint.Size}-{root}");
        await folder.WriteAsync(file, head.Note.ToString(), CancellationToken.None);
        return file;
    }

    private string FileOf(string origin) => folder.FileOf(origin, ".checkpoint");
}
