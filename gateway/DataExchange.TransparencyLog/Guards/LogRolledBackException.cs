namespace DataExchange.TransparencyLog;

/// <summary>
/// Somebody remembers more of this log, or another log under its name, than is stored here. Signing on would make two histories, so
/// nothing is signed until an operator has decided. The message says who remembers what, and what to do.
/// </summary>
public sealed class LogRolledBackException : Exception
{
    public LogRolledBackException()
    {
    }

    public LogRolledBackException(string message)
        : base(message)
    {
    }

    public LogRolledBackException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    internal static LogRolledBackException Lost(string origin, long size, long known, string source) => new(
        $"The log {origin} has been rolled back: it ends at {size} entries, but {source} remembers {known} that its key has signed. " +
        $"Restore a backup that holds them. If they are lost for good, retire the origin with: dx log adopt");

    internal static LogRolledBackException Forked(string origin, long size, string source) => new(
        $"The log {origin} is not the one that was signed before: its first {size} entries give another root than {source} remembers. " +
        $"Restore the data folder that belongs to this key. If it is lost for good, retire the origin with: dx log adopt");
}
