using DataExchange.Cli.Output;

namespace DataExchange.Cli.Mirrors;

internal static class MirrorHelp
{
    public const string Text = $"""
        Details:
          Checks a mirror of a log: that its checkpoint is signed by the log's key, that its tree is complete and right (every entry is
          read, every tile compared), and that it is the beginning of the tree which the log itself shows, or all of it. Says how many
          entries it is behind.

          A log that shows fewer entries than its mirror has taken some back: that is a rollback, and the mirror is the proof.

          The key has to be given: a mirror cannot vouch for the log's key, nor the log for its own.

        Examples:
          dx mirror verify https://mirror.example/access --against https://log.example/access --vkey "$VKEY"
          dx mirror verify /srv/mirror/access --against https://log.example/access --vkey "$VKEY" --json

        {Manual.ExitCodes}
        """;
}
