using DataExchange.Cli.DataFolders;
using DataExchange.Merkle;

namespace DataExchange.Cli.Fsck;

/// <summary>Checks key files: who may read them, and that a log's key is the one that signed what was published.</summary>
internal sealed class KeyCheck(string folder, Findings findings)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A log's signing key against the key that is kept beside the log, and both against the published note.</summary>
    /// <param name="log">Which log.</param>
    /// <param name="keyFile">The name of its key file.</param>
    /// <param name="kept">The verifier key that <c>exchange.db</c> names; null for none.</param>
    /// <param name="tiles">The published note; null for none.</param>
    public void CheckLog(string log, string keyFile, string? kept, StoredTiles? tiles)
    {
        NoteVerifier? verifier = null;
        if (kept is not null && !NoteVerifier.TryParse(kept, out verifier))
        {
            findings.Error(FsckCode.KeyMalformed, "exchange.db log_key", log, "The key that is kept beside the log is none.", Remedy.Restore);
        }

        if (CheckMode(keyFile) && (verifier?.Name ?? tiles?.Checkpoint?.Origin) is { } origin)
        {
            var signing = Guard(keyFile, () => LogKeyFile.ReadVerifier(Path.Combine(folder, keyFile), origin), out var isRead);
            if (signing is null && isRead)
            {
                findings.Error(FsckCode.KeyMalformed, keyFile, null, $"The file does not hold the base64 of {NoteSigner.SeedSize} bytes.", Remedy.RestoreKey);
            }
            else if (signing is not null && verifier is not null && signing.ToString() != verifier.ToString())
            {
                findings.Error(FsckCode.KeyMismatch, keyFile, null, "This is not the key that the log is signed under.", Remedy.RestoreKey);
            }

            verifier ??= signing;
        }

        CheckNote(log, verifier, tiles);
    }

    /// <summary>The vault's master key.</summary>
    /// <param name="id">The id of the key that <c>vault.db</c> is under; null where it is not known.</param>
    public void CheckVault(string? id)
    {
        // The next one is there while the key changes; until it is renamed, it may be the one that counts.
        var isNext = File.Exists(Path.Combine(folder, VaultKey.NextFileName)) && CheckMode(VaultKey.NextFileName) && ReadVaultKey(VaultKey.NextFileName) is { } next && next == id;
        if (CheckMode(VaultKey.FileName) && ReadVaultKey(VaultKey.FileName) is { } current && id is not null && current != id && !isNext)
        {
            findings.Error(FsckCode.KeyMismatch, VaultKey.FileName, null, $"The vault is under the master key {id}, and this is {current}.", Remedy.RestoreVaultKey);
        }
    }

    private string? ReadVaultKey(string name)
    {
        var key = Guard(name, () => File.ReadAllBytes(Path.Combine(folder, name)), out var isRead);
        if (key?.Length == VaultKey.Size)
        {
            return VaultKey.IdOf(key);
        }

        if (isRead)
        {
            findings.Error(FsckCode.KeyMalformed, name, null, $"The file does not hold {VaultKey.Size} bytes.", "Restore it from its backup; without it every sealed record stays sealed.");
        }

        return null;
    }

    /// <summary>Reads a key file; one that cannot be read is a finding.</summary>
    private T? Guard<T>(string name, Func<T?> read, out bool isRead)
        where T : class
    {
        try
        {
            var value = read();
            isRead = true;
            return value;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Error(FsckCode.FileUnreadable, name, null, exception.Message, Remedy.ReadableKey);
            isRead = false;
            return null;
        }
    }

    private void CheckNote(string log, NoteVerifier? verifier, StoredTiles? tiles)
    {
        if (tiles?.Note is { } note && (tiles.Checkpoint is null || (verifier is not null && !Checkpoint.TryOpen(note, verifier, out _))))
        {
            findings.Error(FsckCode.CheckpointInvalid, "tiles.db position", log, "The published note is no checkpoint that the log's key signed.", Remedy.Rebuild);
        }
    }

    private bool CheckMode(string name)
    {
        var file = Path.Combine(folder, name);
        if (!File.Exists(file))
        {
            findings.Warning(FsckCode.KeyMissing, name, null, $"There is no {name} in {folder}.", "Where keys are kept elsewhere, name the folder with --keys.");
            return false;
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~OwnerOnly) is var more and not UnixFileMode.None)
        {
            findings.Error(FsckCode.KeyExposed, name, null, $"The key is open to others ({more}).", $"Run: chmod 600 '{file}'. Whoever read it can sign in the log's name.");
        }

        return true;
    }
}
