namespace DataExchange.Cli.Output;

/// <summary>Parts that several manual pages share.</summary>
internal static class Manual
{
    public const string ExitCodes = """
        Exit codes:
          0   everything asked for was checked and holds
          1   it was checked and does not hold; the code in parentheses (or "code" in JSON) says what
          2   it could not be checked: wrong usage, unreadable input, no connection, interrupted
          3   dx follow only: the log has not grown for longer than --max-age
        """;

    public const string Key = """
        The key: a log's verifier key is name+id+base64. Write it down once, from somebody you trust, and give it with --vkey
        from then on. --trust-fetched-vkey takes the one the log shows, which proves only that the log agrees with itself.
        """;

    public const string State = """
        Files:
          <data>/dx/checkpoints/*.checkpoint   the newest verified checkpoint of each log; every later one must extend it
          <data>/dx/checkpoints/*.read         how far its entries were read, one for each address or folder
          <data>/dx/checkpoints/*.progress     how far an interrupted verification got, likewise
          <data>/dx/checkpoints/*.contradicted-by-*   a signed checkpoint that contradicts the remembered one: evidence, keep it

        Environment:
          XDG_DATA_HOME   <data>; ~/.local/share without it. --state names another folder
        """;
}
