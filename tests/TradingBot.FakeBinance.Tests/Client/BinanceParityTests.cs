using Microsoft.Extensions.DependencyInjection;
using TradingBot.Backtesting;
using TradingBot.Binance;
using TradingBot.Core.Tests;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Tests.Shared;
using TradingBot.Trading;
using TradingBot.Training.Models;

namespace TradingBot.FakeBinance.Tests.Client;

/// <summary>A bot that reads, or reads and trades, Binance's protocol over the network makes the trades of the backtest over the same bars.</summary>
public sealed class BinanceParityTests
{
    private const int Patience = 120_000;

    [Fact(Timeout = Patience)]
    public async Task PaperRun_MadeUpBars_MakesTheTradesOfTheBacktest() =>
        await ComparePaperAsync(SampleBars.RandomWalk(250, seed: 20261122), leverage: 3);

    [Fact(Timeout = Patience)]
    public async Task FullRun_MadeUpBars_MakesTheTradesOfTheBacktest() =>
        await CompareFullAsync(SampleBars.RandomWalk(250, seed: 20261122), leverage: 3);

    [Fact(Timeout = Patience)]
    public async Task PaperRun_WithAProtectiveStop_MakesTheTradesOfTheBacktest() =>
        await ComparePaperAsync(SampleBars.RandomWalk(250, seed: 20261122), leverage: 3, stopLoss: 0.006m);

    [Fact(Timeout = Patience)]
    public async Task FullRun_WithAProtectiveStop_MakesTheTradesOfTheBacktest() =>
        await CompareFullAsync(SampleBars.RandomWalk(250, seed: 20261122), leverage: 3, stopLoss: 0.006m);

    [SharedDataFact(Timeout = Patience)]
    public async Task PaperRun_RealBars_MakesTheTradesOfTheBacktest() => await ComparePaperAsync(RealBars(), leverage: 2);

    [SharedDataFact(Timeout = Patience)]
    public async Task FullRun_RealBars_MakesTheTradesOfTheBacktest() => await CompareFullAsync(RealBars(), leverage: 2);

    private static BarSeries RealBars() => BarCsv.Read(
        SharedData.Path("btcusdt-perp-4h.csv"), new BarCsvOptions { Symbol = BinanceRig.Symbol, GapPolicy = GapPolicy.Reject })[..400];

    // Prices come over the network, orders stay in the process.
    private static async Task ComparePaperAsync(BarSeries bars, int leverage, decimal? stopLoss = null)
    {
        await using var run = await Run.StartAsync(bars, leverage, demoAccount: false, stopLoss);

        await run.TradeAsync();

        var paper = (PaperOrderer)run.Orderer;
        var fills = await paper.GetFillsAsync();
        fills.Should().Equal(run.Backtest.Fills);
        (await paper.GetLedgerAsync()).Should().Equal(run.Backtest.Ledger);
        run.Server.Exchange.Fills.Should().BeEmpty("a paper run sends no order");
        run.Cycles.Should().OnlyContain(cycle => cycle.Outcome != CycleOutcome.Denied);
    }

    // Everything goes over the network: bars and orders by HTTP, the event that wakes the bot by WebSocket.
    private static async Task CompareFullAsync(BarSeries bars, int leverage, decimal? stopLoss = null)
    {
        await using var run = await Run.StartAsync(bars, leverage, demoAccount: true, stopLoss);

        await run.TradeAsync();

        run.Orderer.Should().BeOfType<BinanceOrderer>();
        run.Server.Exchange.Fills.Should().Equal(run.Backtest.Fills);
        run.Server.Exchange.Ledger.Should().Equal(run.Backtest.Ledger);
        run.Server.Exchange.Balance.Should().Be(run.Backtest.Statistics.FinalBalance);
        run.Cycles.Should().OnlyContain(cycle => cycle.Outcome != CycleOutcome.Denied);
        run.Woken.Should().Equal(bars.Skip(1), "every bar wakes the bot once, in order, as it is");
    }

    private sealed class Run : IAsyncDisposable
    {
        private readonly BarSeries _bars;
        private readonly OnnxPredictor _predictor;
        private readonly ServiceProvider _provider;

