namespace DataExchange.TransparencyLog;

/// <summary>The last part of a log's origin, and the name of its key file.</summary>
public static class LogNames
{
    public const string Access = "access";

    /// <summary>The log that pins refer to, and whose entries change state.</summary>
    public const string Governance = "governance";
}
