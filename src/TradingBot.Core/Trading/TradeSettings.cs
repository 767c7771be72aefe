using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>How large a position may be and when trading must stop.</summary>
public sealed record TradeSettings
{
    /// <summary>Gets the bot's name, from which the ids of its orders follow; 1 to 64 characters.</summary>
    public string BotId { get; init; } = "tradingbot";

    /// <summary>Gets the exchange's rules of the symbol.</summary>
    public required SymbolInfo SymbolInfo { get; init; }

    /// <summary>Gets the share of the equity that stands behind one position as margin.</summary>
    /// <value>The default is 0.1. Above 0 and at most 1.</value>
    public decimal PositionFraction { get; init; } = 0.1m;

    /// <summary>Gets the notional per margin.</summary>
    /// <value>The default is 1. From 1 to 125.</value>
    public int Leverage { get; init; } = 1;

    /// <summary>Gets the largest notional of an entry, in the quote asset; a larger entry is cut down to it.</summary>
    /// <value>The default is <see langword="null"/>, no such limit. Above 0.</value>
    public decimal? MaxNotional { get; init; }

    /// <summary>Gets the loss within a UTC day, as a share of the equity at its start, at which trading stops.</summary>
    /// <value>The default is <see langword="null"/>, no such limit. Above 0 and at most 1.</value>
    public decimal? MaxDailyLoss { get; init; }

    /// <summary>Gets the fall of the equity from its highest value, as a share of that value, at which trading stops.</summary>
    /// <value>The default is <see langword="null"/>, no such limit. Above 0 and at most 1.</value>
    public decimal? MaxDrawdown { get; init; }

    /// <summary>Gets the loss, as a share of the entry price, at which a stop order on the exchange closes the position.</summary>
    /// <value>The default is <see langword="null"/>, no such stop. Above 0 and below 1.</value>
    public decimal? StopLoss { get; init; }

    /// <summary>Gets the fee of orders that fill at once, as a share of the notional, for which an entry leaves room.</summary>
    /// <remarks>An exchange asks for an entry's margin and fee at once, reckons both at a price that is a little worse than the last one, and takes off the loss
    /// that such a price means. So a notional of all the equity would be refused. An entry is cut down to what is affordable after the fee of closing
    /// what is held, at a price 0.15 per cent worse and with a loss of 0.05 per cent of the notional:
    /// <c>(equity - |held| price fee) / ((1 / leverage + fee) 1.0015 + 0.0005)</c>. At leverage 1 and a fee of 0.0005 that is 99.75 per cent of the equity;
    /// settings that leave more than that free never notice.</remarks>
    /// <value>The default is 0.0005. From 0 to below 1. A backtest takes <c>BacktestOptions.TakerFee</c> instead.</value>
    public decimal TakerFee { get; init; } = 0.0005m;

    /// <summary>Says what is wrong with the settings, one sentence each.</summary>
    internal IEnumerable<string> Faults()
    {
        var faults = Faults(BotId, PositionFraction, Leverage, MaxNotional, MaxDailyLoss, MaxDrawdown, StopLoss);
        return TakerFee is >= 0 and < 1 ? faults : faults.Append($"{nameof(TakerFee)} must be from 0 to below 1, found {TakerFee}.");
    }

    /// <summary>Says what is wrong with settings that are not tied to a symbol yet.</summary>
    internal static IEnumerable<string> Faults(
        string botId, decimal positionFraction, int leverage, decimal? maxNotional, decimal? maxDailyLoss, decimal? maxDrawdown, decimal? stopLoss)
    {
        if (botId is not { Length: >= 1 and <= 64 })
        {
            yield return $"{nameof(BotId)} must have 1 to 64 characters, found '{botId}'.";
        }

        if (positionFraction is not (> 0 and <= 1))
        {
            yield return $"{nameof(PositionFraction)} must be above 0 and at most 1, found {positionFraction}.";
        }

        if (leverage is not (>= 1 and <= 125))
        {
            yield return $"{nameof(Leverage)} must be from 1 to 125, found {leverage}.";
        }

        if (maxNotional is <= 0)
        {
            yield return $"{nameof(MaxNotional)} must be above 0, or left out for no limit, found {maxNotional}.";
        }

        if (maxDailyLoss is not (null or (> 0 and <= 1)))
        {
            yield return $"{nameof(MaxDailyLoss)} must be above 0 and at most 1, or left out for no limit, found {maxDailyLoss}.";
        }

        if (maxDrawdown is not (null or (> 0 and <= 1)))
        {
            yield return $"{nameof(MaxDrawdown)} must be above 0 and at most 1, or left out for no limit, found {maxDrawdown}.";
        }

        if (stopLoss is not (null or (> 0 and < 1)))
        {
            yield return $"{nameof(StopLoss)} must be above 0 and below 1, or left out for none, found {stopLoss}.";
        }
    }
}
