using Microsoft.Extensions.Logging;
using TradingBot.Trading;

namespace TradingBot.Binance.Protocol;

/// <summary>The log messages of the Binance client. Event ids are stable: they are never reused or renumbered. No parameter of a request is ever logged.</summary>
internal static partial class BinanceLog
{
    [LoggerMessage(EventId = 100, EventName = "WaitingForLimit", Level = LogLevel.Information, Message = "{Method} {Path} waits {Wait} for room in the exchange's limits")]
    internal static partial void WaitingForLimit(this ILogger logger, HttpMethod method, string path, TimeSpan wait);

    [LoggerMessage(EventId = 101, EventName = "LimitExceeded", Level = LogLevel.Warning, Message = "{Method} {Path}: the exchange refuses more requests (HTTP {Status}); all wait {Wait}")]
    internal static partial void LimitExceeded(this ILogger logger, HttpMethod method, string path, int status, TimeSpan wait);

    [LoggerMessage(EventId = 102, EventName = "ReadRepeated", Level = LogLevel.Warning, Message = "{Kind} failure, attempt {Attempt} follows in {Wait}: {Reason}")]
    internal static partial void ReadRepeated(this ILogger logger, ExchangeErrorKind? kind, int attempt, TimeSpan wait, string? reason);

    [LoggerMessage(EventId = 103, EventName = "ClockMeasured", Level = LogLevel.Debug, Message = "The exchange's clock is {Offset} ahead of this machine's")]
    internal static partial void ClockMeasured(this ILogger logger, TimeSpan offset);

    [LoggerMessage(EventId = 104, EventName = "LatestBarLate", Level = LogLevel.Warning, Message = "{Symbol} {Interval}: the exchange does not show the bar of {OpenTime:u} yet, which has closed; asking again in {Wait}")]
    internal static partial void LatestBarLate(this ILogger logger, string symbol, string interval, DateTimeOffset openTime, TimeSpan wait);

    [LoggerMessage(EventId = 110, EventName = "OrderAnswerLost", Level = LogLevel.Warning, Message = "{Symbol}: the answer to order {ClientOrderId} was lost; looking it up ({Reason})")]
    internal static partial void OrderAnswerLost(this ILogger logger, string symbol, string clientOrderId, string reason);

    [LoggerMessage(EventId = 111, EventName = "OrderResolved", Level = LogLevel.Warning, Message = "{Symbol}: order {ClientOrderId} was found after its answer was lost; it is {Status}")]
    internal static partial void OrderResolved(this ILogger logger, string symbol, string clientOrderId, OrderStatus status);

    [LoggerMessage(EventId = 112, EventName = "FillPriceMissing", Level = LogLevel.Warning, Message = "{Symbol}: order {ClientOrderId} is placed, but its fill price could not be read")]
    internal static partial void FillPriceMissing(this ILogger logger, Exception exception, string symbol, string clientOrderId);

    [LoggerMessage(EventId = 113, EventName = "AccountChanged", Level = LogLevel.Information, Message = "{Symbol}: set {Setting} from {Before} to {After}")]
    internal static partial void AccountChanged(this ILogger logger, string symbol, string setting, string? before, string after);

    [LoggerMessage(EventId = 114, EventName = "LeverageChanged", Level = LogLevel.Information, Message = "{Symbol}: set leverage from {Before} to {After}")]
    internal static partial void LeverageChanged(this ILogger logger, string symbol, int before, int after);

    [LoggerMessage(EventId = 115, EventName = "KeyPermissionsUnknown", Level = LogLevel.Warning, Message = "Whether the API key may withdraw could not be learned, so make sure that it may not: {Reason}")]
    internal static partial void KeyPermissionsUnknown(this ILogger logger, string reason);

    [LoggerMessage(EventId = 120, EventName = "StreamConnected", Level = LogLevel.Information, Message = "Stream {Stream} is connected")]
    internal static partial void StreamConnected(this ILogger logger, string stream);

    [LoggerMessage(EventId = 121, EventName = "StreamLost", Level = LogLevel.Warning, Message = "Stream {Stream} ended ({Reason}); connecting again in {Wait}")]
    internal static partial void StreamLost(this ILogger logger, string stream, string reason, TimeSpan wait);

    [LoggerMessage(EventId = 122, EventName = "StreamSilent", Level = LogLevel.Error, Message = "Stream {Stream} is connected but silent while the exchange trades")]
    internal static partial void StreamSilent(this ILogger logger, string stream);

    [LoggerMessage(EventId = 123, EventName = "StreamGapFilled", Level = LogLevel.Information, Message = "Stream {Stream}: {Count} closed bars came by REST")]
    internal static partial void StreamGapFilled(this ILogger logger, string stream, int count);

    [LoggerMessage(EventId = 124, EventName = "StreamMessageUnreadable", Level = LogLevel.Warning, Message = "Stream {Stream}: a message is not in the documented form ({Fault} at {Path})")]
    internal static partial void StreamMessageUnreadable(this ILogger logger, string stream, string fault, string? path);
}
