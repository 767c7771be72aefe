using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace TradingBot.Aws.Lambda;

/// <summary>The log messages of the runtime. Event ids are stable: they are never reused or renumbered.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 200, EventName = "InitializationFailed", Level = LogLevel.Critical, Message = "The function cannot start")]
    internal static partial void InitializationFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 201, EventName = "InvocationFailed", Level = LogLevel.Error, Message = "The invocation failed")]
    internal static partial void InvocationFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 202, EventName = "DeadlineReached", Level = LogLevel.Error, Message = "The invocation was ended shortly before its deadline, {Deadline:O}")]
    internal static partial void DeadlineReached(this ILogger logger, Exception exception, DateTimeOffset deadline);

    [LoggerMessage(EventId = 203, EventName = "Stopping", Level = LogLevel.Information, Message = "Received {Signal}; ends after the invocation that is under way")]
    internal static partial void Stopping(this ILogger logger, PosixSignal signal);
}
