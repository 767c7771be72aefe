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
        Message = "{Symbol}: canceled {ClientOrderId}, which is not wanted any more; it is {Status}")]
    internal static partial void OrderCanceled(this ILogger logger, string symbol, string clientOrderId, OrderStatus? status);

    [LoggerMessage(EventId = 14, EventName = "OrderDenied", Level = LogLevel.Warning, Message = "{Symbol}: no order, {Reason}")]
    internal static partial void OrderDenied(this ILogger logger, string symbol, string reason);

    [LoggerMessage(EventId = 15, EventName = "LostOrderResolved", Level = LogLevel.Information,
        Message = "{Symbol}: {ClientOrderId}, whose answer was lost, is {Status}")]
    internal static partial void OrderResolved(this ILogger logger, string symbol, string clientOrderId, OrderStatus? status);

    [LoggerMessage(EventId = 16, EventName = "LostOrderUnresolved", Level = LogLevel.Error,
        Message = "{Symbol}: what became of {ClientOrderId} could not be asked; nothing is entered until it is known")]
    internal static partial void OrderUnresolved(this ILogger logger, Exception exception, string symbol, string clientOrderId);

    [LoggerMessage(EventId = 17, EventName = "FilledInPart", Level = LogLevel.Warning, Message = "{Symbol}: of {ClientOrderId} {FilledQuantity} of {Quantity} filled")]
    internal static partial void FilledInPart(this ILogger logger, string symbol, string clientOrderId, decimal filledQuantity, decimal quantity);

    [LoggerMessage(EventId = 18, EventName = "SurplusTrimmed", Level = LogLevel.Error,
        Message = "{Symbol}: {Position} is held, {Quantity} more than was meant; an entry was carried out twice, the surplus is closed")]
    internal static partial void SurplusTrimmed(this ILogger logger, string symbol, decimal position, decimal quantity);

    [LoggerMessage(EventId = 19, EventName = "EntryNotVerified", Level = LogLevel.Warning,
        Message = "{Symbol}: the position after {ClientOrderId} could not be compared with what was meant; the next cycle does it")]
    internal static partial void NotVerified(this ILogger logger, Exception exception, string symbol, string clientOrderId);

    [LoggerMessage(EventId = 22, EventName = "BarHandled", Level = LogLevel.Information,
        Message = "{Symbol} bar {BarOpenTime:u}: another attempt has carried it out ({ClientOrderId}); nothing is done twice")]
    internal static partial void BarHandled(this ILogger logger, string symbol, DateTimeOffset? barOpenTime, string clientOrderId);

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

    [LoggerMessage(EventId = 32, EventName = "OrderEnded", Level = LogLevel.Information,
        Message = "{Symbol}: {ClientOrderId} has ended since the last look: {Status}, filled {FilledQuantity} at {AveragePrice}")]
    internal static partial void OrderEnded(
        this ILogger logger, string symbol, string clientOrderId, OrderStatus status, decimal filledQuantity, decimal? averagePrice);

    [LoggerMessage(EventId = 33, EventName = "OrderNotFollowed", Level = LogLevel.Warning,
        Message = "{Symbol}: how {ClientOrderId} has ended could not be asked; the next look tries again")]
    internal static partial void OrderNotFollowed(this ILogger logger, Exception exception, string symbol, string clientOrderId);

    [LoggerMessage(EventId = 40, EventName = "EntryBarred", Level = LogLevel.Warning, Message = "{Symbol}: no entry, {Guard}: {Reason}")]
    internal static partial void EntryBarred(this ILogger logger, string symbol, Guard guard, string reason);

    [LoggerMessage(EventId = 41, EventName = "ExposureAdopted", Level = LogLevel.Warning, Message = "{Symbol}: {Reason}; it is taken over")]
    internal static partial void ExposureAdopted(this ILogger logger, string symbol, string? reason);

    [LoggerMessage(EventId = 42, EventName = "ExposureUnknown", Level = LogLevel.Error, Message = "{Symbol}: {Reason}; the bot halts")]
    internal static partial void ExposureUnknown(this ILogger logger, string symbol, string? reason);

    [LoggerMessage(EventId = 43, EventName = "KillSwitchClosed", Level = LogLevel.Error, Message = "{Symbol}: the kill switch closes {Quantity}: {Reason}")]
    internal static partial void KillSwitchClosed(this ILogger logger, string symbol, decimal quantity, string reason);

    [LoggerMessage(EventId = 44, EventName = "AccountNotSet", Level = LogLevel.Error, Message = "{Symbol}: {Reason}; nothing is entered until it is")]
    internal static partial void AccountNotSet(this ILogger logger, string symbol, string reason);

    [LoggerMessage(EventId = 50, EventName = "StopPlaced", Level = LogLevel.Information, Message = "{Symbol}: stop to {Side} at {TriggerPrice} as {ClientOrderId}")]
    internal static partial void StopPlaced(this ILogger logger, string symbol, Side side, decimal triggerPrice, string clientOrderId);

    [LoggerMessage(EventId = 51, EventName = "StopFailed", Level = LogLevel.Warning, Message = "{Symbol}: no stop yet: {Reason}")]
    internal static partial void StopFailed(this ILogger logger, string symbol, string reason);

    [LoggerMessage(EventId = 52, EventName = "StopNotCanceled", Level = LogLevel.Warning,
        Message = "{Symbol}: the stop {ClientOrderId} is not wanted any more but could not be canceled; the next look tries again")]
    internal static partial void StopNotCanceled(this ILogger logger, Exception exception, string symbol, string clientOrderId);

    [LoggerMessage(EventId = 53, EventName = "ClosedUnprotected", Level = LogLevel.Critical,
        Message = "{Symbol}: the position's stop could not be placed in time ({Reason}); the order that closes it is {Status}")]
    internal static partial void ClosedUnprotected(this ILogger logger, string symbol, string? reason, OrderStatus? status);

    [LoggerMessage(EventId = 60, EventName = "JournalFailed", Level = LogLevel.Error, Message = "{Symbol}: an entry could not be added to the journal")]
    internal static partial void JournalFailed(this ILogger logger, Exception exception, string symbol);

    [LoggerMessage(EventId = 61, EventName = "NotifierFailed", Level = LogLevel.Warning, Message = "{Symbol}: {Notifier} did not take a notification")]
    internal static partial void NotifierFailed(this ILogger logger, Exception exception, string symbol, string notifier);
}
