using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Statistics;
using TradingBot.Strategies;

namespace TradingBot.Optimization.Tests;

/// <summary>Whatever the future brings, what was decided and measured before it stays: no look-ahead anywhere.</summary>
public sealed class InvarianceTests
{
    private const int Count = 240;

    [Fact]
    public void Run_OtherFuture_NeverChangesAPastDecisionOrStatistic() => Properties.ForAllRandoms(random =>
    {
        var (bars, cut, shuffled) = Futures(random);
        var strategy = new Seeded(random.Next());
        var options = OptionsOf(random);
        var whole = Run(bars, options, strategy);
        var past = (int)(whole.Decisions.Count - (bars.Count - cut));

        foreach (var other in new[] { bars[..cut], shuffled })
        {
            var run = Run(other, options, strategy);

            run.Decisions.Take(past).Should().Equal(whole.Decisions.Take(past));
            Before(run.Result.Fills, bars, cut).Should().Equal(Before(whole.Result.Fills, bars, cut));
            run.Result.Equity.Span[..cut].ToArray().Should().Equal(whole.Result.Equity.Span[..cut].ToArray());
            Statistics(other[..cut], run.Result).Should().BeEquivalentTo(Statistics(bars[..cut], whole.Result), equal => equal.WithStrictOrdering());
        }
    });

    [Fact]
    public void WalkForward_OtherFuture_NeverChangesAPastWindow() => Properties.ForAllRandoms(random =>
    {
        var (bars, cut, shuffled) = Futures(random);
        var windows = new WalkForwardOptions
        {
            FitBars = 60,
            TradeBars = random.Next(5, 40),
            PurgeBars = random.Next(3),
            EmbargoBars = random.Next(3),
            IsAnchored = random.Next(2) == 0,
        };
        var options = OptionsOf(random);
        var space = new ParameterSpace(Parameter.Integer("seed", 0, 1_000)).Random(5, random.Next());
        var whole = Walk(bars);
        var end = bars.CloseTimeAt(cut - 1);
        var past = whole.Windows.Count(window => window.TradeTo <= end);
        var equity = whole.Windows.Take(past).Sum(window => (int)((window.TradeTo - window.TradeFrom) / bars.Interval.Length));

        foreach (var other in new[] { bars[..cut], shuffled })
        {
            var walk = Walk(other);

            walk.Windows.Take(past).Should().Equal(whole.Windows.Take(past));
            walk.Equity.Span[..equity].ToArray().Should().Equal(whole.Equity.Span[..equity].ToArray());
            TradesBefore(walk).Should().Equal(TradesBefore(whole));
        }

        IEnumerable<Trade> TradesBefore(WalkForwardResult walk) => walk.Trades.Where(trade => past > 0 && trade.ExitTime <= whole.Windows[past - 1].TradeTo);

        WalkForwardResult Walk(BarSeries series)
        {
            using var ledger = TrialLedger.InMemory();
            return new WalkForward(
                SampleSearch.Options(series, ledger) with
                {
                    Backtest = options,
                    Forecasts = SampleSearch.Forecasts(series),
                    CreateStrategy = set => new Seeded(set.Integer("seed")),
                },
                windows).Run(space);
        }
    }, runs: 20);

    private static (BarSeries Bars, int Cut, BarSeries Shuffled) Futures(Random random)
    {
        var values = SampleSearch.Values(Count, random);
        var bars = SampleSearch.Series(values);
        var cut = random.Next(80, Count - 1);
        random.Shuffle(values.AsSpan(cut));
        return (bars, cut, SampleSearch.Series(values));
    }

    private static BacktestOptions OptionsOf(Random random) => SampleSearch.Backtest with
    {
        Trade = SampleSearch.Backtest.Trade with
        {
            Leverage = random.Next(1, 4),
            MaxDrawdown = random.Next(3) == 0 ? 0.3m : null,
            MaxDailyLoss = random.Next(3) == 0 ? 0.1m : null,
        },
    };

    private static (BacktestResult Result, List<Decision> Decisions) Run(BarSeries bars, BacktestOptions options, Seeded strategy)
    {
        var noted = new Noting(strategy);
        return (new Backtester(options).Run(bars, SampleSearch.Forecasts(bars), noted), noted.Decisions);
    }

    // What was decided at the close of the last bar before the cut fills after it.
    private static IEnumerable<Simulation.Fill> Before(IEnumerable<Simulation.Fill> fills, BarSeries bars, int cut) => fills.Where(fill => fill.Time < bars.CloseTimeAt(cut - 1));

    private static object Statistics(BarSeries bars, BacktestResult result)
    {
        var equity = result.Equity.Span[..bars.Count];
        var returns = EquityReturns.Compute((double)result.Options.InitialBalance, equity);
        return new
        {
            Curve = BacktestStatistics.Compute(bars, equity, new bool[bars.Count], [], result.Options.InitialBalance, 0),
            Moments = returns is null ? (ReturnMoments?)null : ReturnMoments.Of(returns),
            Regimes = returns is null ? null : RegimeReport.Of(bars, returns, 10),
            Bootstrap = returns is null ? null : StationaryBootstrap.Compute(returns, new BootstrapOptions { Resamples = 100 }),
        };
    }

    /// <summary>Decides by random weights on what it sees: the last returns, the forecast, what it holds.</summary>
    private sealed class Seeded : IStrategy
    {
        private readonly double[] _weights;
        private readonly double _forecastWeight;
        private readonly double _threshold;
        private readonly double? _limitDistance;

        public Seeded(int seed)
        {
            var random = new Random(seed);
            Lookback = random.Next(2, 20);
            _weights = [.. Enumerable.Range(0, Lookback - 1).Select(_ => random.NextDouble() - 0.5)];
            _forecastWeight = random.NextDouble() - 0.5;
            _threshold = random.NextDouble() * 0.02;
            _limitDistance = random.Next(3) == 0 ? random.NextDouble() * 0.01 : null;
        }

        public int Lookback { get; }

        public Decision Decide(in StrategyContext context)
        {
            var closes = context.Bars.Closes;
            var score = _forecastWeight * (context.Forecast?.Return ?? 0);
            for (var i = 0; i < _weights.Length; i++)
            {
                score += _weights[i] * ((closes[i + 1] / closes[i]) - 1);
            }

            var limit = _limitDistance * -Math.Sign(score);
            var price = limit is { } distance ? (decimal?)((decimal)context.Price * (1 + (decimal)distance)) : null;
            return score > _threshold ? Decision.Long with { LimitPrice = price }
                : score < -_threshold ? Decision.Short with { LimitPrice = price }
                : Math.Abs(score) < _threshold / 10 ? Decision.Close : Decision.None;
        }
    }

    private sealed class Noting(Seeded strategy) : IStrategy
    {
        public List<Decision> Decisions { get; } = [];

        public int Lookback => strategy.Lookback;

        public Decision Decide(in StrategyContext context)
        {
            Decisions.Add(strategy.Decide(context));
            return Decisions[^1];
        }
    }
}