        private Run(BarSeries bars, OnnxPredictor predictor, BacktestResult backtest, FakeBinanceServer server, ServiceProvider provider) =>
            (_bars, _predictor, Backtest, Server, _provider) = (bars, predictor, backtest, server, provider);

        public BacktestResult Backtest { get; }

        public FakeBinanceServer Server { get; }

        public IOrderer Orderer => _provider.GetRequiredService<IOrderer>();

        public List<CycleResult> Cycles { get; } = [];

        public List<Bar> Woken { get; } = [];

        public static async Task<Run> StartAsync(BarSeries bars, int leverage, bool demoAccount, decimal? stopLoss)
        {
            var predictor = new OnnxPredictor(new ModelFile("fitted", AutoregressiveModel.Fit(bars, order: 2).ToOnnx()));
            var strategy = new RestlessStrategy();
            var options = new BacktestOptions
            {
                Trade = new TradeSettings { SymbolInfo = SampleSymbols.For(bars.Symbol), PositionFraction = 0.4m, Leverage = leverage, MaxDrawdown = 0.9m, StopLoss = stopLoss },
                Slippage = 0.0002m,
            };
            var backtest = new Backtester(options).Run(bars, predictor, strategy);
            backtest.Trades.Should().HaveCountGreaterThan(bars.Count / 20);
            backtest.Trades.Count(trade => trade.ExitReason == "stop loss").Should().BeGreaterThanOrEqualTo(stopLoss is null ? 0 : 5);
            var server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions
            {
                Bars = bars,
                ClosedBars = 1,
                ApiKey = Rig.Key,
                ApiSecret = Rig.Secret,
                TimeProvider = new ManualTimeProvider(bars.OpenTimeAt(0)),
                Exchange = new SimulatedExchangeOptions
                {
                    Markets = [new MarketListing(options.Trade.SymbolInfo) { Funding = options.Funding }],
                    Slippage = SlippageModel.Fixed(options.Slippage),
                    Leverage = 20,
                    MarginMode = MarginMode.Cross,
                },
            });
            return new Run(bars, predictor, backtest, server, Register(bars, options, strategy, predictor, server, demoAccount));
        }

        public async Task TradeAsync()
        {
            var trader = _provider.GetRequiredService<Trader>();
            await using var closed = _provider.GetRequiredService<BinanceStreams>().ClosedBarsAsync(_bars.Symbol, _bars.Interval).GetAsyncEnumerator();
            var next = closed.MoveNextAsync().AsTask();
            while (true)
            {
                Cycles.Add(await trader.RunCycleAsync());
                Server.AdvanceBar();
                (await next).Should().BeTrue();
                Woken.Add(closed.Current);
                if (Server.ClosedBars == _bars.Count)
                {
                    return;
                }

                next = closed.MoveNextAsync().AsTask();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _provider.DisposeAsync();
            await Server.DisposeAsync();
            _predictor.Dispose();
        }

        private static ServiceProvider Register(
            BarSeries bars, BacktestOptions options, IStrategy strategy, IPredictor predictor, FakeBinanceServer server, bool demoAccount)
        {
            var services = new ServiceCollection();
            services.AddSingleton(server.TimeProvider);
            services.AddTradingBot(bot =>
                {
                    (bot.Symbol, bot.Interval) = (bars.Symbol.Id, bars.Interval);
                    (bot.PositionFraction, bot.Leverage, bot.MaxDrawdown) = (options.Trade.PositionFraction, options.Trade.Leverage, options.Trade.MaxDrawdown);
                    bot.StopLoss = options.Trade.StopLoss;
                })
                .UseStrategy(strategy)
                .UsePredictor(predictor)
                .UseBinance(binance =>
                {
                    binance.Environment = BinanceEnvironment.Custom;
                    (binance.RestAddress, binance.StreamAddress) = (server.RestAddress, server.StreamAddress);
                    binance.TradeDemoAccount = demoAccount;
                    binance.Credentials = demoAccount ? new BinanceCredentials(Rig.Key, Rig.Secret) : null;
                });
            return services.BuildServiceProvider();
        }
    }
}
