using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>Small portfolios whose every number can be worked out by hand, and the parts of random ones.</summary>
internal static class PortfolioCases
{
    public static readonly Symbol Btc = Symbol.Parse("BTCUSDT");
    public static readonly Symbol Eth = Symbol.Parse("ETHUSDT");
    public static readonly Symbol Sol = Symbol.Parse("SOLUSDT");

    public static readonly PortfolioOptions Free = new() { MakerFee = 0, TakerFee = 0, Slippage = 0 };

    /// <summary>Makes a market without funding that decides by a script: the decision at the close of the bar that opens so many hours after the start.</summary>
    public static PortfolioMarket Scripted(BarSeries bars, decimal fraction, int leverage, params (int Hour, Decision Decision)[] script) => new()
    {
        Bars = bars,
        Strategy = new Script(script.ToDictionary(entry => CycleBars.Start.AddHours(entry.Hour), entry => entry.Decision)),
        Trade = SettingsOf(bars.Symbol) with { PositionFraction = fraction, Leverage = leverage },
        Funding = FundingSchedule.None,
    };

    public static TradeSettings SettingsOf(Symbol symbol) => new() { SymbolInfo = CycleBars.Rules with { Symbol = symbol, MinNotional = 0, MaxQuantity = 100_000m, MaxMarketQuantity = 100_000m } };

    /// <summary>Makes hourly bars from the start on; a bar of <see langword="null"/> is missing.</summary>
    public static BarSeries Hours(Symbol symbol, params (double Open, double High, double Low, double Close)?[] bars) => Bars(symbol, Interval.OneHour, bars);

    public static BarSeries Bars(Symbol symbol, Interval interval, params (double Open, double High, double Low, double Close)?[] bars) => BarSeries.Create(
        symbol,
        interval,
        GapPolicy.Flag,
        bars.Select((bar, i) => (Bar: bar, Time: CycleBars.Start + (i * interval.Length))).Where(entry => entry.Bar is not null)
            .Select(entry => new Bar(entry.Time, interval.Length, entry.Bar!.Value.Open, entry.Bar.Value.High, entry.Bar.Value.Low, entry.Bar.Value.Close, 1)));

    /// <summary>Makes a bar that only moves from its open to its close.</summary>
    public static (double Open, double High, double Low, double Close)? Move(double open, double close) => (open, Math.Max(open, close), Math.Min(open, close), close);

    public static (double Open, double High, double Low, double Close)? Flat(double price) => Move(price, price);

    /// <summary>Takes a backtest apart into an account and its one market.</summary>
    public static (PortfolioOptions Options, PortfolioMarket Market) Split(BacktestOptions options, BarSeries bars, ForecastSeries? forecasts, IStrategy strategy) => (
        new PortfolioOptions
        {
            InitialBalance = options.InitialBalance,
            MakerFee = options.MakerFee,
            TakerFee = options.TakerFee,
            Slippage = options.Slippage,
            MarginMode = options.MarginMode,
            AllowThresholdBelowCosts = options.AllowThresholdBelowCosts,
            RunsOptimistically = options.RunsOptimistically,
        },
        new PortfolioMarket
        {
            Bars = bars,
            Strategy = strategy,
            Trade = options.Trade,
            Forecasts = forecasts,
            Funding = options.Funding,
            MarginTiers = options.MarginTiers,
            FinerBars = options.FinerBars,
        });

    public static IEnumerable<(Symbol Symbol, Side Side, decimal Quantity, decimal Price, bool IsLiquidation)> Told(this IEnumerable<Fill> fills) =>
        fills.Select(fill => (fill.Symbol, fill.Side, fill.Quantity, fill.Price, fill.IsLiquidation));

    private sealed class Script(Dictionary<DateTimeOffset, Decision> decisions) : IStrategy
    {
        public Decision Decide(in StrategyContext context) => decisions.GetValueOrDefault(context.BarOpenTime);
    }
}
