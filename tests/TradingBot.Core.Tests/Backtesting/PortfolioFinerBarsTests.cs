using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;
using static TradingBot.Core.Tests.Backtesting.PortfolioCases;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>Markets of a portfolio whose bars are traded by their parts.</summary>
public sealed class PortfolioFinerBarsTests
{
    private static readonly PortfolioOptions Cross = Free with { MarginMode = MarginMode.Cross };

    // Long from the open of the second day, stopped out at 90 in it.
    private static readonly BarSeries Days = Bars(Btc, Interval.OneDay, Flat(100), (100, 100, 85, 95), Flat(95));

    private static readonly PortfolioMarket Idle = Scripted(Bars(Eth, Interval.TwelveHours, Flat(50), Flat(50), Flat(50), Flat(50), Flat(50), Flat(50)), 0.1m, 1);

    [Theory]
    [InlineData(0, 9_500)]
    [InlineData(1, 9_450)]
    [InlineData(2, 9_400)]
    public void Run_StopInOneOfThreeParts_PaysTheFundingBeforeIt(int part, double balance)
    {
        (double, double, double, double)?[] second = [.. Enumerable.Repeat(Flat(100), part), (100, 100, 85, 95), .. Enumerable.Repeat(Flat(95), 2 - part)];

        var result = new PortfolioBacktester(Free).Run([Stopped(Eights([Flat(100), Flat(100), Flat(100), .. second, Flat(95), Flat(95), Flat(95)])), Idle]);

        result.Statistics.FinalBalance.Should().Be((decimal)balance);
        result.Fills.Told().Should().Equal((Btc, Side.Buy, 50m, 100m, false), (Btc, Side.Sell, 50m, 90m, false));
        result.Fills[1].Time.Should().Be(Days.OpenTimeAt(1).AddHours(8 * (part + 1)).AddMilliseconds(-1));
        result.Markets[0].AmbiguousBars.Should().BeEmpty();
        result.Markets[0].Trades.Should().ContainSingle().Which.BarsHeld.Should().Be(0);
        result.Optimistic.Should().BeNull();
        result.Warnings.Should().BeEmpty();
        result.CloseTimes.ToArray().Should().Equal(Enumerable.Range(1, 6).Select(i => CycleBars.Start.AddHours(12 * i).ToUnixTimeMilliseconds()));
    }

    [Fact]
    public void Run_NoFinerBars_TheSameDayIsInDoubt()
    {
        var result = new PortfolioBacktester(Free).Run([Stopped(null), Idle]);

        result.Markets[0].AmbiguousBars.Should().Equal(Days.OpenTimeAt(1));
        result.Statistics.FinalBalance.Should().Be(9_400m);
        result.Optimistic!.Statistics.FinalBalance.Should().Be(9_500m);
    }

    [Fact]
    public void Run_PartIsMissing_TradesTheDayAsItIsAndWarns()
    {
        var finer = Eights(Flat(100), Flat(100), Flat(100), Flat(100), null, (100, 100, 85, 95), Flat(95), Flat(95), Flat(95));

        var result = new PortfolioBacktester(Free).Run([Idle, Stopped(finer)]);

        result.Markets[1].AmbiguousBars.Should().Equal(Days.OpenTimeAt(1));
        result.Statistics.FinalBalance.Should().Be(9_400m);
        result.Optimistic!.Statistics.FinalBalance.Should().Be(9_500m);
        result.Warnings.Should().Contain("BTCUSDT: The finer bars do not cover 1 of 1 bars in which something could happen; those were traded as they are.");
    }

    [Fact]
    public void Run_DayInDoubtInTwoParts_IsOneBar()
    {
        // By halves, in each of which a payment falls due: entered at a limit in the first, stopped out in the second.
        var days = Bars(Btc, Interval.OneDay, Flat(100), (100, 100, 80, 95), Flat(95));
        var halves = Bars(Btc, Interval.TwelveHours, Flat(100), Flat(100), (100, 100, 94, 96), (96, 96, 80, 95), Flat(95), Flat(95));
        var market = Stopped(halves) with { Bars = days, Strategy = new LongAtFirst { Limit = 95m }, Funding = FundingSchedule.Fixed(0.01m, TimeSpan.FromHours(4)) };

        var result = new PortfolioBacktester(Free).Run([market, Idle]);

        result.Fills.Select(fill => fill.Price).Should().Equal(95, 85.5m);
        result.Markets[0].AmbiguousBars.Should().Equal(days.OpenTimeAt(1));
        result.Warnings[0].Should().StartWith("1 bar hides the order of what happened in it: ");
    }

    [Fact]
    public void Run_OtherMarketDecidesInsideADay_CountsThePriceOfThen()
    {
        // 10 bitcoins are worth 1,000 more from 08:00 of the second day on, and 500 less at its end. At noon a tenth of 11,000 buys 22 ethers.
        var days = Bars(Btc, Interval.OneDay, Flat(100), (100, 200, 100, 150));
        var daily = Scripted(days, 0.1m, 1, (0, Decision.Long));
        var halves = Scripted(Bars(Eth, Interval.TwelveHours, Flat(50), Flat(50), Flat(50), Flat(50)), 0.1m, 1, (24, Decision.Long));
        var finer = Eights(Flat(100), Flat(100), Flat(100), Move(100, 200), Flat(200), Move(200, 150));

        var coarse = new PortfolioBacktester(Free).Run([daily, halves]);
        var fine = new PortfolioBacktester(Free).Run([daily with { FinerBars = finer }, halves]);

        coarse.Fills.Told().Should().Equal((Btc, Side.Buy, 10m, 100m, false), (Eth, Side.Buy, 20m, 50m, false));
        coarse.Equity.ToArray().Should().Equal(10_000, 10_000, 10_000, 10_500);
        fine.Fills.Told().Should().Equal((Btc, Side.Buy, 10m, 100m, false), (Eth, Side.Buy, 22m, 50m, false));
        fine.Equity.ToArray().Should().Equal(10_000, 10_000, 11_000, 10_500);
        fine.CloseTimes.ToArray().Should().Equal(coarse.CloseTimes.ToArray());
        fine.BuyAndHold.ToArray().Should().Equal(coarse.BuyAndHold.ToArray());
        fine.Markets[0].Exposure.Should().Be(0.5);
    }

