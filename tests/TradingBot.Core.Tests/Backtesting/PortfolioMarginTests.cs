using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Strategies;
using TradingBot.Trading;
using static TradingBot.Core.Tests.Backtesting.PortfolioCases;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>What markets do to each other through the account that they share, worked out by hand: bitcoin at 100 and ether at 50, without costs.</summary>
public sealed class PortfolioMarginTests
{
    private static readonly PortfolioOptions Cross = Free with { MarginMode = MarginMode.Cross };

    [Fact]
    public void Run_MarginHeldByAnotherMarket_RefusesTheEntry()
    {
        // 8,000 of 10,000 stand behind the bitcoins; the ethers would need another 8,000.
        var result = new PortfolioBacktester(Free).Run(
        [
            Scripted(Hours(Btc, Flat(100), Flat(100), Flat(100), Flat(100)), 0.8m, 1, (0, Decision.Long)),
            Scripted(Hours(Eth, Flat(50), Flat(50), Flat(50), Flat(50)), 0.8m, 1, (1, Decision.Long)),
        ]);

        result.Fills.Told().Should().Equal((Btc, Side.Buy, 80m, 100m, false));
        result.Markets[0].Denials.Should().BeEmpty();
        result.Markets[1].Denials.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("rejected: InsufficientMargin", 1));
    }

    [Fact]
    public void Run_MarginForOneOfTwoEntries_GoesToTheMarketListedFirst()
    {
        // Both are accepted while nothing is held; the first to fill takes the margin.
        PortfolioMarket[] markets =
        [
            Scripted(Hours(Btc, Flat(100), Flat(100), Flat(100)), 0.8m, 1, (0, Decision.Long)),
            Scripted(Hours(Eth, Flat(50), Flat(50), Flat(50)), 0.8m, 1, (0, Decision.Long)),
        ];

        var first = new PortfolioBacktester(Free).Run(markets);
        var turned = new PortfolioBacktester(Free).Run([markets[1], markets[0]]);

        first.Fills.Told().Should().Equal((Btc, Side.Buy, 80m, 100m, false));
        first.Markets[1].Denials.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("expired: InsufficientMargin", 1));
        turned.Fills.Told().Should().Equal((Eth, Side.Buy, 160m, 50m, false));
        turned.Markets[1].Denials.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("expired: InsufficientMargin", 1));
    }

    [Theory]
    [InlineData(MarginMode.Isolated)]
    [InlineData(MarginMode.Cross)]
    public void Run_PositionElsewhereInProfit_CountsInTheSize(MarginMode mode)
    {
        // A tenth of 10,000 buys 10 bitcoins; at 200 they have earned 1,000, so a tenth of 11,000 buys 22 ethers.
        var result = new PortfolioBacktester(Free with { MarginMode = mode }).Run(
        [
            Scripted(Hours(Btc, Flat(100), Flat(100), Move(100, 200), Flat(200), Flat(200)), 0.1m, 1, (0, Decision.Long)),
            Scripted(Hours(Eth, Flat(50), Flat(50), Flat(50), Flat(50), Move(50, 60)), 0.1m, 1, (2, Decision.Long)),
        ]);

        result.Fills.Told().Should().Equal((Btc, Side.Buy, 10m, 100m, false), (Eth, Side.Buy, 22m, 50m, false));
        result.Equity.ToArray().Should().Equal(10_000, 10_000, 11_000, 11_000, 11_220);
        result.Markets.Select(market => market.Contribution).Should().Equal(0.1, 0.022);
        result.Markets.Select(market => market.NetProfit).Should().Equal(1_000m, 220m);
        result.Statistics.TotalReturn.Should().BeApproximately(0.122, 1e-12);
        result.Statistics.FinalBalance.Should().Be(10_000m);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_ProfitElsewhere_CarriesACrossPositionThatWouldBeLiquidatedAlone(bool isTurned)
    {
        // 2,000 ethers at 50, down by 12,000 at 44; 200 bitcoins, up by 4,000 the bar before.
        var ether = Scripted(
            Hours(Eth, Flat(50), Flat(50), Flat(50), Move(50, 44), Move(44, 50), Flat(50)), 0.5m, 20, (0, Decision.Long), (4, Decision.Close));
        var bitcoin = Scripted(
            Hours(Btc, Flat(100), Flat(100), Move(100, 120), Flat(120), Flat(120), Flat(120)), 0.1m, 20, (0, Decision.Long), (4, Decision.Close));

        var alone = new PortfolioBacktester(Cross).Run([ether]);
        var both = new PortfolioBacktester(Cross).Run(isTurned ? [bitcoin, ether] : [ether, bitcoin]);

        // Alone: (10,000 - 2,000 x 50) / (2,000 x 0.004 - 2,000) = 45.18, on the tick below; the fee takes the 200 that are left.
        alone.Fills.Told().Should().Equal((Eth, Side.Buy, 2_000m, 50m, false), (Eth, Side.Sell, 2_000m, 45.1m, true));
        alone.Statistics.FinalBalance.Should().Be(0m);
        both.Fills.Should().NotContain(fill => fill.IsLiquidation);
        both.Equity.ToArray().Should().Equal(10_000, 10_000, 14_000, 2_000, 14_000, 14_000);
        both.Statistics.FinalBalance.Should().Be(14_000m);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_ProfitElsewhereInTheSameBar_ComesTooLate(bool isTurned)
    {
        // Inside the bar the bitcoins are still worth their open: their maintenance margin of 80 is taken off, their profit is not added.
        var ether = Scripted(Hours(Eth, Flat(50), Flat(50), Move(50, 44), Flat(44)), 0.5m, 20, (0, Decision.Long));
        var bitcoin = Scripted(Hours(Btc, Flat(100), Flat(100), Move(100, 120), Flat(120)), 0.1m, 20, (0, Decision.Long));

        var result = new PortfolioBacktester(Cross).Run(isTurned ? [bitcoin, ether] : [ether, bitcoin]);

        // (9,920 - 100,000) / -1,992 = 45.22; what is left, 400, goes to the fee. The bitcoins then stand on nothing and are closed at their open.
        result.Fills.Where(fill => fill.IsLiquidation).Told().Should().Equal((Eth, Side.Sell, 2_000m, 45.2m, true), (Btc, Side.Sell, 200m, 100m, true));
        result.Statistics.FinalBalance.Should().Be(0m);
        result.Markets.Select(market => market.Liquidations).Should().Equal(1, 1);
    }

    [Fact]
    public void Run_LossInsideABar_LiquidatesAnIsolatedPositionAndNotACrossOne()
    {
        // 200 ethers on 1,000: liquidated at (1,000 - 10,000) / -199.2 = 45.18. The cross wallet carries the loss.
        PortfolioMarket[] markets =
        [
            Scripted(Hours(Btc, Flat(100), Flat(100), Flat(100), Flat(100)), 0.1m, 10, (0, Decision.Long)),
            Scripted(Hours(Eth, Flat(50), Flat(50), Move(50, 44), Flat(44)), 0.1m, 10, (0, Decision.Long)),
        ];

        var isolated = new PortfolioBacktester(Free).Run(markets);
        var cross = new PortfolioBacktester(Cross).Run(markets);

        // 980 are lost, and the fee takes the 20 that are left of the margin.
        isolated.Fills[^1].Should().BeEquivalentTo(new { Symbol = Eth, Price = 45.1m, IsLiquidation = true });
        isolated.Statistics.FinalBalance.Should().Be(9_000m);
        cross.Fills.Should().HaveCount(2).And.NotContain(fill => fill.IsLiquidation);
        cross.Equity.Span[^1].Should().Be(8_800);
    }

    [Fact]
    public void Run_LossBeyondTheMargin_LiquidatesTheOtherPositionInCrossModeOnly()
    {
        // The ethers open at 40, 20,000 below their entry.
        PortfolioMarket[] markets =
        [
            Scripted(Hours(Btc, Flat(100), Flat(100), Flat(100), Flat(100)), 0.1m, 20, (0, Decision.Long), (2, Decision.Close)),
            Scripted(Hours(Eth, Flat(50), Flat(50), Flat(40), Flat(40)), 0.5m, 20, (0, Decision.Long)),
        ];

        var isolated = new PortfolioBacktester(Free).Run(markets);
        var cross = new PortfolioBacktester(Cross).Run(markets);

        isolated.Fills.Skip(2).Told().Should().Equal((Eth, Side.Sell, 2_000m, 40m, true), (Btc, Side.Sell, 200m, 100m, false));
        isolated.Statistics.FinalBalance.Should().Be(5_000m);
        cross.Fills.Skip(2).Told().Should().Equal((Eth, Side.Sell, 2_000m, 40m, true), (Btc, Side.Sell, 200m, 100m, true));
        cross.Statistics.FinalBalance.Should().Be(0m);
        cross.Warnings.Should().Equal(
            "BTCUSDT: The exchange liquidated the position 1 time(s): the leverage is too high for the stop.",
            "ETHUSDT: The exchange liquidated the position 1 time(s): the leverage is too high for the stop.");
    }

    [Fact]
    public void Run_LossesOfTwoMarketsTogether_TripTheDrawdownLimitOfTheAccount()
    {
        // Half of the account in each; both lose 12 per cent of it, 6 each of the whole, in the bar of 02:00.
        PortfolioMarket[] markets =
        [
            Scripted(Hours(Btc, Flat(100), Flat(100), Move(100, 88), Flat(90), Flat(90), Flat(90)), 0.4m, 1, (0, Decision.Long), (3, Decision.Long), (4, Decision.Long)),
            Scripted(Hours(Eth, Flat(50), Flat(50), Move(50, 44), Flat(44), Flat(44), Flat(44)), 0.4m, 1, (0, Decision.Long), (3, Decision.Long), (4, Decision.Long)),
        ];

        var one = new PortfolioBacktester(Free with { MaxDrawdown = 0.09m }).Run([markets[0]]);
        var both = new PortfolioBacktester(Free with { MaxDrawdown = 0.09m }).Run(markets);

        one.Fills.Should().ContainSingle();
        both.Equity.ToArray().Should().Equal(10_000, 10_000, 9_040, 9_120, 9_120, 9_120);
        both.Fills.Told().Should().Equal(
            (Btc, Side.Buy, 40m, 100m, false), (Eth, Side.Buy, 80m, 50m, false), (Btc, Side.Sell, 40m, 90m, false), (Eth, Side.Sell, 80m, 44m, false));
        both.Markets.SelectMany(market => market.Trades).Select(trade => trade.ExitReason).Should().Equal("the drawdown limit has tripped", "the drawdown limit has tripped");
        both.Warnings.Should().Equal("The account's drawdown limit tripped at 2026-03-01 03:00:00Z; nothing was entered after that.");
    }

    [Fact]
    public void Run_LossesWithinADay_TripTheDailyLimitOfTheAccount()
    {
        // Five per cent are lost around midnight, two before and three after; then three more within the day.
        (double, double, double, double)?[] before = [.. Enumerable.Repeat(Flat(100), 23)];
        PortfolioMarket[] markets =
        [
            Scripted(Hours(Btc, [.. before, Move(100, 95), Flat(95), Move(95, 87.5), Flat(87.5)]), 0.4m, 1, (0, Decision.Long)),
            Scripted(Hours(Eth, [.. before, Flat(100), Move(100, 92.5), Move(92.5, 92.5), Flat(92.5)]), 0.4m, 1, (0, Decision.Long)),
        ];

        var result = new PortfolioBacktester(Free with { MaxDailyLoss = 0.05m }).Run(markets);

        result.Equity.ToArray()[22..].Should().Equal(10_000, 9_800, 9_500, 9_200, 9_200);
        result.Warnings.Should().Equal("The account's daily loss limit tripped at 2026-03-02 02:00:00Z; nothing was entered after that.");
        result.Fills.Should().HaveCount(4);
    }
}
