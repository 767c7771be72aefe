using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Simulation;

public sealed class SimulatedExchangeLiquidationTests
{
    [Theory]
    [InlineData(0.020, 49156.63)]
    [InlineData(-0.020, 73147.41)]
    public void LiquidationPrice_DocumentedExamples_AreMet(double quantity, double expected)
    {
        MarginTiers.Typical.LiquidationPrice((decimal)quantity, 61_200, 244.80m)!.Value.Should().BeApproximately((decimal)expected, 0.005m);
    }

    [Fact]
    public void LiquidationPrice_InAHigherStep_UsesThatStep()
    {
        var tiers = MarginTiers.FromRates((1_000, 0.004m, 100), (10_000, 0.01m, 50));

        // Entry at 1,200 of notional value, at the price below; the second step takes 1,000 x (0.01 - 0.004) = 6 off.
        tiers.LiquidationPrice(1, 1_200, 120).Should().Be((120m + 6 - 1_200) / (0.01m - 1));
        tiers.LiquidationPrice(1, 1_000, 100).Should().Be((100m - 1_000) / (0.004m - 1));
        tiers.LiquidationPrice(1, 1_000, 1_000).Should().BeNull("the margin covers a fall to 0");
        tiers.LiquidationPrice(0, 0, 100).Should().BeNull();
    }

    [Fact]
    public void Tiers_Lookups_FollowTheSteps()
    {
        var tiers = MarginTiers.FromRates((1_000, 0.004m, 100), (10_000, 0.01m, 50));

        tiers.TierOf(1_000).MaxLeverage.Should().Be(100);
        tiers.TierOf(1_000.01m).Should().Be(new MarginTier(1_000, 10_000, 0.01m, 6, 50));
        tiers.MaintenanceMargin(1_000).Should().Be(4);
        tiers.MaintenanceMargin(2_000).Should().Be(14);
        tiers.MaxNotional(50).Should().Be(10_000);
        tiers.MaxNotional(51).Should().Be(1_000);
        tiers.MaxNotional(101).Should().Be(0);
        MarginTiers.Typical.TierOf(200_000).Should().Be(new MarginTier(100_000, 800_000, 0.005m, 100, 100), "as the exchange documents");
    }

    [Fact]
    public void Tiers_NotFitting_AreRefused()
    {
        Action[] faults =
        [
            () => _ = new MarginTiers([]),
            () => MarginTiers.FromRates((1_000, 0.004m, 100), (900, 0.01m, 50)),
            () => MarginTiers.FromRates((1_000, 0.01m, 100), (2_000, 0.004m, 50)),
            () => MarginTiers.FromRates((1_000, 0.004m, 50), (2_000, 0.01m, 100)),
            () => MarginTiers.FromRates((1_000, 0m, 50)),
            () => _ = new MarginTiers([new MarginTier(10, 20, 0.01m, 0, 10)]),
        ];

        faults.Should().AllSatisfy(fault => fault.Should().Throw<ArgumentException>());
    }

    [Fact]
    public void Advance_IsolatedLongFallsToItsPrice_LosesItsMarginAndNoMore()
    {
        var rig = RigOf(MarginMode.Isolated, 5);
        rig.Open(Side.Buy, 0.020m, 61_200);
        rig.Exchange.RiskOf(Rig.Btc).Should().BeEquivalentTo(new { IsolatedWallet = 244.80m, InitialMargin = 244.80m, MaintenanceMargin = 4.896m, UnrealizedProfit = 0m });
        rig.Exchange.RiskOf(Rig.Btc).LiquidationPrice!.Value.Should().BeApproximately(49_156.63m, 0.005m);

        rig.Bar(60_000, 60_500, 49_157, 50_000);
        rig.Position.Quantity.Should().Be(0.020m);
        rig.Bar(50_000, 50_500, 49_000, 50_000);

        rig.Position.Should().Be(Position.Flat);
        rig.Exchange.Fills[1].Should().BeEquivalentTo(new
        {
            IsLiquidation = true,
            Side = Side.Sell,
            Price = 49_156.6m,
            Quantity = 0.020m,
            RealizedProfit = -240.868m,
            Fee = 0m,
            ClientOrderId = "autoclose-2",
        });
        rig.Exchange.Ledger.Select(entry => (entry.Kind, entry.Amount)).Should().Equal(
            (LedgerEntryKind.RealizedProfit, -240.868m), (LedgerEntryKind.LiquidationFee, -3.932m));
        rig.Exchange.Balance.Should().Be(10_000 - 244.80m);
    }

    [Fact]
    public void Advance_SmallLiquidationFee_LeavesTheRest()
    {
        var options = RigOf(MarginMode.Isolated, 5).Exchange.Options;
        var rig = new Rig(options with { Markets = [options.Markets[0] with { LiquidationFeeRate = 0.001m }] });
        rig.Open(Side.Buy, 0.020m, 61_200);

        rig.Bar(60_000, 60_500, 49_000, 50_000);

        rig.Exchange.Balance.Should().Be(10_000 - 240.868m - 0.983132m);
    }

    [Fact]
    public void Advance_IsolatedShortRisesToItsPrice_IsLiquidatedAboveIt()
    {
        var rig = RigOf(MarginMode.Isolated, 5);
        rig.Open(Side.Sell, 0.020m, 61_200);

        rig.Bar(62_000, 74_000, 61_000, 61_500);

        rig.Exchange.Fills[1].Should().BeEquivalentTo(new { IsLiquidation = true, Side = Side.Buy, Price = 73_147.5m });
        rig.Exchange.Balance.Should().Be(10_000 - 244.80m);
    }

