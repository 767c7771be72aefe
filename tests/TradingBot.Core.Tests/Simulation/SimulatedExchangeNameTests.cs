using TradingBot.Simulation;
using TradingBot.Trading;
using Side = TradingBot.Market.Side;

namespace TradingBot.Core.Tests.Simulation;

/// <summary>Orders whose ids are not texts yet, next to orders with texts of their owners.</summary>
public sealed class SimulatedExchangeNameTests
{
    private const string Longest = "aZ09.:/_-0123456789012345678901234xy";
    private static readonly ClientOrderIds Ids = new("bot", Rig.Btc);
    private readonly Rig _rig = new();

    [Fact]
    public void Fills_NamesTextsAndOtherBots_TellEachOrdersId()
    {
        var other = new ClientOrderIds("other", Rig.Btc);
        var read = Named(Ids.NameOf(Rig.Start, OrderLeg.Trim, 12));
        read.ClientOrderId.Should().Be(Ids.For(Rig.Start, OrderLeg.Trim, 12));
        _rig.Flat(100);
        OrderRequest[] orders =
        [
            Written(Longest), Named(Ids.NameOf(Rig.Start, OrderLeg.Entry)), Named(other.NameOf(Rig.Start, OrderLeg.Entry)), Written("x"),
            Named(Ids.NameOf(DateTimeOffset.MinValue, OrderLeg.Stop, 99)), read, Named(Ids.NameOf(DateTimeOffset.MaxValue, OrderLeg.Close)),
        ];

        Array.ForEach(orders, order => _rig.Submit(order).Status.Should().Be(OrderStatus.New));
        _rig.Flat(100);

        string[] expected =
        [
            Longest, Ids.For(Rig.Start, OrderLeg.Entry), other.For(Rig.Start, OrderLeg.Entry), "x",
            Ids.For(DateTimeOffset.MinValue, OrderLeg.Stop, 99), Ids.For(Rig.Start, OrderLeg.Trim, 12), Ids.For(DateTimeOffset.MaxValue, OrderLeg.Close),
        ];
        _rig.Exchange.Fills.Select(fill => fill.ClientOrderId).Should().Equal(expected);
        expected.Should().AllSatisfy(id => _rig.Exchange.Find(Rig.Btc, id)!.Status.Should().Be(OrderStatus.Filled));
    }

