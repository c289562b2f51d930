using DataExchange.Cli.Output;

namespace DataExchange.Cli.Fsck;

internal static class FsckHelp
{
    public const string Text = $"""
        Details:
          Checks a gateway's data folder offline, reading the documented files and nothing through the gateway: that both logs' batches
          follow each other without a gap, hold as many entries as they say, and make the root stored with each; that heads and the
          published checkpoint fit them and are signed by the key in the folder; that sealed records and search keys have their form;
          that hash tiles and the search index are those the batches make; and that key files are readable by their owner only.

          Nothing is changed. The folder is held while it is checked, so that no gateway starts on it; a folder whose gateway is
          running is refused, or with --snapshot read as it was at one moment.

          Every finding has a code, a place, and says what to do. Warnings alone leave the exit code at 0: such is a missing tiles.db,
          which no backup has; in a copy of the logs only, missing registers and a missing vault.db; and keys that are kept elsewhere.

          What it cannot see: a byte changed inside a sealed record's ciphertext (that shows when the record is opened), in a batch's
          id, or in a register row's value. --deep adds SQLite's own check of every page.

        Examples:
          dx fsck /var/lib/data-exchange
          dx fsck /backup/2026-03-01 --deep --json
          dx fsck /var/lib/data-exchange --snapshot

        {Manual.ExitCodes}

        Files:
          exchange.db, exchange.lock   the logs, and the lock of a running gateway
          tiles.db                     derived; may be deleted while the gateway is stopped
          vault.db, *.key              subjects and keys; --keys names another folder for the keys
        """;
}
