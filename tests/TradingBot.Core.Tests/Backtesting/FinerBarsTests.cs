using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>Days that are traded by their parts.</summary>
public sealed class FinerBarsTests
{
    // Long from the open of the second day, stopped out at 90 in it.
    private static readonly BarSeries Days = SketchedBars.Of((100, 100, 100), (100, 85, 95), (95, 95, 95));
    private static readonly (double, double, double)[] FlatDay = [(100, 100, 100), (100, 100, 100), (100, 100, 100)];

    [Theory]
    [InlineData(0, 9_500, 2)] // by 08:00, before the first payment
    [InlineData(1, 9_450, 10)]
    [InlineData(2, 9_400, 18)]
    public void Run_StopInOneOfThreeParts_PaysTheFundingBeforeIt(int part, double balance, int hour)
    {
        var fall = Enumerable.Repeat((100d, 100d, 100d), part).Append((100, 85, 95)).Concat(Enumerable.Repeat((95d, 95d, 95d), 2 - part));
        var result = Run([.. FlatDay, .. fall, (95, 95, 95), (95, 95, 95), (95, 95, 95)]);

        result.Statistics.FinalBalance.Should().Be((decimal)balance);
        result.Fills.Select(fill => fill.Price).Should().Equal(100, 90);
        result.Fills[0].Time.Should().Be(Days.OpenTimeAt(1));
        result.Fills[1].Time.Should().BeOnOrAfter(Days.OpenTimeAt(1).AddHours(8 * part)).And.BeBefore(Days.OpenTimeAt(1).AddHours((8 * part) + 8));
        result.Fills[1].Time.Hour.Should().BeInRange(hour - 2, hour + 6);
        result.AmbiguousBars.Should().BeEmpty();
        result.Optimistic.Should().BeNull();
        result.Warnings.Should().BeEmpty();
        result.Trades.Should().ContainSingle().Which.BarsHeld.Should().Be(0);
    }

    [Fact]
    public void Run_LimitEntryInTheLastPart_PaysNothing()
    {
        var days = SketchedBars.Of((100, 100, 100), (98, 94, 97));
        var result = new Backtester(LongAtFirst.Costly with
        {
            FinerBars = SketchedBars.Of(Interval.EightHours, [.. FlatDay, (98, 97, 97), (97, 96, 97), (97, 94, 97)]),
        }).Run(days, new LongAtFirst { Limit = 95m });

        result.Statistics.FinalBalance.Should().Be(10_000m);
        result.Fills.Should().ContainSingle().Which.Price.Should().Be(95m);
        result.AmbiguousBars.Should().BeEmpty();
    }

    [Fact]
    public void Run_PartsThatDoNotDivideThePayments_LeaveTheRestInDoubt()
    {
        // In the first half of the day, in which one payment falls due at 08:00.
        var result = Run([(100, 100, 100), (100, 100, 100), (100, 85, 90), (90, 90, 95), (95, 95, 95), (95, 95, 95)], Interval.TwelveHours);

        result.AmbiguousBars.Should().Equal(Days.OpenTimeAt(1));
        result.Statistics.FinalBalance.Should().Be(9_450m);
        result.Optimistic!.Statistics.FinalBalance.Should().Be(9_500m);
    }

    [Fact]
    public void Run_PartsFromALaterDayOn_TradesTheEarlierDaysAsTheyAre()
    {
        var finer = Parts([.. FlatDay, (100, 85, 95), (95, 95, 95), (95, 95, 95), (95, 95, 95), (95, 95, 95), (95, 95, 95)]);

        // One part of the second day is missing, at its start, in it, at its end; or none of it is there.
        int[][] missing = [[3], [4], [5, 6, 7, 8], [0, 1, 2, 3], [0, 1, 2, 3, 4, 5]];
        missing.Should().AllSatisfy(left =>
        {
            var result = new Backtester(LongAtFirst.Costly with { FinerBars = Without(finer, left, GapPolicy.Flag) }).Run(Days, new LongAtFirst());
            result.AmbiguousBars.Should().Equal(Days.OpenTimeAt(1));
            result.Statistics.FinalBalance.Should().Be(9_400m);
            result.Optimistic!.Statistics.FinalBalance.Should().Be(9_500m);
            result.Warnings.Should().Contain("The finer bars do not cover 1 of 1 bars in which something could happen; those were traded as they are.");
        });
        new Backtester(LongAtFirst.Costly with { FinerBars = Without(finer, [0, 1, 2, 6, 7, 8], GapPolicy.Flag) }).Run(Days, new LongAtFirst()).Statistics.FinalBalance.Should().Be(9_500m);
    }

    [Fact]
    public void Run_PartsThatWereFilledIn_DoNotCount()
    {
        // The missing part would be filled with the close before it, 95, which agrees with the day.
        var finer = Without(Parts([.. FlatDay, (100, 85, 95), (95, 95, 95), (95, 95, 95), (95, 95, 95), (95, 95, 95), (95, 95, 95)]), [4], GapPolicy.Fill);
        finer.Count.Should().Be(9);

        new Backtester(LongAtFirst.Costly with { FinerBars = finer }).Run(Days, new LongAtFirst()).AmbiguousBars.Should().Equal(Days.OpenTimeAt(1));
    }