    [Fact]
    public void Advance_OpenGapsBeyondBankruptcy_TheInsuranceFundTakesTheRest()
    {
        var rig = RigOf(MarginMode.Isolated, 5);
        rig.Open(Side.Buy, 0.020m, 61_200);

        rig.Bar(40_000, 41_000, 39_000, 40_000);

        rig.Exchange.Ledger.Select(entry => (entry.Kind, entry.Amount)).Should().Equal(
            (LedgerEntryKind.RealizedProfit, -424m), (LedgerEntryKind.Insurance, 179.2m));
        rig.Exchange.Balance.Should().Be(10_000 - 244.80m);
    }

    [Fact]
    public void Advance_CrossLong_CanLoseTheWholeBalanceButNoMore()
    {
        var rig = RigOf(MarginMode.Cross, 10, balance: 1_000);
        rig.Open(Side.Buy, 0.1m, 61_200);
        rig.Exchange.RiskOf(Rig.Btc).LiquidationPrice!.Value.Should().BeApproximately(51_405.62m, 0.005m);
        rig.Exchange.AvailableBalance.Should().Be(388);

        rig.Bar(60_000, 60_000, 51_000, 55_000);

        rig.Exchange.Fills[1].Price.Should().Be(51_405.6m);
        rig.Exchange.Balance.Should().Be(0);
        rig.LedgerShouldAddUp();
    }

    [Theory]
    [InlineData(50_000, 50_000, false)]
    [InlineData(49_000, 49_156.6, true)]
    public void Advance_StopAndLiquidationInOneBar_TheNearerToTheOpenHappens(int trigger, decimal price, bool liquidated)
    {
        var rig = RigOf(MarginMode.Isolated, 5);
        rig.Open(Side.Buy, 0.020m, 61_200);
        var stop = rig.Stop(Side.Sell, trigger);

        rig.Bar(60_000, 60_000, 45_000, 50_000);

        rig.Exchange.Fills[1].Should().BeEquivalentTo(new { Price = price, IsLiquidation = liquidated });
        rig.Find(stop).Status.Should().Be(liquidated ? OrderStatus.Expired : OrderStatus.Filled);
    }

    [Fact]
    public void Advance_Liquidated_OpenOrdersOfTheSymbolExpire()
    {
        var rig = RigOf(MarginMode.Isolated, 5);
        rig.Open(Side.Buy, 0.020m, 61_200);
        var limit = rig.Limit(Side.Buy, 0.01m, 48_000);

        rig.Bar(60_000, 60_000, 45_000, 50_000);

        rig.Find(limit).Should().BeEquivalentTo(new { Status = OrderStatus.Expired, Message = "The position was liquidated." });
        rig.Exchange.Fills.Should().HaveCount(2);
    }

    [Fact]
    public void Advance_MarketExitPendingWhileTheOpenGapsDown_TheExitFillsWithinTheMargin()
    {
        var rig = RigOf(MarginMode.Isolated, 5);
        rig.Open(Side.Buy, 0.020m, 61_200);
        rig.Market(Side.Sell, 0.020m, reduceOnly: true);

        rig.Flat(40_000);

        rig.Exchange.Fills[1].Should().BeEquivalentTo(new { IsLiquidation = false, Price = 40_000m });
        rig.Exchange.Balance.Should().Be(10_000 - 244.80m);
    }

    [Fact]
    public void Advance_RestingLimitFilledFarAboveTheOpen_IsLiquidatedThere()
    {
        var rig = RigOf(MarginMode.Isolated, 10);
        rig.Flat(61_200);
        rig.Limit(Side.Buy, 0.1m, 60_000);

        rig.Bar(50_000, 51_000, 49_000, 50_000);

        rig.Exchange.Fills.Select(fill => (fill.Price, fill.IsLiquidation)).Should().Equal((60_000, false), (50_000, true));
        rig.Exchange.Balance.Should().Be(10_000 - 600);
    }

    [Fact]
    public void Advance_TwoCrossPositions_LeanOnEachOther()
    {
        var options = RigOf(MarginMode.Cross, 10, balance: 1_000).Exchange.Options;
        var rig = new Rig(options with { Markets = [options.Markets[0], new MarketListing(Rig.InfoOf(Rig.Eth))] });
        Both(rig, 50_000, 2_000);
        rig.Market(Side.Buy, 0.08m);
        rig.Submit(new OrderRequest { Symbol = Rig.Eth, Side = Side.Buy, Type = OrderType.Market, ClientOrderId = "eth", Quantity = 2 });
        Both(rig, 50_000, 2_000);

        // 10,000 x 0.08 is lost on one; what is left is below both maintenance margins but for the 300 that the other gains.
        Both(rig, 40_000, 2_150);
        rig.Exchange.Fills.Should().HaveCount(2);
        rig.Exchange.Equity.Should().Be(500);

        // Without a move of its own, the other takes both down.
        rig.Bar(Rig.Eth, TimeSpan.FromHours(1), 1_900, 1_900, 1_900, 1_900);

        rig.Exchange.Fills.Skip(2).Should().OnlyContain(fill => fill.IsLiquidation).And.HaveCount(2);
        rig.Exchange.Balance.Should().Be(0);
        rig.LedgerShouldAddUp();
    }

    private static void Both(Rig rig, double btc, double eth)
    {
        rig.Flat(btc);
        rig.Now -= TimeSpan.FromHours(1);
        rig.Bar(Rig.Eth, TimeSpan.FromHours(1), eth, eth, eth, eth);
    }

    private static Rig RigOf(MarginMode mode, int leverage, decimal balance = 10_000) =>
        new(Rig.Free() with { MarginMode = mode, Leverage = leverage, InitialBalance = balance });
}
