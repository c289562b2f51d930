using System.Security.Cryptography;
using DataExchange.Cli.DataFolders;

namespace DataExchange.Cli.Backup;

/// <summary>Copies what stands beside the logs: the vault and, where that is asked for, the keys.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="folder">Where the copy stands.</param>
internal sealed class OtherFiles(BackupRequest request, BackupFolder folder)
{
    // Every erasure puts the vault under another key and destroys the old one. Each attempt that meets one begins with the vault again.
    private const int Attempts = 10;

    /// <summary>Copies them; returns what was copied, and what has to be known about keys that stand in the target, for people.</summary>
    /// <exception cref="FindingException">No key file is the one that the vault is under.</exception>
    public string Copy()
    {
        var copied = new List<string>();
        var vaultKeyId = CopyVaultWithKey(copied);
        foreach (var key in request.WithKeys ? Keys(request.DataFolder) : [])
        {
            folder.CopySecret(File.ReadAllBytes(key), Path.GetFileName(key));
            copied.Add(Path.GetFileName(key));
        }

        var keys = request.WithKeys ? "" : StaleKeys(vaultKeyId) ?? "; no keys";
        return (copied.Count == 0 ? "nothing else" : $"also {string.Join(", ", copied)}") + keys;
    }

    /// <summary>Copies vault and master key until they belong together; returns the id of that key, null where the vault has none yet.</summary>
    private string? CopyVaultWithKey(List<string> copied)
    {
        var vault = Path.Combine(request.DataFolder, DataFolder.Vault);
        var hasVault = !request.LogsOnly && File.Exists(vault);
        for (var attempt = 1; ; attempt++)
        {
            var id = hasVault ? folder.CopyDatabase(vault, VaultKey.IdQuery) as string : null;
            var found = request.WithKeys ? new[] { VaultKey.FileName, VaultKey.NextFileName }.Select(Read).OfType<byte[]>().ToList() : [];
            var right = found.Find(key => id is null || VaultKey.IdOf(key) == id);
            if (right is not null)
            {
                // Under this name whichever file it came from: the other one is about to be destroyed, and does not belong into a copy.
                folder.CopySecret(right, VaultKey.FileName);
            }

            found.ForEach(key => CryptographicOperations.ZeroMemory(key));
            if (right is not null || found.Count == 0)
            {
                copied.AddRange(new[] { hasVault ? DataFolder.Vault : null, right is null ? null : VaultKey.FileName }.OfType<string>());
                return id;
            }

            if (attempt == Attempts)
            {
                throw FindingException.CannotTell(
                    FindingCode.SourceUnreadable,
                    $"The vault is under the master key {id}, and no {VaultKey.FileName} in '{request.DataFolder}' is that one. Find it, or run without --with-keys.");
            }
        }
    }

    private byte[]? Read(string name)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(request.DataFolder, name));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Keys of an earlier run with them, which this one leaves as they are.</summary>
    private string? StaleKeys(string? vaultKeyId)
    {
        var there = Directory.GetFiles(request.Target, "*.key").Select(Path.GetFileName).Order().ToList();
        var stale = vaultKeyId is not null && there.Contains(VaultKey.FileName)
            && VaultKey.IdOf(File.ReadAllBytes(Path.Combine(request.Target, VaultKey.FileName))) != vaultKeyId
            ? $"; the {VaultKey.FileName} there is not the one that the vault is under now: destroy it, since it opens what was erased"
            : "";
        return there.Count == 0 ? null : $"; no keys, but {string.Join(", ", there)} of an earlier run stand there{stale}";
    }

    private static IEnumerable<string> Keys(string dataFolder) =>
        Directory.GetFiles(dataFolder, "*.key").Where(key => Path.GetFileName(key) != VaultKey.FileName);
}
