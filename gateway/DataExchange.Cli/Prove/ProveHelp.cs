using DataExchange.Cli.Output;

namespace DataExchange.Cli.Prove;

internal static class ProveHelp
{
    public const string Text = $"""
        Details:
          Makes the C2SP tlog-proof of an entry out of the log's hash tiles, without asking the log to prove anything: the inclusion
          proof, and the signed checkpoint it holds at. The entry is read and hashed, and the proof is verified before it is written.
          dx receipt verify takes proof and entry; so does any other tool for tlog-proof.

          With --consistency it makes the proof that the log extends its own first so many entries instead, in the form in which a
          witness takes it (C2SP tlog-witness, the body of add-checkpoint): old size, hashes, a blank line, the signed checkpoint.

          The proof goes to the standard output, or to the file that -o names.

        {Manual.Key}

        Examples:
          dx prove https://log.example/access 4711 --vkey "$VKEY" -o 4711.proof --entry 4711.leaf
          dx receipt verify 4711.proof --leaf 4711.leaf --vkey "$VKEY"
          dx prove /srv/mirror/access --consistency 1000 --vkey "$VKEY"

        {Manual.ExitCodes}
        """;
}
