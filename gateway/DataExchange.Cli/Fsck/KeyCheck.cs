using DataExchange.Cli.DataFolders;
using DataExchange.Merkle;

namespace DataExchange.Cli.Fsck;

/// <summary>Checks key files: who may read them, and that a log's key is the one that signed what was published.</summary>
internal sealed class KeyCheck(string folder, Findings findings)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int VaultKeySize = 32;
    private const string NextVaultKey = "vault.key.next";

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
            var signing = LogKeyFile.ReadVerifier(Path.Combine(folder, keyFile), origin);
            if (signing is null)
            {
                findings.Error(FsckCode.KeyMalformed, keyFile, null, $"The file does not hold the base64 of {NoteSigner.SeedSize} bytes.", Remedy.RestoreKey);
            }
            else if (verifier is not null && signing.ToString() != verifier.ToString())
            {
                findings.Error(FsckCode.KeyMismatch, keyFile, null, "This is not the key that the log is signed under.", Remedy.RestoreKey);
            }

            verifier ??= signing;
        }

        CheckNote(log, verifier, tiles);
    }

    /// <summary>The vault's master key.</summary>
    public void CheckVault()
    {
        if (File.Exists(Path.Combine(folder, NextVaultKey)))
        {
            CheckMode(NextVaultKey); // There while the key changes.
        }

        if (CheckMode("vault.key") && new FileInfo(Path.Combine(folder, "vault.key")).Length != VaultKeySize)
        {
            findings.Error(FsckCode.KeyMalformed, "vault.key", null, $"The file does not hold {VaultKeySize} bytes.", "Restore it from its backup; without it every sealed record stays sealed.");
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
