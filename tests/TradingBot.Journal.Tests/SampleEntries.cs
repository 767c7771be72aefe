using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Journal.Tests;

/// <summary>Entries as a trader writes them.</summary>
internal static class SampleEntries
{
    public static readonly IStrategy Strategy = new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = 0.01 });

    public static DecisionEntry Decision(int number = 0)
    {
        var bars = SampleBars.RandomWalk(seed: 7, count: 40 + number)[^20..];
        var settings = new TradeSettings { SymbolInfo = SampleSymbols.For(bars.Symbol), PositionFraction = 0.5m };
        var account = new AccountSnapshot { Balance = 1234.56789012m, AvailableBalance = 1000m, Position = Position.Flat, OpenOrders = [] };
        var forecast = new Forecast(bars.Closes[^1] * 1.0234567890123, bars.Closes[^1], 1);
        var plan = new TradeCycle(Strategy, settings).Plan(
            new StrategyContext(bars[^Strategy.Lookback..], forecast, account.Position, account.Balance), RiskState.Initial);
        return new DecisionEntry
        {
            Time = bars.CloseTimeAt(bars.Count - 1).AddSeconds(1),
            BotId = "bot-1",
            Symbol = bars.Symbol,
            Bars = bars,
            Forecast = forecast,
            Account = account,
            Memory = RiskState.Initial,
            Settings = settings,
            Strategy = nameof(ThresholdStrategy),
            Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["Symbol"] = bars.Symbol.Id },
            OptionsHash = "00",
            Model = "sample",
            Decision = plan.Decision,
            Exit = plan.Exit,
            Entry = plan.Entry,
            Denial = plan.Denial,
        };
    }

    public static OrderEntry Order(int number) => new()
    {
        Time = DateTimeOffset.UnixEpoch.AddDays(number),
        BotId = "bot-1",
        Symbol = Symbol.Parse("BTCUSDT"),
        Order = new OrderResult
        {
            Request = new OrderRequest
            {
                Symbol = Symbol.Parse("BTCUSDT"),
                Side = Side.Buy,
                Type = OrderType.Market,
                ClientOrderId = $"id-{number}",
                Quantity = 0.123m,
            },
            Status = OrderStatus.Filled,
            FilledQuantity = 0.123m,
            AveragePrice = 100.10m,
        },
    };

    public static CycleEntry Cycle(int number) => new()
    {
        Time = DateTimeOffset.UnixEpoch.AddDays(number),
        BotId = "bot-1",
        Symbol = Symbol.Parse("BTCUSDT"),
        BarOpenTime = DateTimeOffset.UnixEpoch.AddDays(number - 1),
        Outcome = CycleOutcome.Idle,
        Reason = "the forecast is within the threshold",
    };
}
