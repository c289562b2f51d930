using DataExchange.Cli.Output;

namespace DataExchange.Cli.Evidence;

internal static class EvidenceHelp
{
    public const string Text = $"""
        Details:
          Checks the evidence pack of a completed case (GET /v1/cases/ID/evidence) without asking anybody. Every receipt has to hold under the
          key of its log, and together they have to tell one story: the matter's revision stands in the governance log; the case was completed
          under it; each answer was asked for in this case, for the matter's purpose and fields, was logged before anybody was asked, and came
          to the outcome that the case names; and each consent that a decision rests on was in force before it.

          The pack holds no record. With --records, the answer of the gathering (POST /v1/cases/ID/gather), the records in it have to be the
          ones whose release was logged.

        Examples:
          dx evidence verify evidence.json --vkey "$ACCESS_VKEY" --vkey "$GOVERNANCE_VKEY"
          dx evidence verify evidence.json --records gathered.json --vkey "$ACCESS_VKEY" --vkey "$GOVERNANCE_VKEY"

        {Manual.ExitCodes}
        """;
}
