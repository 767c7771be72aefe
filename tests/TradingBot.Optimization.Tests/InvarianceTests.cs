using TradingBot.Backtesting;
using TradingBot.Core.Tests.Backtesting;
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
        var seed = random.Next();
        var options = OptionsOf(random);
        var whole = Run(bars, options, seed);
        var past = whole.Notes.Count - (bars.Count - cut);

        foreach (var other in new[] { bars[..cut], shuffled })
        {
            var run = Run(other, options, seed);

            run.Notes.Take(past).Should().Equal(whole.Notes.Take(past));
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
                    CreateStrategy = set => new WhimsicalStrategy(set.Integer("seed")),
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

    private static (BacktestResult Result, List<(string Seen, Decision Decided)> Notes) Run(BarSeries bars, BacktestOptions options, int seed)
    {
        var strategy = new WhimsicalStrategy(seed);
        return (new Backtester(options).Run(bars, SampleSearch.Forecasts(bars), strategy), strategy.Notes);
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
}
