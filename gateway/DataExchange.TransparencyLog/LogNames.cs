namespace DataExchange.TransparencyLog;

/// <summary>The two logs of a region. Their origins and key files are named after them, see <see cref="Adoption.LogGeneration"/>.</summary>
public static class LogNames
{
    public const string Access = "access";

    /// <summary>The log that pins refer to, and whose entries change state.</summary>
    public const string Governance = "governance";
}
