using Microsoft.Extensions.Logging;
using TradingBot.Trading;

namespace LambdaHost;

/// <summary>The log messages of the host.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 300, EventName = "Refused", Level = LogLevel.Error, Message = "{Bot}: the exchange refuses ({Kind}), and would again; the event is not tried again")]
    internal static partial void Refused(this ILogger logger, Exception exception, string bot, ExchangeErrorKind kind);

    [LoggerMessage(EventId = 310, EventName = "Starting", Level = LogLevel.Debug, Message = "The program runs")]
    internal static partial void Starting(this ILogger logger);

    [LoggerMessage(EventId = 311, EventName = "ModelLoaded", Level = LogLevel.Debug, Message = "{Bot}: the model '{Model}' is loaded")]
    internal static partial void ModelLoaded(this ILogger logger, string bot, string model);

    [LoggerMessage(EventId = 312, EventName = "Connected", Level = LogLevel.Debug, Message = "{Bot}: the settings are right, and the exchange's rules are read")]
    internal static partial void Connected(this ILogger logger, string bot);

    [LoggerMessage(EventId = 313, EventName = "Woken", Level = LogLevel.Debug, Message = "{Bot}: the exchange has told its time")]
    internal static partial void Woken(this ILogger logger, string bot);
}
