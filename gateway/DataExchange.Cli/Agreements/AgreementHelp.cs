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

    public const string Verify = """
        Details:
          Reads the whole governance log, builds its tree again as dx verify does, and then holds every agreement to its signatures: at the
          entry that puts a revision in force, provider and consumer, and the data authority where a sensitive field is granted, must have
          signed exactly those words, with keys that counted at that entry. The gateway is not asked and not believed.

          The keys are those of member.admitted and key.rotated. A member that was admitted by a proposal of the others has no entry of
          its own: where its signature is needed, dx says that it cannot tell (signer-unknown).

        Examples:
          dx agreement verify https://gateway.example/log/governance --vkey "$VKEY"
          dx agreement verify /srv/mirror/governance --vkey "$VKEY" --id housing-degree

        Exit codes:
          0   every party signed exactly what was put in force
          1   a signature is missing or does not verify, or the log does not; code says what
          2   it could not be checked: wrong usage, no such agreement, unreadable log, a signer whose keys cannot be told, interrupted
        """;
}
