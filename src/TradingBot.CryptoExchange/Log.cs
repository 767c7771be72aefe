using Microsoft.Extensions.Logging;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>The log messages of the adapter. Event ids are stable: they are never reused or renumbered.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 401, EventName = "OrderAnswerLost", Level = LogLevel.Warning, Message = "{Symbol}: the answer to {ClientOrderId} was lost; looking it up ({Reason})")]
    internal static partial void OrderAnswerLost(this ILogger logger, string symbol, string clientOrderId, string reason);

    [LoggerMessage(EventId = 402, EventName = "OrderResolved", Level = LogLevel.Information, Message = "{Symbol}: {ClientOrderId}, whose answer was lost, is {Status}")]
    internal static partial void OrderResolved(this ILogger logger, string symbol, string clientOrderId, OrderStatus status);

    [LoggerMessage(EventId = 403, EventName = "OrderStateMissing", Level = LogLevel.Warning, Message = "{Symbol}: {ClientOrderId} is placed, but its state could not be read")]
    internal static partial void OrderStateMissing(this ILogger logger, Exception exception, string symbol, string clientOrderId);

    [LoggerMessage(EventId = 404, EventName = "AccountChanged", Level = LogLevel.Information, Message = "{Symbol}: {Setting} was {Before}, set to {After}")]
    internal static partial void AccountChanged(this ILogger logger, string symbol, string setting, string before, string after);

    [LoggerMessage(EventId = 405, EventName = "LeverageChanged", Level = LogLevel.Information, Message = "{Symbol}: the leverage was {Before}, set to {After}")]
    internal static partial void LeverageChanged(this ILogger logger, string symbol, decimal before, int after);
}
