using Microsoft.Extensions.Logging;

namespace DataExchange.Storage;

/// <summary>Events 2100 to 2199. Paths and causes only: no stored value.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(2100, LogLevel.Information, "The data folder is '{Folder}'.")]
    public static partial void Opened(ILogger logger, string folder);

    [LoggerMessage(2101, LogLevel.Warning, "The write-ahead log of '{File}' could not be moved into it; it is tried again.")]
    public static partial void CheckpointFailed(ILogger logger, string file, Exception exception);
}
