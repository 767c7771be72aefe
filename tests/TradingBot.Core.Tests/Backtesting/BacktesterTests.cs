using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

public sealed class BacktesterTests
{
    private static readonly BacktestOptions Free = new()
    {
        Trade = new TradeSettings { SymbolInfo = CycleBars.Rules, PositionFraction = 0.5m },
        MakerFee = 0,
        TakerFee = 0,
        Slippage = 0,
        Funding = FundingSchedule.None,
    };

    [Fact]
    public void Run_DecidedAtTheClose_FillsAtTheNextOpen()
    {
        var bars = Bars((100, 100), (200, 200), (300, 300), (400, 400));
        var result = new Backtester(Free).Run(bars, new Script(Decision.None, Decision.Long, Decision.Close));

        result.Fills.Select(fill => (fill.Side, fill.Price, fill.Time)).Should().Equal(
            (Side.Buy, 300m, bars.OpenTimeAt(2)), (Side.Sell, 400m, bars.OpenTimeAt(3)));
    }

    [Theory]
    [InlineData(ForecastVerdict.Echo, true)]
    [InlineData(ForecastVerdict.NoSkill, true)]
    [InlineData(ForecastVerdict.Skill, false)]
    public void Run_ModelWithAVerdict_WarnsUnlessItIsSkill(ForecastVerdict verdict, bool warns)
    {
        var bars = Bars((100, 100), (200, 200));
        var card = new PersistencePredictor(bars.Interval).Card with { Skill = new ModelSkill(verdict, 500) { TheilU = 1.02 } };
        var result = new Backtester(Free).Run(bars, new ForecastSeries(bars, [100, 200], 1), new Script(Decision.None), card);

        var warnings = result.Warnings.Where(warning => warning.StartsWith("The model 'persistence' was found to be ", StringComparison.Ordinal));
        warnings.Should().HaveCount(warns ? 1 : 0);
    }

    [Fact]
    public void Run_OneTrade_AddsUpByHand()
    {
        // Decided at the close of 100 with 10,000: half of it buys 50. In at 110, out at 121.
        var bars = Bars((100, 100), (110, 110), (121, 121), (121, 121));
        var options = Free with { TakerFee = 0.001m };
        var result = new Backtester(options).Run(bars, new Script(Decision.Long.Because("in"), Decision.Close.Because("out")));

        var trade = result.Trades.Should().ContainSingle().Which;
        trade.Should().BeEquivalentTo(new
        {
            EntrySide = Side.Buy,
            Quantity = 50m,
            EntryPrice = 110m,
            ExitPrice = 121m,
            GrossProfit = 550m,
            Fees = 11.55m,
            Funding = 0m,
            Slippage = 0m,
            NetProfit = 538.45m,
            EntryReason = "in",
            ExitReason = "out",
            BarsHeld = 1,
            IsOpen = false,
        });
        result.Statistics.FinalBalance.Should().Be(10_538.45m);
        result.Equity.ToArray().Should().Equal(10_000, 9_994.5, 10_538.45, 10_538.45);
        result.Statistics.Exposure.Should().Be(0.25);
    }

    [Fact]
    public void Run_SlippageSet_CostsOnBothSides()
    {
        var bars = Bars((100, 100), (100, 100), (100, 100), (100, 100));
        var result = new Backtester(Free with { Slippage = 0.01m }).Run(bars, new Script(Decision.Long, Decision.Close));

        result.Fills.Select(fill => fill.Price).Should().Equal(101m, 99m);
        result.Trades[0].Slippage.Should().Be(100m);
        result.Statistics.FinalBalance.Should().Be(9_900m);
    }

