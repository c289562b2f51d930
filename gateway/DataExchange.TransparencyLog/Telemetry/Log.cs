using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Telemetry;

/// <summary>Events 2000 to 2099. Names, sizes and causes only: no leaf, record, key or state value.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "The log {Log} is open at {Size} entries; key {Key}.")]
    public static partial void Opened(ILogger logger, string log, long size, string key);

    [LoggerMessage(2001, LogLevel.Critical, "The log {Log} could not commit. Nothing is appended until it has been verified again.")]
    public static partial void Poisoned(ILogger logger, string log, Exception exception);

    [LoggerMessage(2002, LogLevel.Error, "The log {Log} is still not to be trusted after {Attempts} attempts.")]
    public static partial void RecoveryFailed(ILogger logger, string log, int attempts, Exception exception);

    [LoggerMessage(2003, LogLevel.Warning, "The log {Log} has been verified at {Size} entries and takes appends again.")]
    public static partial void Recovered(ILogger logger, string log, long size);

    [LoggerMessage(2004, LogLevel.Warning, "A commit of the log {Log} at {Index} reported a failure but is stored. Its entries stay; their callers were refused.")]
    public static partial void FailedCommitPersisted(ILogger logger, string log, long index);

    [LoggerMessage(2005, LogLevel.Error, "The tiles of the log {Log} cannot follow.")]
    public static partial void FollowingFailed(ILogger logger, string log, Exception exception);

    [LoggerMessage(2006, LogLevel.Information, "The log {Log} has stopped at {Size} entries.")]
    public static partial void Stopped(ILogger logger, string log, long size);
}
