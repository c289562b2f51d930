using DataExchange.Cli.Output;

namespace DataExchange.Cli.Verify;

internal static class VerifyHelp
{
    public const string Text = $"""
        Details:
          Reads every entry of the log, hashes it, builds the tree, and compares each hash tile byte for byte and the root with the
          checkpoint that the log signed. Then the checkpoint is remembered, and the next one has to extend it.

          The log is an address that serves C2SP tlog-tiles, or a folder with the same files (see dx export). Memory stays below
          300 MB however large the log is. Progress is shown on a terminal only.

          By default everything is read, every time. With --incremental only those entries are read that no earlier run has read at
          this address or folder; that the others have not changed is shown by the tiles that lead to both roots. What was read
          elsewhere, or passed over by dx follow, is read. An entry that was damaged after it was verified shows in a full run only, so
          run one now and then.

          A run that was interrupted goes on with --resume from where it was; how far it got is saved every few seconds. What an
          incremental or resumed run finds wrong is looked at again from the beginning, so that every finding is that of a full run.

        {Manual.Key}

        Examples:
          dx verify https://log.example/access --vkey "$VKEY"
          dx verify https://log.example/access --vkey "$VKEY" --policy witnesses.policy --incremental
          dx verify /srv/mirror/access --vkey "$VKEY" --json

        {Manual.ExitCodes}

        {Manual.State}
        """;
}
