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

    [Theory]
    [InlineData(1, 0.004)]
    [InlineData(3, 0.01)]
    [InlineData(10, 0.006)]
    [InlineData(3, 0.0001)] // nearer than the slippage: most stops would trigger at once
    public async Task Trades_WithAProtectiveStop_AreThoseOfTheBacktest(int leverage, double stopLoss) =>
        await CompareAsync(SampleBars.RandomWalk(600, seed: 20261122), leverage, (decimal)stopLoss);

    [SharedDataFact]
    public async Task Trades_RealDailyBarsWithAProtectiveStop_AreThoseOfTheBacktest() =>
        await CompareAsync(ReadBars("btcusdt-perp-1d.csv"), leverage: 2, stopLoss: 0.03m);

    [SharedDataFact]
    public async Task Trades_RealFourHourBarsWithAProtectiveStop_AreThoseOfTheBacktest() =>
        await CompareAsync(ReadBars("btcusdt-perp-4h.csv")[..1_500], leverage: 5, stopLoss: 0.01m);

    private static BarSeries ReadBars(string file) =>
        BarCsv.Read(SharedData.Path(file), new BarCsvOptions { Symbol = Symbol.Parse("BTCUSDT"), GapPolicy = GapPolicy.Reject });

    private static async Task CompareAsync(BarSeries bars, int leverage, decimal? stopLoss = null)
    {
        var model = AutoregressiveModel.Fit(bars, order: 2);
        using var predictor = new OnnxPredictor(new ModelFile("fitted", model.ToOnnx()));
        var strategy = new RestlessStrategy();
        var options = new BacktestOptions
        {
            Trade = new TradeSettings { SymbolInfo = SampleSymbols.For(bars.Symbol), PositionFraction = 0.4m, Leverage = leverage, MaxDrawdown = 0.9m, StopLoss = stopLoss },
            Slippage = 0.0002m,
        };
        var backtest = new Backtester(options).Run(bars, predictor, strategy);

        var (exchange, cycles) = await TradeAsync(bars, predictor, strategy, options);

        exchange.Fills.Should().Equal(backtest.Fills);
        exchange.Ledger.Should().Equal(backtest.Ledger);
        exchange.Balance.Should().Be(backtest.Statistics.FinalBalance);
        backtest.Trades.Should().HaveCountGreaterThan(bars.Count / 20);
        cycles.Should().OnlyContain(cycle => cycle.Outcome != CycleOutcome.Denied || cycle.Orders.Any(order => order.RejectReason == RejectReason.WouldTrigger));
        backtest.Fills.Count(fill => fill.ClientOrderId.Contains("-s", StringComparison.Ordinal) || fill.ClientOrderId.Contains("-c", StringComparison.Ordinal))
            .Should().BeGreaterThanOrEqualTo(stopLoss is null ? 0 : bars.Count / 60);
        exchange.OpenOrders.Should().HaveCount(stopLoss is not null && !exchange.Position.IsFlat ? 1 : 0);
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
                bot.StopLoss = options.Trade.StopLoss;
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
