using DataExchange.Cli.Output;

namespace DataExchange.Cli.Scorecards;

internal static class ScorecardHelp
{
    public const string Text = $"""
        Details:
          Verifies both logs as dx verify does, counts the month by the formula of contracts/scorecard.md, and compares the result with
          the scorecard that stands in the governance log (scorecard.published), or with the one that --card names. All figures are
          integers or decimals of four places; they have to be equal to the digit.

          What the leaves say in the open is recomputed by anybody: how many requests, releases, refusals, failures and findings there
          were, and every department's clocks. The rest stands in sealed entries. A reviewer exports them opened
          (GET /v1/audit/scorecards/{"{"}month{"}"}/facts); with --facts each is held against the log, where its leaf has to stand at its index and
          commit to its record, and then every figure is recomputed.

        {Manual.Key}

        Examples:
          dx scorecard https://log.example/access https://log.example/governance --period 2026-10 --vkey "$A" --governance-vkey "$G"
          dx scorecard /srv/mirror/access /srv/mirror/governance --period 2026-10 --vkey "$A" --governance-vkey "$G" --facts 2026-10.ndjson

        {Manual.ExitCodes}
        """;
}
