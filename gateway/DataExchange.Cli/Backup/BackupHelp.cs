using DataExchange.Cli.Output;

namespace DataExchange.Cli.Backup;

internal static class BackupHelp
{
    public const string Text = $"""
        Details:
          Copies a gateway's data folder while the gateway runs, hashing every entry on its way and holding it against the root that was
          committed with it. A gateway can be started on the copy. What is derived (tiles.db) is not copied; the next start makes it.

          A second run into the same folder first checks that the data folder continues what is there, and copies only what is new. Until
          all of it is on the disk the copy is called exchange.db.incomplete, and no gateway starts on it; the next run goes on with it.

          Without --with-keys no key is copied, and none should be: whoever has keys and databases together can sign as this log and
          open every sealed record. With it, the vault's key is the one that the copied vault is under, also while an erasure changes it.
          Keys of an earlier run that stand in the target are left there, and named.

          --at copies the logs as they were at a size or a time, whole batches. The registers' state is kept as of now only: when rules
          have changed since, that needs --logs-only (state-not-kept otherwise).

          Check each copy with dx fsck, on another machine than the one that made it.

        Examples:
          dx backup /var/lib/data-exchange /backup/exchange
          dx backup /var/lib/data-exchange /backup/exchange --max-rate 50
          dx backup /var/lib/data-exchange /backup/march --at 2026-03-01T12:00:00Z --logs-only

        {Manual.ExitCodes}

        Files:
          <target>/exchange.db              the copy, once it is whole
          <target>/exchange.db.incomplete   the copy while a run is under way, or after one that was broken off
          <target>/vault.db, *.key          subjects; keys with --with-keys only
        """;
}
