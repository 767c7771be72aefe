using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Benchmarks;

/// <summary>A strategy to measure, and the same one with its hands tied.</summary>
internal sealed record BacktestSubject(string Name, IStrategy Strategy, bool NeedsForecasts)
{
    private static readonly BacktestOptions Options = new()
    {
        Trade = new TradeSettings
        {
            SymbolInfo = new SymbolInfo
            {
                Symbol = Symbol.Parse("BTCUSDT"),
                TickSize = 0.10m,
                StepSize = 0.001m,
                MinQuantity = 0.001m,
                MaxQuantity = 1_000m,
                MaxMarketQuantity = 120m,
                MinNotional = 50m,
            },
            MaxNotional = 10_000m,
        },
        // Trading random bars costs money; a small position of a large account lasts to the end.
        InitialBalance = 1_000_000_000m,
    };

    public static BacktestSubject Idle { get; } = new("nothing", new IdleStrategy(null), NeedsForecasts: false);

    public static IReadOnlyList<BacktestSubject> All { get; } =
    [
        new("threshold, forecasts given", new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = 0.01 }), NeedsForecasts: true),
        new("SMA 10/30 crossover", new SmaCrossoverStrategy(new SmaCrossoverOptions()), NeedsForecasts: false),
    ];

    public BacktestResult Run(BenchmarkMarket market) => Run(market, Strategy);

    /// <summary>Runs the strategy on several markets and one account.</summary>
    public PortfolioResult Run(IEnumerable<BenchmarkMarket> markets) => new PortfolioBacktester(new PortfolioOptions { InitialBalance = Options.InitialBalance }).Run(
        [.. markets.Select(market => new PortfolioMarket
        {
            Bars = market.Bars,
            Forecasts = NeedsForecasts ? market.ToForecasts() : null,
            Strategy = Strategy,
            Trade = Options.Trade with { SymbolInfo = Options.Trade.SymbolInfo with { Symbol = market.Bars.Symbol } },
        })]);

    /// <summary>Lets the strategy decide at every bar, but carries nothing out.</summary>
    public BacktestResult RunIdly(BenchmarkMarket market) => Run(market, new IdleStrategy(Strategy));

    private BacktestResult Run(BenchmarkMarket market, IStrategy strategy)
    {
        var backtester = new Backtester(Options);
        return NeedsForecasts ? backtester.Run(market.Bars, market.ToForecasts(), strategy) : backtester.Run(market.Bars, strategy);
    }

    private sealed class IdleStrategy(IStrategy? inner) : IStrategy
    {
        public int Lookback => inner?.Lookback ?? 1;

        public Decision Decide(in StrategyContext context) =>
            inner is not null && inner.Decide(context).Action == (DecisionAction)99 ? Decision.Close : Decision.None;
    }
}