    [Theory]
    [InlineData(101, 85, 95, "the open 100, its 3 bars of 8h have 101")]
    [InlineData(100, 86, 95, "the low 85, its 3 bars of 8h have 86")]
    [InlineData(100, 85, 102, "the high 100, its 3 bars of 8h have 102")]
    public void Run_PartsThatContradictTheDay_AreRefused(double open, double low, double close, string found) =>
        FluentActions.Invoking(() => Run([.. FlatDay, (open, low, close), (95, 95, 95), (95, 95, 95), (95, 95, 95), (95, 95, 95), (95, 95, 95)]))
            .Should().Throw<BarDataException>().WithMessage($"The 1d bar of BTCUSDT at 2026-03-02 00:00:00Z has {found}; expected them to agree within 0.001 %.");

    [Fact]
    public void Run_PartsThatEndElsewhere_AreRefused() =>
        FluentActions.Invoking(() => Run([.. FlatDay, (100, 85, 95), (95, 95, 95), (95, 95, 96), (95, 95, 95), (95, 95, 95), (95, 95, 95)]))
            .Should().Throw<BarDataException>().WithMessage("*the close 95, its 3 bars of 8h have 96;*");

    [Fact]
    public void Run_PartsPrintedWithFewerDigits_AreAccepted() =>
        Run([.. FlatDay, (100.0005, 85.0004, 95), (95, 95, 95), (95, 95, 95.0006), (95, 95, 95), (95, 95, 95), (95, 95, 95)]).AmbiguousBars.Should().BeEmpty();

    [Fact]
    public void Run_ContradictionOnADayWithoutEvents_IsNotLookedFor() =>
        Run([(7, 7, 7), (7, 7, 7), (7, 7, 7), (100, 85, 95), (95, 95, 95), (95, 95, 95), (95, 95, 95), (95, 95, 95), (95, 95, 95)]).AmbiguousBars.Should().BeEmpty();

    [Fact]
    public void Run_FinerBarsOfAnotherMarketOrInterval_AreRefused()
    {
        var other = BarSeries.Create(Symbol.Parse("ETHUSDT"), Interval.OneHour, GapPolicy.Reject, [new Bar(CycleBars.Start, TimeSpan.FromHours(1), 1, 1, 1, 1, 1)]);

        Refusal(Days, other).Should().Throw<ArgumentException>().WithMessage("Expected finer bars of BTCUSDT, found ETHUSDT.*");
        Refusal(Days, Days).Should().Throw<ArgumentException>().WithMessage("Expected finer bars of BTCUSDT with an interval that divides 1d, found 1d.*");
        Refusal(SketchedBars.Of(Interval.EightHours, (1, 1, 1)), SketchedBars.Of(Interval.SixHours, (1, 1, 1)))
            .Should().Throw<ArgumentException>().WithMessage("Expected finer bars of BTCUSDT with an interval that divides 8h, found 6h.*");
        Refusal(SketchedBars.Of(Interval.OneHour, (1, 1, 1)), Days).Should().Throw<ArgumentException>().WithMessage("*divides 1h, found 1d*");

        static Action Refusal(BarSeries bars, BarSeries finer) => () => new Backtester(LongAtFirst.Costly with { FinerBars = finer }).Run(bars, new LongAtFirst());
    }

    [Fact]
    public void Run_NoFinerBarsAtAll_TradesTheBarsAsTheyAre() =>
        new Backtester(LongAtFirst.Costly with { FinerBars = SketchedBars.Of(Interval.OneHour) }).Run(Days, new LongAtFirst()).Statistics.FinalBalance.Should().Be(9_400m);

    [SharedDataFact]
    public void Run_RealDaysAndTheirFourHourBars_TheResultLiesBetweenTheBounds()
    {
        var days = Read("btcusdt-perp-1d.csv", Interval.OneDay);
        var finer = Read("btcusdt-perp-4h.csv", Interval.FourHours);
        days = days[days.IndexAtOrAfter(finer.OpenTimeAt(0))..^1];
        var options = new BacktestOptions { Trade = new TradeSettings { SymbolInfo = CycleBars.Rules, PositionFraction = 0.9m, StopLoss = 0.02m } };
        var strategy = new SmaCrossoverStrategy(new SmaCrossoverOptions { Fast = 3, Slow = 8 });

        var coarse = new Backtester(options).Run(days, strategy);
        var fine = new Backtester(options with { FinerBars = finer }).Run(days, strategy);

        coarse.AmbiguousBars.Should().HaveCountGreaterThan(20, "a stop inside a day hides which payments came before it");
        fine.AmbiguousBars.Should().BeEmpty("no payment falls due inside a bar of four hours");
        fine.Warnings.Should().NotContain(warning => warning.Contains("finer bars", StringComparison.OrdinalIgnoreCase));
        fine.Statistics.FinalBalance.Should().BeInRange(coarse.Statistics.FinalBalance, coarse.Optimistic!.Statistics.FinalBalance);

        static BarSeries Read(string file, Interval interval) =>
            BarCsv.Read(SharedData.Path(file), new BarCsvOptions { Symbol = CycleBars.Rules.Symbol, Interval = interval, GapPolicy = GapPolicy.Flag });
    }

    private static BacktestResult Run((double Open, double Low, double Close)[] parts, Interval? interval = null) =>
        new Backtester(LongAtFirst.Costly with { FinerBars = SketchedBars.Of(interval ?? Interval.EightHours, parts) }).Run(Days, new LongAtFirst());

    private static BarSeries Parts((double Open, double Low, double Close)[] parts) => SketchedBars.Of(Interval.EightHours, parts);

    private static BarSeries Without(BarSeries bars, int[] left, GapPolicy policy) =>
        BarSeries.Create(bars.Symbol, bars.Interval, policy, bars.Where((_, i) => !left.Contains(i)));
}
