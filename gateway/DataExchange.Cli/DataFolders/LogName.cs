namespace DataExchange.Cli.DataFolders;

/// <summary>The two logs of a data folder: the last part of a log's origin, and the name of its tables and its key file.</summary>
internal static class LogName
{
    public const string Access = "access";
    public const string Governance = "governance";

    public static IReadOnlyList<string> All { get; } = [Access, Governance];
}
