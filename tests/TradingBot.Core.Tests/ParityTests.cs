using Microsoft.Extensions.DependencyInjection;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Tests.Shared;
using TradingBot.Trading;
using TradingBot.Training.Models;

namespace TradingBot.Core.Tests;

/// <summary>The same strategy and bars must give the same trades through the backtester and through the live trader, cycle by cycle.</summary>
public sealed class ParityTests
{
    [Fact]
    public async Task Trades_MadeUpBars_AreThoseOfTheBacktest() =>
        await CompareAsync(SampleBars.RandomWalk(600, seed: 20261122), leverage: 3);

    [SharedDataFact]
    public async Task Trades_RealDailyBars_AreThoseOfTheBacktest() =>
        await CompareAsync(ReadBars("btcusdt-perp-1d.csv"), leverage: 2);

    [SharedDataFact]
    public async Task Trades_RealFourHourBars_AreThoseOfTheBacktest() =>
        await CompareAsync(ReadBars("btcusdt-perp-4h.csv")[..1_500], leverage: 5);

    private static BarSeries ReadBars(string file) =>
        BarCsv.Read(SharedData.Path(file), new BarCsvOptions { Symbol = Symbol.Parse("BTCUSDT"), GapPolicy = GapPolicy.Reject });

    private static async Task CompareAsync(BarSeries bars, int leverage)
    {
        var model = AutoregressiveModel.Fit(bars, order: 2);
        using var predictor = new OnnxPredictor(new ModelFile("fitted", model.ToOnnx()));
        var strategy = new RestlessStrategy();
        var options = new BacktestOptions
        {
            Trade = new TradeSettings { SymbolInfo = SampleSymbols.For(bars.Symbol), PositionFraction = 0.4m, Leverage = leverage, MaxDrawdown = 0.9m },
            Slippage = 0.0002m,
        };
        var backtest = new Backtester(options).Run(bars, predictor, strategy);

        var (exchange, cycles) = await TradeAsync(bars, predictor, strategy, options);

        exchange.Fills.Should().Equal(backtest.Fills);
        exchange.Ledger.Should().Equal(backtest.Ledger);
        exchange.Balance.Should().Be(backtest.Statistics.FinalBalance);
        backtest.Trades.Should().HaveCountGreaterThan(bars.Count / 20);
        cycles.Should().OnlyContain(cycle => cycle.Outcome != CycleOutcome.Denied);
        for (var i = 0; i < cycles.Count; i++)
        {
            cycles[i].Forecast.Should().Be(backtest.Forecasts![i], "at bar {0}", i);
        }
    }

    private static async Task<(FakeExchange Exchange, List<CycleResult> Cycles)> TradeAsync(
        BarSeries bars, IPredictor predictor, IStrategy strategy, BacktestOptions options)
    {
        var exchange = new FakeExchange(bars, closedBars: 1, options: new SimulatedExchangeOptions
        {
            Markets = [new MarketListing(options.Trade.SymbolInfo) { Funding = options.Funding }],
            InitialBalance = options.InitialBalance,
            Slippage = SlippageModel.Fixed(options.Slippage),
        });
        var services = new ServiceCollection();
        services.AddTradingBot(bot =>
            {
                (bot.Symbol, bot.Interval) = (bars.Symbol.Id, bars.Interval);
                (bot.PositionFraction, bot.Leverage, bot.MaxDrawdown) = (options.Trade.PositionFraction, options.Trade.Leverage, options.Trade.MaxDrawdown);
            })
            .UseStrategy(strategy)
            .UsePredictor(predictor)
            .UseFakeExchange(exchange);
        using var provider = services.BuildServiceProvider();
        var trader = provider.GetRequiredService<Trader>();
        var cycles = new List<CycleResult>();
        do
        {
            cycles.Add(await trader.RunCycleAsync());
        }
        while (exchange.AdvanceToNextBar() && cycles.Count < bars.Count - 1);
        return (exchange, cycles);
    }
}
