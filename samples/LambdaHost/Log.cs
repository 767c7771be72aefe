using Microsoft.Extensions.Logging;
using TradingBot.Trading;

namespace LambdaHost;

/// <summary>The log messages of the host.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 300, EventName = "Refused", Level = LogLevel.Error, Message = "{Bot}: the exchange refuses ({Kind}), and would again; the event is not tried again")]
    internal static partial void Refused(this ILogger logger, Exception exception, string bot, ExchangeErrorKind kind);
}
