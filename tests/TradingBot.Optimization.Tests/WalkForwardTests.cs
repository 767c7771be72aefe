using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Simulation;
using TradingBot.Strategies;

namespace TradingBot.Optimization.Tests;

public sealed class WalkForwardTests
{
    private static readonly IReadOnlyList<ParameterSet> Grid = SampleSearch.Space.Grid();
    private static readonly WalkForwardOptions Windows = new() { FitBars = 100, TradeBars = 50, PurgeBars = 3, EmbargoBars = 2 };

    [Theory]
    [InlineData(false, "0-97 102-152", "50-147 152-202", "100-197 202-210")]
    [InlineData(true, "0-97 102-152", "0-147 152-202", "0-197 202-210")]
    public void Cut_PurgeAndEmbargo_LeaveTheGap(bool anchored, params string[] expected) =>
        (Windows with { IsAnchored = anchored }).Cut(210).Select(window => $"{window.Fit.Start}-{window.Fit.End} {window.Trade.Start}-{window.Trade.End}").Should().Equal(expected);

    [Fact]
    public void Cut_BadLengths_SayWhatWasFound()
    {
        (WalkForwardOptions Options, string Message)[] cases =
        [
            (Windows with { FitBars = 1 }, "*FitBars*"),
            (Windows with { TradeBars = 0 }, "*TradeBars*"),
            (Windows with { PurgeBars = -1 }, "*PurgeBars*"),
            (Windows with { EmbargoBars = -1 }, "*EmbargoBars*"),
            (Windows with { PurgeBars = 99 }, "PurgeBars must leave 2 bars of FitBars or more, found 99 of 100."),
            (Windows with { EmbargoBars = 100 }, "A walk-forward test with FitBars 100 and EmbargoBars 100 needs more bars than that, found 200."),
        ];
        using var ledger = TrialLedger.InMemory();
        var sweep = SampleSearch.Options(SampleSearch.Bars(200), ledger);
        cases.Should().AllSatisfy(test => FluentActions.Invoking(() => new WalkForward(sweep, test.Options)).Should().Throw<ArgumentException>().WithMessage(test.Message));
    }

