using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Strategies;
using static TradingBot.Core.Tests.Backtesting.PortfolioCases;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>Markets whose bars begin, end, pause and last differently.</summary>
public sealed class PortfolioAlignmentTests
{
    [Fact]
    public void Run_MarketBeginsLater_IsCashUntilThen()
    {
        var result = new PortfolioBacktester(Free).Run(
        [
            Scripted(Hours(Btc, Flat(100), Flat(100), Move(100, 110), Flat(110)), 0.1m, 1, (0, Decision.Long)),
            Scripted(Hours(Eth, null, null, Flat(50), Move(50, 75)), 0.1m, 1, (2, Decision.Long)),
        ]);

        // The ethers are bought with a tenth of 10,100, at 50.
        result.Fills.Told().Should().Equal((Btc, Side.Buy, 10m, 100m, false), (Eth, Side.Buy, 20.2m, 50m, false));
        result.Equity.ToArray().Should().Equal(10_000, 10_000, 10_100, 10_605);
        result.BuyAndHold.ToArray().Should().Equal(10_000, 10_000, 10_500, 13_000);
        result.Statistics.BuyAndHoldReturn.Should().BeApproximately(0.3, 1e-12);
        result.Markets[1].Exposure.Should().Be(0.5);
        result.Statistics.Exposure.Should().Be(0.75);
    }

    [Fact]
    public void Run_MarketPauses_KeepsItsPriceAndItsOrdersWait()
    {
        // Decided at the close of 01:00; there are no bars of 02:00 and 03:00, so the order meets the open of 04:00.
        var strategy = new Listener((1, Decision.Long), (2, Decision.Close), (3, Decision.Close));
        var result = new PortfolioBacktester(Free).Run(
        [
            Scripted(Hours(Btc, Flat(100), Flat(100), Flat(100), Flat(100), Flat(100), Flat(100)), 0.1m, 1),
            Scripted(Hours(Eth, Flat(50), Flat(50), null, null, Flat(40), Move(40, 44)), 0.1m, 1) with { Strategy = strategy },
        ]);

        // Sized by the close of 01:00: 1,000 / 50.
        result.Fills.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Symbol = Eth, Time = CycleBars.Start.AddHours(4), Quantity = 20m, Price = 40m });
        strategy.Asked.Should().Equal(0, 1, 4, 5);
        result.CloseTimes.Length.Should().Be(6);
        result.Equity.ToArray().Should().Equal(10_000, 10_000, 10_000, 10_000, 10_000, 10_080);
        result.Warnings.Should().Equal("ETHUSDT: 2 bars are missing in 1 gap; nothing could trade in them.");
    }

    [Fact]
    public void Run_PositionHeldOverAPause_IsValuedAtTheLastClose()
    {
        var result = new PortfolioBacktester(Free).Run(
        [
            Scripted(Hours(Btc, Flat(100), Flat(100), Flat(100), Flat(100)), 0.1m, 1),
            Scripted(Hours(Eth, Flat(50), Move(50, 55), null, Flat(60)), 0.1m, 1, (0, Decision.Long)),
        ]);

        result.Equity.ToArray().Should().Equal(10_000, 10_100, 10_100, 10_200);
    }

    [Fact]
    public void Run_MarketEndsWithAPosition_KeepsItsValueAndSaysSo()
    {
        var result = new PortfolioBacktester(Free).Run(
        [
            Scripted(Hours(Btc, Flat(100), Flat(100), Flat(100), Flat(100)), 0.95m, 1, (2, Decision.Long)),
            Scripted(Hours(Eth, Flat(50), Move(50, 60)), 0.1m, 1, (0, Decision.Long), (1, Decision.Close)) with { Funding = FundingSchedule.Fixed(0.01m, TimeSpan.FromHours(1)) },
        ]);

        // The order to close never meets a price; the margin of 1,000 stays bound, so 9,500 for bitcoins are refused.
        result.Equity.ToArray().Should().Equal(10_000, 10_200, 10_200, 10_200);
        result.Markets[1].Trades.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            IsOpen = true,
            GrossProfit = 200m,
            ExitTime = CycleBars.Start.AddHours(2),
            BarsHeld = 0,
        });
        result.Markets[0].Denials.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("rejected: InsufficientMargin", 1));
        result.Warnings.Should().Equal("ETHUSDT: its bars end at 2026-03-01 02:00:00Z with a position held, which is valued at the last close from then on and pays no funding.");
    }

    [Fact]
    public void Run_BarsOfDifferentLengths_EachMeetsItsOwnNextOpen()
    {
        // A daily market beside one of twelve hours. The daily order of the first day fills at the open of the second, and is worth that open at noon.
        var daily = Scripted(
            Bars(Eth, Interval.OneDay, Flat(50), Move(60, 66), Flat(70)), 0.1m, 1, (0, Decision.Long), (24, Decision.Close));
        var halves = Scripted(
            Bars(Btc, Interval.TwelveHours, Flat(100), Flat(100), Move(100, 110), Move(110, 120), Flat(120), Flat(120)), 0.1m, 1, (12, Decision.Long), (24, Decision.Close));

        var result = new PortfolioBacktester(Free).Run([daily, halves]);

        result.Fills.Select(fill => (fill.Symbol, fill.Side, fill.Quantity, fill.Price, (fill.Time - CycleBars.Start).TotalHours)).Should().Equal(
            (Eth, Side.Buy, 20m, 60m, 24), (Btc, Side.Buy, 10m, 100m, 24), (Btc, Side.Sell, 10m, 110m, 36), (Eth, Side.Sell, 20m, 70m, 48));
        result.CloseTimes.ToArray().Should().Equal(Enumerable.Range(1, 6).Select(i => CycleBars.Start.AddHours(12 * i).ToUnixTimeMilliseconds()));
        result.Equity.ToArray().Should().Equal(10_000, 10_000, 10_100, 10_220, 10_300, 10_300);
        result.Statistics.Exposure.Should().BeApproximately(2 / 6d, 1e-12);
        result.Statistics.FinalBalance.Should().Be(10_300m);
    }

    [Fact]
    public void Run_FundingInsideALongBar_IsBookedWhenTheBarEnds()
    {
        // 20 ethers at 50 pay 10 at 08:00 and 16:00 of the second day.
        var daily = Scripted(Bars(Eth, Interval.OneDay, Flat(50), Flat(50), Flat(50)), 0.1m, 1, (0, Decision.Long), (24, Decision.Close)) with
        {
            Funding = FundingSchedule.Fixed(0.01m),
        };
        var halves = Scripted(Bars(Btc, Interval.TwelveHours, Flat(100), Flat(100), Flat(100), Flat(100), Flat(100), Flat(100)), 0.1m, 1);

        var result = new PortfolioBacktester(Free).Run([daily, halves]);

        result.Equity.ToArray().Should().Equal(10_000, 10_000, 10_000, 9_980, 9_970, 9_970);
        result.Markets[0].TotalFunding.Should().Be(-30m);
    }

    private sealed class Listener(params (int Hour, Decision Decision)[] script) : IStrategy
    {
        public List<int> Asked { get; } = [];

        public Decision Decide(in StrategyContext context)
        {
            var hour = (int)(context.BarOpenTime - CycleBars.Start).TotalHours;
            Asked.Add(hour);
            return script.FirstOrDefault(entry => entry.Hour == hour).Decision;
        }
    }
}