    [Fact]
    public void Fills_TwoMarkets_KeepTheNamesOfEach()
    {
        var listings = new[] { Rig.Btc, Rig.Eth }.Select(symbol => new MarketListing(Rig.InfoOf(symbol))).ToArray();
        var exchange = new SimulatedExchange(Rig.Free() with { Markets = listings });
        var eth = new ClientOrderIds("bot", Rig.Eth);
        exchange.AdvanceTick(Rig.Btc, Rig.Start, 100);
        exchange.AdvanceTick(Rig.Eth, Rig.Start, 100);

        exchange.Submit(new OrderRequest(Rig.Btc, Side.Buy, OrderType.Market, Ids.NameOf(Rig.Start, OrderLeg.Entry)) { Quantity = 1 });
        exchange.Submit(new OrderRequest(Rig.Eth, Side.Sell, OrderType.Market, eth.NameOf(Rig.Start, OrderLeg.Entry)) { Quantity = 1 });
        exchange.AdvanceTick(Rig.Btc, Rig.Start, 100);
        exchange.AdvanceTick(Rig.Eth, Rig.Start, 100);

        exchange.Fills.Select(fill => (fill.Symbol, fill.Side, fill.ClientOrderId)).Should().Equal(
            (Rig.Btc, Side.Buy, Ids.For(Rig.Start, OrderLeg.Entry)), (Rig.Eth, Side.Sell, eth.For(Rig.Start, OrderLeg.Entry)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Submit_NameOfAnOpenOrder_IsRejectedHoweverItIsGiven(bool isTextFirst)
    {
        var (text, name) = (Written(Ids.For(Rig.Start, OrderLeg.Stop, 1)), Named(Ids.NameOf(Rig.Start, OrderLeg.Stop, 1)));
        var (first, second) = isTextFirst ? (text, name) : (name, text);

        _rig.Submit(first).Status.Should().Be(OrderStatus.New);

        _rig.Submit(second).RejectReason.Should().Be(RejectReason.DuplicateClientOrderId);
        _rig.Submit(Named(Ids.NameOf(Rig.Start, OrderLeg.Stop, 2))).Status.Should().Be(OrderStatus.New);
    }

    [Fact]
    public void FindAndCancel_Named_AreByItsText()
    {
        var id = Ids.For(Rig.Start, OrderLeg.Entry);
        _rig.Submit(Named(Ids.NameOf(Rig.Start, OrderLeg.Entry)));
        _rig.Submit(Named(Ids.NameOf(Rig.Start, OrderLeg.Exit)));

        _rig.Exchange.Find(Rig.Btc, id)!.Status.Should().Be(OrderStatus.New);
        _rig.Exchange.Cancel(Rig.Btc, id)!.Status.Should().Be(OrderStatus.Canceled);

        _rig.Exchange.Find(Rig.Btc, id)!.Status.Should().Be(OrderStatus.Canceled);
        _rig.Exchange.OpenOrdersOf(Rig.Btc).Should().ContainSingle().Which.ClientOrderId.Should().Be(Ids.For(Rig.Start, OrderLeg.Exit));
        _rig.Exchange.Find(Rig.Btc, Ids.For(Rig.Start, OrderLeg.Stop)).Should().BeNull();
    }

    [Fact]
    public void Find_NameUsedAgain_IsTheLatestOrder()
    {
        var name = Ids.NameOf(Rig.Start, OrderLeg.Entry);
        _rig.Flat(100);
        _rig.Submit(Named(name));
        _rig.Flat(100);
        _rig.Submit(Named(name) with { Quantity = 2 });

        _rig.Exchange.Find(Rig.Btc, name.ToString()).Should().BeEquivalentTo(new { Status = OrderStatus.New, ExchangeOrderId = "2" });
        _rig.Flat(100);

        _rig.Exchange.Find(Rig.Btc, name.ToString()).Should().BeEquivalentTo(new { Status = OrderStatus.Filled, ExchangeOrderId = "2", FilledQuantity = 2m });
    }

    [Fact]
    public void Find_ExpiredWithAReason_TellsIt()
    {
        _rig.Open(Side.Buy, 1, 100);
        _rig.Submit(Named(Ids.NameOf(Rig.Start, OrderLeg.Exit)) with { Side = Side.Sell, ReduceOnly = true });
        _rig.Market(Side.Sell, 1, reduceOnly: true, id: "late");
        _rig.Exchange.Find(Rig.Btc, "late").Should().BeNull("nothing is left to reduce");
        var stop = _rig.Stop(Side.Sell, 90, 1, reduceOnly: true);
        _rig.Exchange.Find(Rig.Btc, stop.ClientOrderId)!.Message.Should().BeNull();

        _rig.Bar(100, 100, 80, 80);

        _rig.Find(stop).Should().BeEquivalentTo(new
        {
            Status = OrderStatus.Expired,
            RejectReason = RejectReason.ReduceOnly,
            Message = "Reduce-only Sell: a position of 0 leaves nothing to reduce.",
            FilledQuantity = 0m,
            AveragePrice = (decimal?)null,
        });
    }

    private static OrderRequest Named(in OrderName name) => new(Rig.Btc, Side.Buy, OrderType.Market, name) { Quantity = 1 };

    private static OrderRequest Written(string id) => new() { Symbol = Rig.Btc, Side = Side.Buy, Type = OrderType.Market, ClientOrderId = id, Quantity = 1 };
}
