using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>The protective stop in a backtest, by hand; that it is the live one is shown by the parity tests.</summary>
public sealed class BacktestStopTests
{
    private static readonly BacktestOptions TenPerCent = new()
    {
        Trade = new TradeSettings { SymbolInfo = CycleBars.Rules, PositionFraction = 0.5m, StopLoss = 0.1m },
        MakerFee = 0,
        TakerFee = 0,
        Slippage = 0,
        Funding = FundingSchedule.None,
    };

    [Fact]
    public void Run_StopReachedInsideTheEntryBar_FillsThere()
    {
        // Decided at the close of 100, in at 100, and the same bar falls to 85.
        var bars = Bars((100, 100, 100), (100, 85, 95), (95, 95, 95));
        var result = new Backtester(TenPerCent).Run(bars, new Script(Decision.Long));

        result.Fills.Select(fill => (fill.Price, fill.Time.Hour)).Should().Equal((100m, 1), (90m, 1));
        result.Trades.Should().ContainSingle().Which.Should().BeEquivalentTo(new { ExitReason = "stop loss", GrossProfit = -500m, BarsHeld = 0 });
    }

    [Fact]
    public void Run_GapBeyondTheStop_FillsAtTheOpen()
    {
        var bars = Bars((100, 100, 100), (100, 100, 100), (80, 80, 80));

        new Backtester(TenPerCent).Run(bars, new Script(Decision.Long)).Fills[^1].Price.Should().Be(80m);
    }

    [Fact]
    public void Run_ShortSide_StopsAbove()
    {
        var bars = Bars((100, 100, 100), (100, 100, 111));

        new Backtester(TenPerCent).Run(bars, new Script(Decision.Short)).Fills[^1].Should().BeEquivalentTo(new { Price = 110m, Side = Side.Buy });
    }

    [Fact]
    public void Run_Reversal_LeavesNoStopOfTheOldSideBehind()
    {
        // Long at 100 with a stop at 90, turned short at 100; the fall to 85 is a gain.
        var bars = Bars((100, 100, 100), (100, 100, 100), (100, 85, 85), (85, 85, 85));
        var result = new Backtester(TenPerCent).Run(bars, new Script(Decision.Long, Decision.Short));

        result.Trades.Should().HaveCount(2);
        result.Trades[1].Should().BeEquivalentTo(new { IsOpen = true, GrossProfit = 750m });
    }

    [Fact]
    public void Run_LimitEntryFillsInsideABar_IsProtectedInsideThatBar()
    {
        // In at 95 on the way down to 80: out at 85.5.
        var bars = Bars((100, 100, 100), (98, 80, 97), (97, 97, 97));
        var result = new Backtester(TenPerCent).Run(bars, new Script(Decision.Long with { LimitPrice = 95m }));

        result.Fills.Select(fill => fill.Price).Should().Equal(95m, 85.5m);
    }

    [Fact]
    public void Run_LimitEntryThatNeverFills_LeavesNoStop()
    {
        // The limit of the first bar waits at 95 with its stop at 85.5; the second decision is at the market.
        var bars = Bars((100, 100, 100), (98, 96, 98), (98, 98, 98), (98, 88, 88.5));
        var result = new Backtester(TenPerCent).Run(bars, new Script(Decision.Long with { LimitPrice = 95m }, Decision.Long));

        // Out at 88.2, the stop of the entry at 98.
        result.Fills.Select(fill => fill.Price).Should().Equal(98m, 88.2m);
    }

    [Fact]
    public void Run_StopLossSet_CountsInTheBreakEven()
    {
        var bars = Bars((100, 100, 100), (100, 100, 100));
        var strategy = new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = 0.2 });

        var with = new Backtester(TenPerCent with { Trade = TenPerCent.Trade with { StopLoss = 0.05m } }).Run(bars, strategy);
        var without = new Backtester(TenPerCent with { Trade = TenPerCent.Trade with { StopLoss = null } }).Run(bars, strategy);

        with.BreakEven!.RequiredHitRate.Should().BeApproximately(0.2, 1e-12, "0.05 / (0.2 + 0.05)");
        without.BreakEven!.RequiredHitRate.Should().BeApproximately(0.5, 1e-12);
    }

    [Fact]
    public void Constructor_StopBeyondTheLiquidationPrice_IsRefused() =>
        FluentActions.Invoking(() => new Backtester(TenPerCent with { Trade = TenPerCent.Trade with { Leverage = 10 } }))
            .Should().Throw<ArgumentException>().WithMessage("StopLoss must be nearer than the liquidation price, which leverage 10*");

    private static BarSeries Bars(params (double Open, double Low, double Close)[] bars) => SketchedBars.Of(Interval.OneHour, bars);

    private sealed class Script(params Decision[] decisions) : IStrategy
    {
        private int _asked;

        public Decision Decide(in StrategyContext context) => _asked++ < decisions.Length ? decisions[_asked - 1] : Decision.None;
    }
}
