using Microsoft.Extensions.Logging;

namespace DataExchange.Storage;

/// <summary>Events 2100 to 2199. Paths and causes only: no stored value.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(2100, LogLevel.Information, "The data folder is '{Folder}'.")]
    public static partial void Opened(ILogger logger, string folder);

    [LoggerMessage(2102, LogLevel.Critical, "The disk failed to sync '{File}' while its write-ahead log was copied into it. The process ends; the next start copies all of it anew.")]
    public static partial void SyncFailed(ILogger logger, string file, Exception exception);

    [LoggerMessage(2101, LogLevel.Warning, "The write-ahead log of '{File}' could not be moved into it; it is tried again.")]
    public static partial void CheckpointFailed(ILogger logger, string file, Exception exception);

    [LoggerMessage(2103, LogLevel.Critical, "The volume of '{Folder}' has {Free} bytes left, less than the {Mark} that are kept free. Nothing is appended until there is room.")]
    public static partial void SpaceLow(ILogger logger, string folder, long free, long mark);

    [LoggerMessage(2104, LogLevel.Warning, "The volume of '{Folder}' has {Free} bytes left again. Appends go on.")]
    public static partial void SpaceRegained(ILogger logger, string folder, long free);

    [LoggerMessage(2105, LogLevel.Warning, "The room on the volume of '{Folder}' could not be measured.")]
    public static partial void SpaceUnknown(ILogger logger, string folder, Exception exception);
}
