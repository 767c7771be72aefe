using TradingBot.Market;
using TradingBot.Prediction;
using static System.FormattableString;

namespace TradingBot.Trading;

/// <summary>The checks that stand before every entry, as pure functions: each returns why there must be no entry, or <see langword="null"/>.</summary>
internal static class EntryGuards
{
    /// <summary>Checks whether the model can be asked at all.</summary>
    public static GuardFinding? Input(ModelCard card, BarSeries bars, GapPolicy policy) =>
        card.Interval != bars.Interval
            ? new GuardFinding(Guard.ModelMismatch, $"the model '{card.Name}' was made for bars of {card.Interval}, the bot trades bars of {bars.Interval}")
            : policy == GapPolicy.Reject && bars.Gaps.Count > 0
                ? new GuardFinding(Guard.GappedBars, Invariant($"{bars.Gaps[0].Count} bar(s) are missing from {bars.Gaps[0].Start:u}"))
                : null;

    public static GuardFinding? Model(ModelCard card, Symbol symbol, TradingBotOptions options)
    {
        if (card.Symbol is { } trained && trained != symbol && !options.AllowModelOfOtherSymbol)
        {
            return new GuardFinding(
                Guard.ModelMismatch,
                $"the model '{card.Name}' was trained on {trained}, the bot trades {symbol}; set {nameof(TradingBotOptions.AllowModelOfOtherSymbol)} if that is meant");
        }

        return options is { Mode: TradingMode.Live, AllowUnskilledModel: false } && card.Skill is { Verdict: not ForecastVerdict.Skill } skill
            ? new GuardFinding(Guard.ModelVerdict, $"the model '{card.Name}' was found to be {skill}")
            : null;
    }

    public static GuardFinding? Forecast(Forecast? forecast, double close, TradingBotOptions options)
    {
        if (forecast is not { } expected)
        {
            return null;
        }

        if (!double.IsFinite(expected.Price) || expected.Price <= 0)
        {
            return new GuardFinding(Guard.Forecast, Invariant($"the forecast is {expected.Price}, which is no price"));
        }

        var move = (expected.Price / close) - 1;
        return Math.Abs(move) > options.MaxForecastMove
            ? new GuardFinding(Guard.Forecast, Invariant($"the forecast of {expected.Price} is {move:P1} away from the close of {close}; at most {options.MaxForecastMove:P1} is believed"))
            : null;
    }

    /// <summary>Checks that no other entry of the bot waits.</summary>
    public static GuardFinding? Waiting(AccountSnapshot account, ClientOrderIds ids, string current) =>
        account.OpenOrders.Any(order => order.Request is { Type: OrderType.Limit, ReduceOnly: false } && ids.Owns(order.ClientOrderId) && order.ClientOrderId != current)
            ? new GuardFinding(Guard.UnresolvedOrder, "an entry of an earlier bar still waits")
            : null;

    /// <summary>Checks the age of the newest bar against the exchange's time.</summary>
    public static GuardFinding? Age(BarSeries bars, DateTimeOffset exchangeTime, TradingBotOptions options)
    {
        var (age, most) = (exchangeTime - bars.CloseTimeAt(bars.Count - 1), options.MaxBarAge ?? bars.Interval.Length);
        return age >= most ? new GuardFinding(Guard.StaleBars, Invariant($"the newest closed bar ended {age:c} ago; entries are made for less than {most:c}")) : null;
    }

    public static GuardFinding? Clock(DateTimeOffset exchangeTime, DateTimeOffset now, TradingBotOptions options)
    {
        var offset = exchangeTime - now;
        return offset.Duration() > options.MaxClockOffset
            ? new GuardFinding(Guard.ClockOffset, Invariant($"the exchange's time {exchangeTime:u} is {offset:c} from this machine's; at most {options.MaxClockOffset:c} is allowed"))
            : null;
    }

    public static GuardFinding? Price(in MarketPrice price, double close, TradingBotOptions options)
    {
        var (fromMark, fromClose) = (Deviation(price.Last, price.Mark), Deviation(price.Last, (decimal)close));
        return fromMark > options.MaxPriceDeviation
                ? new GuardFinding(Guard.PriceDeviation, Invariant($"the last price {price.Last} is {fromMark:P1} from the mark price {price.Mark}; at most {options.MaxPriceDeviation:P1} is allowed"))
            : fromClose > options.MaxPriceDeviation
                ? new GuardFinding(Guard.PriceDeviation, Invariant($"the last price {price.Last} is {fromClose:P1} from the last close {close}; at most {options.MaxPriceDeviation:P1} is allowed"))
            : null;
    }

    /// <summary>Compares the balance with what the last cycle left, where nothing but the owner can have changed it.</summary>
    public static GuardFinding? Balance(AccountSnapshot account, AccountExpectation? expected, TradingBotOptions options) =>
        options.MaxBalanceChange is { } share && expected?.Balance is { } left && account.Position.IsFlat && Math.Abs(account.Balance - left) > left * share
            ? new GuardFinding(
                Guard.BalanceChanged,
                Invariant($"the balance is {account.Balance} and was left at {left}; call {nameof(Trader.ResetLimitsAsync)} if the change is meant"))
            : null;

    private static decimal Deviation(decimal price, decimal reference) => reference > 0 ? Math.Abs((price / reference) - 1) : decimal.MaxValue;
}
