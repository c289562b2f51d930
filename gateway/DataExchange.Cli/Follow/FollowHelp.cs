using DataExchange.Cli.Output;

namespace DataExchange.Cli.Follow;

internal static class FollowHelp
{
    public const string Text = $"""
        Details:
          Watches a log and prints one line for each entry that is published: index, time, kind, and the beginning of its tag. An entry
          is printed only when the checkpoint over it is signed, extends everything seen before, and is what the entries make. The
          newest checkpoint is remembered, and without --from the next run goes on where this one ended.

          It stops, loudly, when the log shows fewer entries than before (rollback), other entries under a size seen before (fork), or
          anything that does not verify; and, with --max-age, when the log has not grown for so long. A server that cannot be reached
          is asked again after 1 second, 2, 4, up to a minute.

          With --policy a checkpoint counts only once it bears the quorum's cosignatures; until then it is waited for.

          It ends at Ctrl-C, or with --until when so many entries are verified; both are exit code 0.

        {Manual.Key}

        Examples:
          dx follow https://log.example/access --vkey "$VKEY"
          dx follow https://log.example/access --vkey "$VKEY" --from 0 --json | jq .kind
          dx follow https://log.example/governance --vkey "$VKEY" --interval 10s --max-age 1h || alarm

        {Manual.ExitCodes}

        {Manual.State}
        """;
}
