using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TradingBot.Binance;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Tests.Client;

/// <summary>The protective stop over Binance's protocol, where stops are algo orders and one that closes the position is allowed once a side.</summary>
public sealed class BinanceProtectionTests
{
    private static readonly ClientOrderIds Ids = new("tradingbot", BinanceRig.Symbol);

    [Fact]
    public async Task RunCycleAsync_Entry_IsFollowedByAnAlgoOrderThatClosesThePosition()
    {
        await using var rig = await BinanceRig.StartAsync();

        var result = await CreateTrader(rig, Decision.Long).RunCycleAsync();

        result.Orders.Select(order => order.Status).Should().Equal(OrderStatus.Filled, OrderStatus.New);
        var algo = (await rig.Client.Orders.GetOpenConditionalAsync(BinanceRig.Symbol)).Should().ContainSingle().Subject;
        algo.Should().BeEquivalentTo(new { ClientAlgoId = Ids.For(result.BarOpenTime!.Value, OrderLeg.Stop), Side = "SELL", OrderType = "STOP_MARKET", ClosePosition = true });
    }

    [Fact]
    public async Task ProtectAsync_AverageEntryPriceChanged_ReplacesTheStopThatIsInTheWay()
    {
        await using var rig = await BinanceRig.StartAsync();
        using var trader = CreateTrader(rig, Decision.Long);
        var first = (await trader.RunCycleAsync()).Orders[1];
        rig.Server.AdvanceBars(3);
        await new BinanceOrderer(rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "by-hand"));

        var look = await trader.ProtectAsync();

        look.Stop!.Request.TriggerPrice.Should().BeGreaterThan(first.Request.TriggerPrice!.Value);
        look.Stop.Request.ClosePosition.Should().BeTrue();
        (await rig.Client.Orders.GetOpenConditionalAsync(BinanceRig.Symbol)).Should().ContainSingle()
            .Which.ClientAlgoId.Should().Be(look.Stop.ClientOrderId);
        (await trader.ProtectAsync()).Orders.Should().BeEmpty("what it reads back is right");
    }

    [Fact]
    public async Task ProtectAsync_StrangersClosingStop_IsLeftAloneAndOursNamesItsQuantity()
    {
        await using var rig = await BinanceRig.StartAsync();
        var orderer = new BinanceOrderer(rig.Client);
        using var trader = CreateTrader(rig, Decision.None);
        await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "by-hand"));
        await orderer.SubmitAsync(BinanceRig.Market(Side.Sell, 0, "by-hand-stop") with { Type = OrderType.StopMarket, TriggerPrice = 50_000m, ClosePosition = true });

        var look = await trader.ProtectAsync();

        look.Stop!.Request.Should().BeEquivalentTo(new { ClosePosition = false, ReduceOnly = true, Quantity = 0.02m, Side = Side.Sell });
        (await trader.ProtectAsync()).Orders.Should().BeEmpty();
        (await rig.Client.Orders.GetOpenConditionalAsync(BinanceRig.Symbol)).Should().HaveCount(2);
    }

    [Fact]
    public async Task RunCycleAsync_LimitEntryWaits_ItsStopIsTakenWithoutAPosition()
    {
        await using var rig = await BinanceRig.StartAsync();

        var result = await CreateTrader(rig, Decision.Long with { LimitPrice = 59_000m }).RunCycleAsync();

        result.Orders.Select(order => (order.Request.Type, order.Status)).Should().Equal((OrderType.Limit, OrderStatus.New), (OrderType.StopMarket, OrderStatus.New));
        result.Orders[1].Request.TriggerPrice.Should().Be(56_050m);
    }

    private static Trader CreateTrader(BinanceRig rig, Decision decision) => new(
        rig.Fetcher,
        new PersistencePredictor(rig.Server.Bars.Interval),
        new Fixed(decision),
        new BinanceOrderer(rig.Client),
        new InMemoryRiskStore(),
        rig.Time,
        new TraderMetrics(),
        Options.Create(new TradingBotOptions { Symbol = "BTCUSDT", Interval = rig.Server.Bars.Interval, PositionFraction = 0.3m, StopLoss = 0.05m }),
        NullLogger<Trader>.Instance);

    private sealed class Fixed(Decision decision) : IStrategy
    {
        public Decision Decide(in StrategyContext context) => decision;
    }
}
