using Microsoft.Extensions.Logging;

namespace TradingBot.Aws.S3;

/// <summary>The log messages about S3. Event ids are stable: they are never reused or renumbered.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 220, EventName = "CachedModelDiffers", Level = LogLevel.Warning,
        Message = "The kept file {Path} is not the model that was pinned: expected SHA-256 {Expected}, found {Found}; it is fetched again")]
    internal static partial void CachedModelDiffers(this ILogger logger, string path, string expected, string found);

    [LoggerMessage(EventId = 221, EventName = "CacheUnusable", Level = LogLevel.Warning, Message = "The file {Path} cannot be read or written; the model is not kept there")]
    internal static partial void CacheUnusable(this ILogger logger, Exception exception, string path);
}