    [Fact]
    public void Run_Windows_ChooseOnThePastAndTradeTheNext()
    {
        using var ledger = TrialLedger.InMemory();
        using var separate = TrialLedger.InMemory();
        var bars = SampleSearch.Bars(260);
        var walk = new WalkForward(SampleSearch.Options(bars, ledger), Windows);
        var result = walk.Run(Grid);

        result.Windows.Should().HaveCount(4);
        var second = result.Windows[1];
        (second.FitFrom, second.FitTo).Should().Be((bars.OpenTimeAt(50), bars.CloseTimeAt(146)));
        (second.TradeFrom, second.TradeTo).Should().Be((bars.OpenTimeAt(152), bars.CloseTimeAt(201)));

        // The same fit, made by hand.
        var best = new Sweep(SampleSearch.Options(bars[50..147], separate)).Run(Grid).Best!;
        second.Parameters.Should().Be(best.Parameters);
        second.FitSharpe.Should().Be(best.Outcome.Sharpe);

        // The same trading, made by hand: from flat, with the balance that the first window left, the order decided at the close before.
        var slow = best.Parameters.Integer("slow");
        var alone = new Backtester(SampleSearch.Backtest with { InitialBalance = (decimal)result.Equity.Span[49] })
            .Run(bars[(152 - slow)..202], new SampleSearch.Crossover(best.Parameters.Integer("fast"), slow));
        result.Equity.Span[50..99].ToArray().Should().Equal(alone.Equity.Span[slow..^1].ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        alone.Fills[0].Time.Should().Be(second.TradeFrom);

        result.Bars.OpenTimeAt(0).Should().Be(result.Windows[0].TradeFrom);
        result.Bars.Count.Should().Be(158).And.Be(result.Equity.Length);
        result.TrialCount.Should().Be(4 * 26);
        ledger.CountTrials("crossover (walk-forward)", walk.DataHash).Should().Be(1);
        result.Summary.TrialCount.Should().Be(1);
    }

    [Fact]
    public void Run_Trades_AddUpToTheEquityAndEndFlat()
    {
        using var ledger = TrialLedger.InMemory();
        var result = new WalkForward(SampleSearch.Options(SampleSearch.Bars(260), ledger), Windows).Run(Grid);

        result.Trades.Should().OnlyContain(trade => !trade.IsOpen);
        result.Trades.Count(trade => trade.ExitReason == "the window ended").Should().Be(4, "the crossover always holds something");
        (10_000m + result.Trades.Sum(trade => trade.NetProfit)).Should().Be(result.Statistics.FinalBalance);
        result.Equity.Span[^1].Should().Be((double)result.Statistics.FinalBalance);
        result.Statistics.TotalReturn.Should().BeApproximately(result.Windows.Aggregate(1d, (growth, window) => growth * (1 + window.TradeReturn)) - 1, 1e-9);
        result.Statistics.Exposure.Should().Be(1);
        result.Efficiency.Should().NotBeNull();
    }

    [Fact]
    public void Run_PositionAtAWindowsEnd_IsClosedAndPays()
    {
        // Prices stand still, so that only the costs of entering and of the closing at the window's end remain.
        var bars = SampleSearch.Series(Enumerable.Repeat((100d, 100d, 100d, 100d, 1d), 6));
        using var ledger = TrialLedger.InMemory();
        var options = SampleSearch.Options(bars, ledger) with
        {
            CreateStrategy = _ => new AlwaysLong(),
            Backtest = SampleSearch.Backtest with { TakerFee = 0.001m, Slippage = 0.01m, Funding = FundingSchedule.None },
        };
        var result = new WalkForward(options, new WalkForwardOptions { FitBars = 3, TradeBars = 3 }).Run([Grid[0]]);

        // 5,000 at 100 buys 50 at 101; leaving costs 1 each and the fee on 100.
        var trade = result.Trades.Should().ContainSingle().Which;
        (trade.Fees, trade.Slippage, trade.GrossProfit).Should().Be((50 * 0.101m + 50 * 0.1m, 100m, -100m));
        result.Statistics.FinalBalance.Should().Be(10_000m - 100m - 10.05m);
        result.Statistics.Exposure.Should().Be(1);
    }

    [Fact]
    public void Run_NothingToChoose_TradesNothing()
    {
        using var ledger = TrialLedger.InMemory();
        var options = SampleSearch.Options(SampleSearch.Bars(30), ledger) with { CreateStrategy = _ => new Idle() };
        var result = new WalkForward(options, new WalkForwardOptions { FitBars = 10, TradeBars = 10 }).Run(Grid);

        result.Windows.Should().OnlyContain(window => window.Parameters == null && window.TradeReturn == 0 && window.TradeSharpe == null);
        result.Equity.ToArray().Should().OnlyContain(equity => equity == 10_000);
        result.Trades.Should().BeEmpty();
        result.Efficiency.Should().BeNull();
        result.Statistics.Sharpe.Should().BeNull();
    }

    [Fact]
    public void Run_Canceled_GoesOnWithoutRepeatingATrial()
    {
        using var ledger = TrialLedger.InMemory();
        using var fresh = TrialLedger.InMemory();
        using var cancellation = new CancellationTokenSource();
        var bars = SampleSearch.Bars(260);
        var walk = new WalkForward(SampleSearch.Options(bars, ledger) with { MaxParallelism = 1 }, Windows);
        var progress = new ProgressLog(report =>
        {
            if (report.Completed == 40)
            {
                cancellation.Cancel();
            }
        });
        walk.Invoking(test => test.Run(Grid, progress, cancellation.Token)).Should().Throw<OperationCanceledException>();
        ledger.CountTrials("crossover", walk.DataHash).Should().Be(40);

        var rest = new ProgressLog();
        var resumed = walk.Run(Grid, rest);
        var whole = new WalkForward(SampleSearch.Options(bars, fresh), Windows).Run(Grid);
        resumed.Windows.Should().Equal(whole.Windows);
        resumed.Equity.ToArray().Should().Equal(whole.Equity.ToArray());
        resumed.Trades.Should().Equal(whole.Trades);
        resumed.Statistics.Should().Be(whole.Statistics);
        resumed.TrialCount.Should().Be(whole.TrialCount);
        rest.Reports.Count.Should().Be(4 + (4 * 26) - 40);
        rest.Reports[^1].Completed.Should().Be(4 * 26);
        rest.Reports[^1].Remaining.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void Run_ForecastsGiven_AreCutWithTheBars()
    {
        using var ledger = TrialLedger.InMemory();
        var bars = SampleSearch.Bars(200);
        var forecasts = SampleSearch.Forecasts(bars);
        var options = SampleSearch.Options(bars, ledger) with
        {
            Forecasts = forecasts,
            Backtest = SampleSearch.Backtest with { AllowThresholdBelowCosts = true },
            CreateStrategy = set => new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = set.Number("threshold") }),
        };
        var result = new WalkForward(options, Windows).Run(new ParameterSpace(Parameter.Real("threshold", 0.001, 0.005, 3)).Grid());

        result.Trades.Should().NotBeEmpty().And.AllSatisfy(trade =>
        {
            var decided = bars.IndexAtOrAfter(trade.EntryTime) - 1;
            (forecasts[decided]!.Value.Return > 0).Should().Be(trade.EntrySide == Side.Buy);
        });
    }

    [Fact]
    public void Run_CostsGrowInTheTradeWindow_RefuseNothingThatWasChosenBefore()
    {
        using var ledger = TrialLedger.InMemory();
        var bars = SampleSearch.Bars(200);
        var options = SampleSearch.Options(bars, ledger) with
        {
            Forecasts = SampleSearch.Forecasts(bars),
            Backtest = SampleSearch.Backtest with { Funding = FundingSchedule.FromHistory([new FundingRate(bars.OpenTimeAt(120), 0.5m)]) },
            CreateStrategy = _ => new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = 0.003 }),
            AdjustBacktest = (_, backtest) => backtest with { InitialBalance = 777m },
        };
        var result = new WalkForward(options, new WalkForwardOptions { FitBars = 100, TradeBars = 50 }).Run([Grid[0]]);

        result.Windows[0].Parameters.Should().Be(Grid[0]);
        result.Windows[1].Parameters.Should().BeNull("by then the costs were known");
        result.Trades.Should().NotBeEmpty();
        result.Statistics.FinalBalance.Should().Be(10_000m + result.Trades.Sum(trade => trade.NetProfit));
    }

    private sealed class AlwaysLong : IStrategy
    {
        public Decision Decide(in StrategyContext context) => Decision.Long;
    }

    private sealed class Idle : IStrategy
    {
        public Decision Decide(in StrategyContext context) => Decision.None;
    }
}