    [Fact]
    public void Run_LossesOfOneHourInLongerBars_RuinACrossAccount()
    {
        // Down by 6,000 and 4,800 at 17:00, and back at 20:00. Nobody knows that of the bars of four hours.
        (double, double, double, double)?[] flat = [.. Enumerable.Repeat(Flat(1), 8)];
        (BarSeries Bars, BarSeries Finer) Of(Symbol symbol, double price, double low) => (
            Bars(symbol, Interval.FourHours, Flat(price), Flat(price), (price, price, low, price)),
            Hours(symbol, [.. flat.Select(_ => Flat(price)), Move(price, low), Flat(low), Flat(low), Move(low, price)]));
        var (ether, etherHours) = Of(Eth, 50, 47);
        var (bitcoin, bitcoinHours) = Of(Btc, 100, 94);
        var held = Scripted(ether, 0.5m, 20, (0, Decision.Long));
        var other = Scripted(bitcoin, 0.4m, 20, (0, Decision.Long));

        var coarse = new PortfolioBacktester(Cross).Run([held, other]);
        var half = new PortfolioBacktester(Cross).Run([held with { FinerBars = etherHours }, other]);
        var fine = new PortfolioBacktester(Cross).Run([held with { FinerBars = etherHours }, other with { FinerBars = bitcoinHours }]);

        coarse.Fills.Told().Should().Equal((Eth, Side.Buy, 2_000m, 50m, false), (Btc, Side.Buy, 800m, 100m, false));
        // Bitcoin's longer bar is traded inside when it ends, and the ethers then have the price before that instant, 47: (10,000 - 6,000 - 376 - 80,000) / -796.8 = 95.85.
        half.Fills.Skip(2).Told().Should().Equal((Btc, Side.Sell, 800m, 95.8m, true), (Eth, Side.Sell, 2_000m, 47m, true));
        fine.Fills.Skip(2).Told().Should().Equal((Eth, Side.Sell, 2_000m, 47m, true), (Btc, Side.Sell, 800m, 94m, true));
        fine.Fills.Skip(2).Should().OnlyContain(fill => fill.Time == CycleBars.Start.AddHours(9).AddMilliseconds(-1));
        fine.Statistics.FinalBalance.Should().Be(0m);
    }

    [Fact]
    public void Run_FinerBarsOfAnotherMarketOrInterval_AreRefused()
    {
        Refusal(Hours(Eth, Flat(50))).Should().Throw<ArgumentException>().WithMessage("Expected finer bars of BTCUSDT, found ETHUSDT.*");
        Refusal(Days).Should().Throw<ArgumentException>().WithMessage("Expected finer bars of BTCUSDT with an interval that divides 1d, found 1d.*");

        static Action Refusal(BarSeries finer) => () => new PortfolioBacktester(Free).Run([Idle, Stopped(finer)]);
    }

    [Fact]
    public void Run_PartsThatContradictTheDay_AreRefused() =>
        FluentActions.Invoking(() => new PortfolioBacktester(Free).Run([Idle, Stopped(Eights(Flat(100), Flat(100), Flat(100), (100, 100, 86, 95), Flat(95), Flat(95)))]))
            .Should().Throw<BarDataException>()
            .WithMessage("The 1d bar of BTCUSDT at 2026-03-02 00:00:00Z has the low 85, its 3 bars of 8h have 86; expected them to agree within 0.001 %.");

    [Fact]
    public void Run_ContradictionWhereNothingIsHeld_IsNotLookedFor() =>
        new PortfolioBacktester(Free).Run([Idle, Stopped(Eights(Flat(7), Flat(7), Flat(7), (100, 100, 85, 95), Flat(95), Flat(95), Flat(7), Flat(7), Flat(7)))])
            .Statistics.FinalBalance.Should().Be(9_500m);

    [Fact]
    public void Run_ContradictionInAQuietDayWithAPosition_MattersToOtherMarketsOnly()
    {
        // Held over the third day, in which nothing happens to it.
        var market = Scripted(Bars(Btc, Interval.OneDay, Flat(100), Flat(100), Flat(100)), 0.1m, 1, (0, Decision.Long)) with
        {
            FinerBars = Eights(Flat(100), Flat(100), Flat(100), Flat(100), Flat(100), Flat(100), Flat(7), Flat(7), Flat(7)),
        };

        new PortfolioBacktester(Free).Run([market]).Statistics.FinalBalance.Should().Be(10_000m);
        FluentActions.Invoking(() => new PortfolioBacktester(Free).Run([market, Idle])).Should().Throw<BarDataException>().WithMessage("*BTCUSDT at 2026-03-03 00:00:00Z has the open 100,*");
    }

    // Half of 10,000 buys 50 at 100; a payment of 1 % on them is 50.
    private static PortfolioMarket Stopped(BarSeries? finer) => new()
    {
        Bars = Days,
        Strategy = new LongAtFirst(),
        Trade = SettingsOf(Btc) with { PositionFraction = 0.5m, StopLoss = 0.1m },
        Funding = FundingSchedule.Fixed(0.01m),
        FinerBars = finer,
    };

    private static BarSeries Eights(params (double Open, double High, double Low, double Close)?[] bars) => Bars(Btc, Interval.EightHours, bars);
}
