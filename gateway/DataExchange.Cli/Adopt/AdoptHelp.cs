namespace DataExchange.Cli.Adopt;

internal static class AdoptHelp
{
    public const string Text = """
        Details:
          The way out when a gateway refuses to start because somebody remembers more of its log than is stored, and the entries that are
          missing are lost for good. The old origin can never be signed again: it is retired, and the log goes on under a new origin and a
          new key. The first entry of the new log names the old one, where it ended, and every checkpoint given with --known, so that
          everyone can see where the break is and how much is missing. Look for a newer backup first: this cannot be taken back.

          --known takes a checkpoint as a file, signed by the log's key: the high-water mark, or what a witness shows at
          <witness>/<SHA-256 of the origin>/checkpoint. It has to be of more entries than are stored, or of another tree. Where none
          is, nothing is lost and there is nothing to adopt.

          Nothing of the logs is changed here. The command checks the folder as dx fsck does, says exactly what would happen, and with
          --yes leaves the order as adopt.json in the data folder; the gateway's next start carries it out before it signs anything.
          Removing adopt.json before that takes the order back.

          access     The new log begins with that one entry. The entries of the old one stay in the data folder, and can be read with
                     dx export --log access-1.
          governance When entries of the governance log are lost, both logs are retired: entries of the access log refer to it. The new
                     governance log goes on with every entry that is stored, each one place later, so the rules stay as the backup had
                     them. What was decided in the lost entries does not hold any more, and no consent that is carried over permits
                     anything until it is given anew: its withdrawal may be among them.

        Examples:
          dx log adopt /var/lib/data-exchange --known /mnt/marks/demo.example-access.checkpoint
          curl -so w1 "https://witness.example/$(printf %s demo.example/access | sha256sum | cut -c1-64)/checkpoint"
          dx log adopt /var/lib/data-exchange --known w1 --reason "Disk lost on 1 March, backup of 28 February" --yes

        Exit codes:
          0   the order is given
          1   there is nothing to adopt, a checkpoint is not the log's, or the folder is damaged
          2   it could not be found out: wrong usage, unreadable input, a gateway is running on the folder
          4   without --yes: this is what would happen

        Files:
          adopt.json   the order, removed by the start that carries it out
        """;
}
