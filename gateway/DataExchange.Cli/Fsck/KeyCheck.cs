using DataExchange.Cli.DataFolders;
using DataExchange.Merkle;

namespace DataExchange.Cli.Fsck;

/// <summary>Checks key files: who may read them, and that a log's key is the one that signed what was published.</summary>
internal sealed class KeyCheck(string folder, Findings findings)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int VaultKeySize = 32;

    /// <summary>A log's signing key against its published note.</summary>
    public void CheckLog(string log, StoredTiles? tiles)
    {
        var hasKey = CheckMode($"{log}.key");
        if (tiles?.Note is not { } note)
        {
            return;
        }

        if (tiles.Checkpoint is not { } checkpoint)
        {
            findings.Error(FsckCode.CheckpointInvalid, "tiles.db position", log, "The published note is no checkpoint.", Remedy.Rebuild);
        }
        else if (hasKey && LogKeyFile.ReadVerifier(Path.Combine(folder, $"{log}.key"), checkpoint.Origin) is not { } verifier)
        {
            findings.Error(FsckCode.KeyMalformed, $"{log}.key", null, $"The file does not hold the base64 of {NoteSigner.SeedSize} bytes.", Remedy.RestoreKey);
        }
        else if (hasKey && !Checkpoint.TryOpen(note, LogKeyFile.ReadVerifier(Path.Combine(folder, $"{log}.key"), checkpoint.Origin)!, out _))
        {
            findings.Error(FsckCode.CheckpointInvalid, "tiles.db position", log, $"The published checkpoint is not signed by {log}.key.", Remedy.RestoreKey);
        }
    }

    /// <summary>The vault's master key.</summary>
    public void CheckVault()
    {
        if (CheckMode("vault.key") && new FileInfo(Path.Combine(folder, "vault.key")).Length != VaultKeySize)
        {
            findings.Error(FsckCode.KeyMalformed, "vault.key", null, $"The file does not hold {VaultKeySize} bytes.", "Restore it from its backup; without it every sealed record stays sealed.");
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