    [Fact]
    public void Run_ManyEntriesTooSmallToMake_AreCountedAsOneReason()
    {
        // A tenth of a cent buys less than the smallest quantity at any of these prices.
        var bars = Bars((100, 100), (101, 101), (102, 102), (103, 103));
        var result = new Backtester(Free with { InitialBalance = 0.001m }).Run(bars, new Script(Decision.Long, Decision.Long, Decision.Long));

        result.Denials.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("the entry is below the exchange's minimum quantity", 3));
    }

    [Fact]
    public void Run_FundingWhileHeld_IsPartOfTheTrade()
    {
        var bars = Bars(Enumerable.Repeat((100d, 100d), 12).ToArray());
        var options = Free with { Funding = FundingSchedule.Fixed(0.001m) };
        var script = new Script([Decision.Long, .. Enumerable.Repeat(Decision.None, 8), Decision.Close]);
        var result = new Backtester(options).Run(bars, script);

        // Held from 01:00 to 10:00, over 08:00: 50 x 100 x 0.001.
        result.Trades[0].Funding.Should().Be(-5m);
        result.Statistics.TotalFunding.Should().Be(-5m);
        result.Statistics.FinalBalance.Should().Be(9_995m);
    }

    [Fact]
    public void Run_Reversal_IsTwoTrades()
    {
        var bars = Bars((100, 100), (100, 100), (110, 110), (99, 99), (99, 99));
        var result = new Backtester(Free).Run(bars, new Script(Decision.Long, Decision.Short, Decision.Close));

        result.Trades.Select(trade => (trade.EntrySide, trade.EntryPrice, trade.ExitPrice)).Should().Equal(
            (Side.Buy, 100m, 110m), (Side.Sell, 110m, 99m));
        result.Denials.Should().BeEmpty();
    }

    [Fact]
    public void Run_HeldAtTheEnd_IsValuedAtTheLastCloseAndMarked()
    {
        var bars = Bars((100, 100), (100, 100), (100, 130));
        var result = new Backtester(Free).Run(bars, new Script(Decision.Long));

        result.Trades.Should().ContainSingle().Which.Should().BeEquivalentTo(new { IsOpen = true, GrossProfit = 1_500m, ExitReason = (string?)null });
        result.Statistics.FinalBalance.Should().Be(10_000m);
        result.Equity.Span[^1].Should().Be(11_500);
    }

    [Fact]
    public void Run_DecidedOnTheLastBar_DoesNotFill() =>
        new Backtester(Free).Run(Bars((100, 100), (100, 100)), new Script(Decision.None, Decision.Long)).Fills.Should().BeEmpty();

    [Fact]
    public void Run_LimitEntryNotTradedThrough_IsCanceledAtTheNextClose()
    {
        var bars = Bars((100, 100), (95, 95), (80, 80), (80, 80));
        var result = new Backtester(Free).Run(bars, new Script(Decision.Long with { LimitPrice = 90m }));

        result.Fills.Should().BeEmpty();
    }

    [Fact]
    public void Run_LimitEntryTradedThrough_FillsAtItsPriceAsMaker()
    {
        var bars = Bars((100, 100), (95, 89), (95, 95));
        var result = new Backtester(Free).Run(bars, new Script(Decision.Long with { LimitPrice = 90m }));

        result.Fills.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Price = 90m, IsMaker = true });
    }

    [Fact]
    public void Run_FewerBarsThanTheStrategyNeeds_NeverAsksIt()
    {
        var strategy = new Script(Decision.Long) { Lookback = 3 };
        new Backtester(Free).Run(Bars((100, 100), (100, 100)), strategy);

        strategy.Asked.Should().Be(0);
    }

    [Fact]
    public void Run_StrategyAsked_SeesExactlyItsLookback()
    {
        var strategy = new Script(Decision.None) { Lookback = 2 };
        new Backtester(Free).Run(Bars((1, 1), (2, 2), (3, 3), (4, 4)), strategy);

        strategy.Seen.Should().Equal("1 2", "2 3", "3 4");
    }

    [Fact]
    public void Run_Twice_IsTheSameValueByValue()
    {
        var bars = RandomBars(seed: 20261122, count: 400);
        var first = new Backtester(new BacktestOptions { Trade = Free.Trade }).Run(bars, new PersistencePredictor(bars.Interval), new Alternating());
        var second = new Backtester(new BacktestOptions { Trade = Free.Trade }).Run(bars, new PersistencePredictor(bars.Interval), new Alternating());

        second.Fills.Should().Equal(first.Fills);
        second.Ledger.Should().Equal(first.Ledger);
        second.Equity.ToArray().Should().Equal(first.Equity.ToArray());
        first.Trades.Should().HaveCountGreaterThan(50);
    }

    [Fact]
    public void Run_AnyTrades_TradesAddUpToTheBalance()
    {
        var bars = RandomBars(seed: 7, count: 400);
        var result = new Backtester(new BacktestOptions { Trade = Free.Trade }).Run(bars, new Alternating());

        result.Trades.Where(trade => !trade.IsOpen).Sum(trade => trade.NetProfit).Should().BeApproximately(
            result.Statistics.FinalBalance - 10_000m + result.Trades.Where(trade => trade.IsOpen).Sum(trade => trade.Fees - trade.Funding), 0.000001m);
        (10_000m + result.Ledger.Sum(entry => entry.Amount)).Should().Be(result.Statistics.FinalBalance);
    }

    [Fact]
    public void Run_FutureCutOff_NeverChangesThePast()
    {
        var bars = RandomBars(seed: 3, count: 300);
        var whole = new Backtester(Free).Run(bars, new Alternating());
        var cut = new Backtester(Free).Run(bars[..200], new Alternating());

        cut.Fills.Should().Equal(whole.Fills.Take(cut.Fills.Count));
        cut.Equity.ToArray().Should().Equal(whole.Equity.ToArray().Take(200));
    }

    [Fact]
    public void Run_ModelTrainedOnTheseBars_WarnsLoudly()
    {
        var bars = RandomBars(seed: 1, count: 100);
        var card = new PersistencePredictor(bars.Interval).Card with { TrainedFrom = bars.OpenTimeAt(0), TrainedTo = bars.CloseTimeAt(49) };

        var result = new Backtester(Free).Run(bars, new PersistencePredictor(bars.Interval).PredictSeries(bars), new Alternating(), card);

        result.Warnings.Should().ContainSingle().Which.Should().Contain("was trained on 50 of these 100 bars");
    }

    [Fact]
    public void Run_ThresholdBelowCosts_IsRefusedUnlessOverriddenByName()
    {
        var bars = RandomBars(seed: 1, count: 50);
        var strategy = new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = 0.001 });
        var options = new BacktestOptions { Trade = Free.Trade };

        FluentActions.Invoking(() => new Backtester(options).Run(bars, strategy))
            .Should().Throw<UnprofitableSettingsException>().WithMessage("*set AllowThresholdBelowCosts*");
        new Backtester(options with { AllowThresholdBelowCosts = true }).Run(bars, strategy).BreakEven!.IsPayable.Should().BeFalse();
    }

    [Fact]
    public void Run_NoBars_SaysSo() =>
        FluentActions.Invoking(() => new Backtester(Free).Run(Bars(), new Alternating()))
            .Should().Throw<ArgumentException>().WithMessage("A backtest needs at least one bar, found none.*");

    [Fact]
    public void Run_BarsOfAnotherSymbol_SaysSo()
    {
        var bars = BarSeries.Create(Symbol.Parse("ETHUSDT"), Interval.OneHour, GapPolicy.Reject, Bars((1, 1)));

        FluentActions.Invoking(() => new Backtester(Free).Run(bars, new Alternating()))
            .Should().Throw<ArgumentException>().WithMessage("Expected bars of BTCUSDT, as in the trading rules, found bars of ETHUSDT.*");
    }

    [Fact]
    public void Run_ForecastsForOtherBars_SaysSo()
    {
        var bars = RandomBars(seed: 1, count: 50);
        var forecasts = new PersistencePredictor(bars.Interval).PredictSeries(bars[1..]);

        FluentActions.Invoking(() => new Backtester(Free).Run(bars, forecasts, new Alternating()))
            .Should().Throw<ArgumentException>().WithMessage("Expected forecasts for these bars*");
    }

    private static BarSeries Bars(params (double Open, double Close)[] bars) => BarSeries.Create(
        CycleBars.Rules.Symbol,
        Interval.OneHour,
        GapPolicy.Reject,
        bars.Select((bar, i) => new Bar(
            CycleBars.Start.AddHours(i), TimeSpan.FromHours(1), bar.Open, Math.Max(bar.Open, bar.Close), Math.Min(bar.Open, bar.Close), bar.Close, 1)));

    private static BarSeries RandomBars(int seed, int count)
    {
        var random = new Random(seed);
        var last = 20_000d;
        return Bars([.. Enumerable.Range(0, count).Select(_ => (last, last = Math.Round(last * (1 + ((random.NextDouble() - 0.5) * 0.02)), 1)))]);
    }

    private sealed class Script(params Decision[] decisions) : IStrategy
    {
        public int Lookback { get; init; } = 1;

        public int Asked { get; private set; }

        public List<string> Seen { get; } = [];

        public Decision Decide(in StrategyContext context)
        {
            Seen.Add(string.Join(' ', context.Bars.Closes.ToArray()));
            return Asked++ < decisions.Length ? decisions[Asked - 1] : Decision.None;
        }
    }

    // Changes its mind every three bars, by the bar's time alone.
    private sealed class Alternating : IStrategy
    {
        public Decision Decide(in StrategyContext context) => (context.Time.Hour / 3 % 3) switch
        {
            0 => Decision.Long,
            1 => Decision.Short,
            _ => Decision.Close,
        };
    }
}
