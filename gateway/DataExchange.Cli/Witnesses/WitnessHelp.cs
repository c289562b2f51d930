using DataExchange.Cli.Output;

namespace DataExchange.Cli.Witnesses;

internal static class WitnessHelp
{
    public const string Text = $"""
        Details:
          Reads the log's newest checkpoint and says of each witness in a C2SP tlog-policy file whether it cosigned it and how long ago,
          and whether together they make the policy's quorum.

          With --ask every witness that the policy gives an address for is asked itself, at <address>/<hash>/checkpoint (the SHA-256 of
          the origin in hexadecimal), for the newest checkpoint of the log that it cosigned, and that is held against the log's own
          tiles. A witness that has seen another tree, or more entries than the log shows, is the finding that witnesses exist for.
          One that does not answer is listed, and is no finding. Whatever a witness shows that the log signed and that contradicts
          the log is a finding, cosigned or not, and both checkpoints are kept.

        {Manual.Key}

        Examples:
          dx witness check https://log.example/access --policy witnesses.policy --vkey "$VKEY"
          dx witness check https://log.example/access --policy witnesses.policy --vkey "$VKEY" --ask --json

        {Manual.ExitCodes}

        Files:
          the policy: lines log <vkey> [<url>], witness <name> <vkey> [<url>], group <name> <k|any|all> <member>..., quorum <name|none>
          (https://c2sp.org/tlog-policy)

        {Manual.State}
        """;
}
