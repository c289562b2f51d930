namespace DataExchange.Cli.Agreements;

internal static class AgreementHelp
{
    public const string Sign = """
        Details:
          An agreement is in force only when its provider and its consumer have signed the same revision, and the data authority where a
          sensitive field is granted. This signs for one of them, on a machine of its own: the key never leaves it. What is signed is the
          agreement exactly as it stands in the governance log; it is shown on the error output before it is signed. Read it.

          The signature goes to the standard output: a compact JWS (RFC 7515), ES256, whose payload is canonical JSON (RFC 8785) that names
          the revision and the base64url SHA-256 of the agreement's canonical form.

        The key: PKCS #8 in PEM, or a JWK, EC on P-256. dx refuses a file that others than its owner can read.

        Examples:
          dx agreement sign https://gateway.example/v1/agreements/housing-degree/revisions/2 --key education.pem --kid education/2026-a
          dx agreement sign agreement.json --key education.pem --kid education/2026-a

        Exit codes:
          0   signed
          2   nothing was signed: wrong usage, unreadable document or key, no connection, interrupted
        """;
}
