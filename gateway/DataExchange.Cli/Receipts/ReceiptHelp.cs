using DataExchange.Cli.Output;

namespace DataExchange.Cli.Receipts;

internal static class ReceiptHelp
{
    public const string Text = $"""
        Details:
          Checks a receipt without asking anybody: that its leaf stands at its index under a checkpoint that the log's key signed, that
          the record shown is the one the leaf commits to, and that the data released in the same answer is the data whose release was
          logged. With --policy the checkpoint also has to bear the cosignatures of the policy's quorum: then witnesses vouch that
          everybody was shown this same log.

          The file is a receipt as the gateway gives it, an answer or a problem that holds one, or with --leaf a plain C2SP tlog-proof,
          whose entry is in the other file, or a COSE receipt of inclusion (RFC 9942), whose entry is in the other file too. A COSE
          receipt bears the log's signature alone: with --policy it holds only where the quorum is none (quorum-not-met otherwise).

        Examples:
          dx receipt verify answer.json --vkey "$VKEY"
          dx receipt verify answer.json --vkey "$VKEY" --policy witnesses.policy
          dx receipt verify 4711.proof --leaf 4711.leaf --vkey "$VKEY"
          dx receipt verify 4711.cose --leaf 4711.leaf --vkey "$VKEY"
          curl -s https://exchange.example/v1/receipts/access/4711 | dx receipt verify - --vkey "$VKEY"

        {Manual.ExitCodes}
        """;
}
