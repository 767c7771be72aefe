using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Simulation;

public sealed class SimulatedExchangeCostTests
{
    private static readonly SimulatedExchangeOptions WithFees = Rig.Free() with { MakerFeeRate = 0.0002m, TakerFeeRate = 0.0005m };

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void Advance_TakerFill_TheFeeIsACostOnBothSides(Side side)
    {
        var rig = new Rig(WithFees);

        rig.Open(side, 2, 100);

        rig.Exchange.Fills.Should().ContainSingle().Which.Fee.Should().Be(0.1m);
        rig.Exchange.Ledger.Should().Equal(new LedgerEntry(Rig.Start.AddHours(1), Rig.Btc, LedgerEntryKind.Fee, -0.1m));
        rig.Exchange.Balance.Should().Be(9_999.9m);
    }

    [Fact]
    public void Advance_RoundTrip_BalanceIsStartPlusProfitLessFees()
    {
        var rig = new Rig(WithFees);
        rig.Open(Side.Sell, 2, 100);

        rig.Open(Side.Buy, 2, 90);

        rig.Exchange.Balance.Should().Be(10_000 + 20 - 0.1m - 0.09m);
        rig.LedgerShouldAddUp();
    }

    [Fact]
    public void Advance_MakerFill_PaysTheMakerFee()
    {
        var rig = new Rig(WithFees);
        rig.Flat(100);
        rig.Limit(Side.Buy, 2, 99);

        rig.Bar(100, 100, 98, 98);

        rig.Exchange.Fills.Should().ContainSingle().Which.Fee.Should().Be(0.0396m);
    }

    [Fact]
    public void Advance_FeeWithMoreThanEightDecimals_IsRoundedUp()
    {
        var rig = new Rig(Rig.Free() with { TakerFeeRate = 0.00033333m });

        rig.Open(Side.Buy, 0.501m, 100.1m);

        rig.Exchange.Fills[0].Fee.Should().Be(0.01671654m, "0.501 x 100.1 x 0.00033333 is 0.0167165328...");
    }

    [Fact]
    public void Advance_ProfitWithMoreThanEightDecimals_IsRoundedDown()
    {
        var rig = new Rig(Rig.Free() with { InitialBalance = 10_000 });
        rig.Open(Side.Buy, 1, 100);
        rig.Open(Side.Buy, 2, 100.1m);
        rig.Position.EntryPrice.Should().Be(100.0666666667m);

        rig.Open(Side.Sell, 0.5m, 101);
        rig.Open(Side.Sell, 2.5m, 99);

        rig.Exchange.Fills.Select(fill => fill.RealizedProfit).Should().Equal(0, 0, 0.46666666m, -2.66666667m);
        rig.LedgerShouldAddUp();
    }

    [Theory]
    [InlineData(Side.Buy, 100.1, 0.05)]
    [InlineData(Side.Sell, 99.9, 0.05)]
    public void Advance_FixedSlippage_WorsensMarketFillsToTheNextTick(Side side, decimal price, double cost)
    {
        var rig = new Rig(Rig.Free() with { Slippage = SlippageModel.Fixed(0.0003m) });

        rig.Open(side, 0.5m, 100);

        rig.Exchange.Fills[0].Price.Should().Be(price, "0.03 is rounded to a whole tick against the account");
        rig.Exchange.Fills[0].SlippageCost.Should().Be((decimal)cost);
    }

    [Fact]
    public void Advance_HalfSpread_WorsensTriggeredFillsButNoRestingLimit()
    {
        var rig = new Rig(Rig.Free() with { Slippage = SlippageModel.HalfSpread(0.4m) });
        rig.Flat(100);
        rig.Limit(Side.Buy, 1, 99);
        rig.Stop(Side.Sell, 97);

        rig.Bar(100, 100, 96, 96);

        rig.Exchange.Fills.Select(fill => (fill.Price, fill.SlippageCost)).Should().Equal((99, 0), (96.8m, 0.2m));
    }

    [Fact]
    public void Advance_TakingLimit_SlipsNoFurtherThanItsLimit()
    {
        var rig = new Rig(Rig.Free() with { Slippage = SlippageModel.HalfSpread(2m) });
        rig.Flat(100);
        rig.Limit(Side.Buy, 1, 100.5m);

        rig.Flat(100);

        rig.Exchange.Fills[0].Should().BeEquivalentTo(new { Price = 100.5m, SlippageCost = 0.5m, IsMaker = false });
    }

    [Fact]
    public void Advance_OpenOffTheTick_FillsAtTheNextTickAgainstTheAccount()
    {
        var rig = new Rig();

        rig.Open(Side.Buy, 1, 100.04m);

        rig.Exchange.Fills[0].Should().BeEquivalentTo(new { Price = 100.1m, SlippageCost = 0.06m });
    }

    [Fact]
    public void Options_ByDefault_CostsAreNotZero()
    {
        var options = new SimulatedExchangeOptions { Markets = [new MarketListing(Rig.InfoOf(Rig.Btc))] };

        options.Should().BeEquivalentTo(new { InitialBalance = 10_000m, MakerFeeRate = 0.0002m, TakerFeeRate = 0.0005m, Leverage = 1, MarginMode = MarginMode.Isolated });
        options.Slippage.Should().Be(SlippageModel.Fixed(0.0001m));
        options.Markets[0].LiquidationFeeRate.Should().Be(0.0125m);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        var options = Rig.Free();
        Action[] faults =
        [
            () => _ = options with { InitialBalance = -1 },
            () => _ = options with { TakerFeeRate = 1 },
            () => _ = options with { MakerFeeRate = -0.1m },
            () => _ = options with { Leverage = 0 },
            () => _ = options with { Leverage = 126 },
            () => _ = new MarketListing(Rig.InfoOf(Rig.Btc)) { LiquidationFeeRate = 1 },
            () => SlippageModel.Fixed(-0.1m),
            () => SlippageModel.Fixed(1),
            () => SlippageModel.HalfSpread(-1),
            () => _ = new SimulatedExchange(options with { Markets = [] }),
            () => _ = new SimulatedExchange(options with { Markets = [options.Markets[0], options.Markets[0]] }),
            () => _ = new SimulatedExchange(options with { Markets = [options.Markets[0], new MarketListing(Rig.InfoOf(Symbol.Parse("ETHUSDC")))] }),
        ];

        faults.Should().AllSatisfy(fault => fault.Should().Throw<ArgumentException>());
    }
}
