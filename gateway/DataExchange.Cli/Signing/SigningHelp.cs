namespace DataExchange.Cli.Signing;

internal static class SigningHelp
{
    public const string Proposal = $"""
        Details:
          A change of the region's rules takes effect when so many members have approved it as its quorum says. This signs for one of them,
          on a machine of its own: the key never leaves it. What is signed is the proposal exactly as it stands in the governance log, so
          that anybody can verify later who agreed to what; it is shown on the error output before it is signed. Read it.

          With --reject it signs that the member does not want it, and why.

        {Common}

        Examples:
          dx proposal sign https://gateway.example/v1/proposals/$ID --key education.pem --kid education/2026-a
          dx proposal sign proposal.json --reject "the purpose is too wide" --key education.pem --kid education/2026-a

        {ExitCodes}
        """;

    public const string Keys = $"""
        Details:
          A member replaces its own keys with a signature by one that still counts. Keys that the new JWKS does not hold are retired: what they
          signed stays valid, and they sign nothing more. The signature is for one version of the member, so it cannot be used again later.

        {Common}

        Examples:
          dx keys sign new-jwks.json --member education --of-version 812 --key education.pem --kid education/2026-a

        {ExitCodes}
        """;

    public const string Clients = $"""
        Details:
          A member says which clients of the identity provider act for it, and which certificates their tokens are bound to. The list replaces
          the one before: a client that it does not name acts for nobody from then on.

        {Common}

        Examples:
          dx clients sign clients.json --member education --of-version 812 --key education.pem --kid education/2026-a

        {ExitCodes}
        """;

    private const string Common = """
          The signature goes to the standard output: a compact JWS (RFC 7515), ES256, whose payload is canonical JSON (RFC 8785) that names what
          is done and the base64url SHA-256 of the document's canonical form. contracts/governance-events.md describes each.

        The key: PKCS #8 in PEM, or a JWK, EC on P-256. dx refuses a file that others than its owner can read.
        """;

    private const string ExitCodes = """
        Exit codes:
          0   signed
          2   nothing was signed: wrong usage, unreadable document or key, no connection, interrupted
        """;
}
