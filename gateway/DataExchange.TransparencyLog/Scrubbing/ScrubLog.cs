using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Scrubbing;

/// <summary>Events 2050 to 2059.</summary>
internal static partial class ScrubLog
{
    [LoggerMessage(2050, LogLevel.Information, "A pass over the log {Log} has ended at {Size} entries: {Damaged} findings that cannot be repaired; since the start {Repaired} tiles were.")]
    public static partial void Completed(ILogger logger, string log, long size, long damaged, long repaired);

    [LoggerMessage(2055, LogLevel.Warning, "A pass over the log {Log} broke off at entry {Position} and begins anew when the next is due: {Damaged} findings that cannot be repaired; since the start {Repaired} tiles were.")]
    public static partial void BrokenOff(ILogger logger, string log, long position, long damaged, long repaired);

    [LoggerMessage(2056, LogLevel.Warning, "The stored tiles of the log {Log} gave no proof, and a pass begins that writes them anew: {Detail}")]
    public static partial void NoProof(ILogger logger, string log, string detail);

    [LoggerMessage(2051, LogLevel.Critical, "The log {Log} is damaged ({Finding}): {Detail}")]
    public static partial void Damaged(ILogger logger, string log, string finding, string detail);

    [LoggerMessage(2052, LogLevel.Warning, "Derived data of the log {Log} was damaged and has been written anew from the log ({Finding}): {Detail}")]
    public static partial void Repaired(ILogger logger, string log, string finding, string detail);

    [LoggerMessage(2053, LogLevel.Error, "The scrub of the log {Log} could not read on at {Position}; it is tried again.")]
    public static partial void ReadFailed(ILogger logger, string log, long position, Exception exception);

    [LoggerMessage(2054, LogLevel.Warning, "How far the scrub of the log {Log} has got could not be stored.")]
    public static partial void SaveFailed(ILogger logger, string log, Exception exception);
}
