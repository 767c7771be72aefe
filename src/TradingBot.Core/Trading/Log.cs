using Microsoft.Extensions.Logging;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;

namespace TradingBot.Trading;

/// <summary>The log messages of the trader. Event ids are stable: they are never reused or renumbered.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, EventName = "CycleEnded", Level = LogLevel.Information,
        Message = "{Symbol} bar {BarOpenTime:u}: {Outcome}, decided {Action} ({Reason})")]
    internal static partial void CycleEnded(
        this ILogger logger, string symbol, DateTimeOffset? barOpenTime, CycleOutcome outcome, DecisionAction action, string? reason);

    [LoggerMessage(EventId = 2, EventName = "CycleFailed", Level = LogLevel.Error, Message = "{Symbol}: the cycle failed")]
    internal static partial void CycleFailed(this ILogger logger, Exception exception, string symbol);

    [LoggerMessage(EventId = 10, EventName = "OrderSent", Level = LogLevel.Information,
        Message = "{Symbol}: {Side} {Quantity} {Type} as {ClientOrderId} is {Status}, filled {FilledQuantity} at {AveragePrice} ({Note})")]
    internal static partial void OrderSent(
        this ILogger logger,
        string symbol,
        Side side,
        decimal quantity,
        OrderType type,
        string clientOrderId,
        OrderStatus status,
        decimal filledQuantity,
        decimal? averagePrice,
        string? note);

    [LoggerMessage(EventId = 11, EventName = "OrderFound", Level = LogLevel.Information,
        Message = "{Symbol}: {ClientOrderId} was sent before and is {Status}; it is not sent again")]
    internal static partial void OrderFound(this ILogger logger, string symbol, string clientOrderId, OrderStatus status);

    [LoggerMessage(EventId = 12, EventName = "OrderUnknown", Level = LogLevel.Warning,
        Message = "{Symbol}: the answer to {ClientOrderId} was lost ({Note}); looking it up")]
    internal static partial void OrderUnknown(this ILogger logger, string symbol, string clientOrderId, string? note);

    [LoggerMessage(EventId = 13, EventName = "OrderCanceled", Level = LogLevel.Information,
        Message = "{Symbol}: canceled {ClientOrderId}, left over from an earlier bar; it is {Status}")]
    internal static partial void OrderCanceled(this ILogger logger, string symbol, string clientOrderId, OrderStatus? status);

    [LoggerMessage(EventId = 14, EventName = "OrderDenied", Level = LogLevel.Warning, Message = "{Symbol}: no order, {Reason}")]
    internal static partial void OrderDenied(this ILogger logger, string symbol, string reason);

    [LoggerMessage(EventId = 20, EventName = "LimitTripped", Level = LogLevel.Error,
        Message = "{Symbol}: the {Limit} limit has tripped at equity {Equity} (peak {PeakEquity}, start of the day {DayStartEquity}); trading stops until it is reset")]
    internal static partial void LimitTripped(
        this ILogger logger, string symbol, RiskLimit limit, decimal equity, decimal peakEquity, decimal dayStartEquity);

    [LoggerMessage(EventId = 21, EventName = "LimitsReset", Level = LogLevel.Warning, Message = "{Symbol}: the limits are reset, {Limit} had tripped")]
    internal static partial void LimitsReset(this ILogger logger, string symbol, RiskLimit limit);

    [LoggerMessage(EventId = 30, EventName = "ModelNotEvaluated", Level = LogLevel.Warning,
        Message = "{Symbol}: nobody has compared the model '{Model}' with the last close; it trades live without a verdict")]
    internal static partial void ModelNotEvaluated(this ILogger logger, string symbol, string model);

    [LoggerMessage(EventId = 31, EventName = "ModelUnskilled", Level = LogLevel.Warning,
        Message = "{Symbol}: the model '{Model}' was found to be {Skill}; it trades live because AllowUnskilledModel is set")]
    internal static partial void ModelUnskilled(this ILogger logger, string symbol, string model, ModelSkill skill);
}
