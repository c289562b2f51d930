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

    [LoggerMessage(2007, LogLevel.Error, "The high-water mark of the log {Log} cannot be written to '{Path}'. It is tried again; until then a rollback may go unnoticed.")]
    public static partial void MarkFailed(ILogger logger, string log, string path, Exception exception);

    [LoggerMessage(2008, LogLevel.Critical, "The log {Log} is frozen: nothing is signed. {Reason}")]
    public static partial void Frozen(ILogger logger, string log, string reason);

    [LoggerMessage(2009, LogLevel.Error, "The witness {Witness} of the log {Log} {Claim}. It is not believed.")]
    public static partial void WitnessUntrue(ILogger logger, string log, string witness, string claim);

    [LoggerMessage(2010, LogLevel.Warning, "The witness {Witness} of the log {Log} does not cosign: {Reason}. It is tried again.")]
    public static partial void WitnessFails(ILogger logger, string log, string witness, string reason, Exception? exception);

    [LoggerMessage(2011, LogLevel.Information, "The witness {Witness} of the log {Log} cosigns.")]
    public static partial void WitnessAnswers(ILogger logger, string log, string witness);

    [LoggerMessage(2012, LogLevel.Warning, "The witness {Witness} did not say what it holds of the log {Log}: {Reason}. The log starts without its memory.")]
    public static partial void WitnessNotAsked(ILogger logger, string log, string witness, string reason);

    [LoggerMessage(2013, LogLevel.Warning, "The log {Log} keeps no high-water mark outside its data folder: an older backup could be restored unnoticed, unless a witness remembers more.")]
    public static partial void NoMark(ILogger logger, string log);

    [LoggerMessage(2014, LogLevel.Warning, "The log {Log} is retired at {Size} entries, as ordered. {Next} takes its place.")]
    public static partial void Adopted(ILogger logger, string log, long size, string next);

    [LoggerMessage(2015, LogLevel.Error, "The checkpoints of the log {Log} cannot be shown to its witnesses. It is tried again.")]
    public static partial void WitnessingFailed(ILogger logger, string log, Exception exception);

    [LoggerMessage(2016, LogLevel.Warning, "The high-water mark '{Path}' of the log {Log} is not there, although the log has {Size} entries. It begins anew: make sure that its disk is mounted, and that this folder is no older backup.")]
    public static partial void MarkMissing(ILogger logger, string log, string path, long size);
}
