namespace DataExchange.Cli.Fsck;

/// <summary>What to do, said once.</summary>
internal static class Remedy
{
    public const string Restore = "Keep the folder as it is and restore exchange.db from a backup that dx fsck accepts and that is not shorter than what was published.";

    public const string RestoreRecord = "The proofs hold; restore this batch's row from a backup, or the records in it stay closed.";

    public const string Rebuild = "It is derived: stop the gateway and delete tiles.db; the next start builds it anew.";

    public const string RebuiltByStart = "It is derived: a backup has none, and the next start builds it anew.";

    public const string LogsOnly = "A copy of the logs only (dx backup --logs-only) has none. No gateway starts on it; where one should, restore a whole backup.";

    public const string RestoreVaultKey = "Restore the key that the vault is under now; with another one every sealed record stays sealed.";

    public const string ReadableKey = "Let the service's own user own the file.";

    public const string NewerCopy = "Do not start the gateway on it: it would sign another history. Restore a newer copy.";

    public const string Newer = "Run the dx of the gateway that wrote it.";

    public const string RestoreKey = "Restore the key from its backup. A new one would sign another log.";
}
