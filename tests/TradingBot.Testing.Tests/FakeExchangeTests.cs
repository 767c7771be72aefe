using Microsoft.Extensions.DependencyInjection;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Testing.Tests;

public sealed class FakeExchangeTests
{
    private static readonly Symbol Btc = SampleSymbols.BtcUsdt.Symbol;

    [Fact]
    public async Task SubmitAsync_MarketAfterABar_FillsAtTheOpenOfTheNext()
    {
        using var exchange = new FakeExchange(SampleBars.FromCloses(100, 110, 120), closedBars: 2, options: Free());

        var order = await exchange.SubmitAsync(Buy("a", 10));

        (order.Status, order.AveragePrice).Should().Be((OrderStatus.Filled, 110m));
        exchange.Position.Should().Be(new Position(10, 110));
        exchange.Balance.Should().Be(10_000);
        exchange.AdvanceToNextBar().Should().BeTrue();
        exchange.Equity.Should().Be(10_100);
        exchange.AdvanceToNextBar().Should().BeFalse();
        exchange.Time.GetUtcNow().Should().Be(exchange.Bars.CloseTimeAt(2));
    }

    [Fact]
    public async Task AdvanceToNextBar_StopInside_IsFilledWithoutFurtherCalls()
    {
        using var exchange = new FakeExchange(SampleBars.FromCloses(100, 100), closedBars: 1, options: Free());
        await exchange.SubmitAsync(Buy("a", 10));
        await exchange.SubmitAsync(new OrderRequest
        {
            Symbol = Btc,
            Side = Side.Sell,
            Type = OrderType.StopMarket,
            ClientOrderId = "stop",
            TriggerPrice = 99.5m,
            ClosePosition = true,
        });
        exchange.OpenOrders.Should().ContainSingle();

        exchange.AdvanceToNextBar();

        exchange.Position.IsFlat.Should().BeTrue();
        exchange.Fills.Select(fill => fill.Price).Should().Equal(100, 99.5m);
        exchange.Ledger.Should().ContainSingle().Which.Amount.Should().Be(-5);
    }

    [Fact]
    public async Task AddBar_ScriptedBarByBar_IsReplayed()
    {
        using var exchange = new FakeExchange(SampleBars.FromCloses(100), options: Free());
        exchange.AddBar(101, 105, 101, 104);

        var order = await exchange.SubmitAsync(Buy("a", 1));
        exchange.AdvanceToNextBar();

        order.AveragePrice.Should().Be(101);
        (await exchange.FetchPriceAsync(Btc)).Last.Should().Be(104);
        exchange.Equity.Should().Be(10_003);
    }

    [Fact]
    public async Task Calls_Always_AreRemembered()
    {
        using var exchange = new FakeExchange(SampleBars.Rising(3));
        var order = Buy("a", 0.01m);

        await exchange.FetchPriceAsync(Btc);
        await exchange.SubmitAsync(order);
        await exchange.CancelAsync(new OrderQuery(Btc, "a"));

        exchange.Calls.Select(call => (call.Call, call.Number)).Should().Equal((ExchangeCall.FetchPrice, 1), (ExchangeCall.Submit, 1), (ExchangeCall.Cancel, 1));
        exchange.Orders.Should().Equal(order);
        exchange.Cancels.Should().Equal(new OrderQuery(Btc, "a"));
    }

    [Fact]
    public async Task SubmitAsync_AnswerLost_IsUnknownButTraded()
    {
        using var exchange = new FakeExchange(SampleBars.Rising(3), FaultPlan.LoseFirstOrderAnswer);

        (await exchange.SubmitAsync(Buy("a", 0.01m))).Status.Should().Be(OrderStatus.Unknown);

        exchange.Fills.Should().ContainSingle();
        (await exchange.FindAsync(new OrderQuery(Btc, "a")))!.Status.Should().Be(OrderStatus.Filled);
        (await exchange.SubmitAsync(Buy("b", 0.01m))).Status.Should().Be(OrderStatus.Filled);
    }

    [Fact]
    public async Task SubmitAsync_RequestLost_IsUnknownAndNotTraded()
    {
        using var exchange = new FakeExchange(SampleBars.Rising(3), FaultPlan.LoseFirstOrderRequest);

        (await exchange.SubmitAsync(Buy("a", 0.01m))).Status.Should().Be(OrderStatus.Unknown);

        exchange.Fills.Should().BeEmpty();
        (await exchange.FindAsync(new OrderQuery(Btc, "a"))).Should().BeNull();
    }

    [Fact]
    public async Task SubmitAsync_RejectedByPlan_IsARefusal()
    {
        using var exchange = With(ExchangeCall.Submit, Fault.Rejected(RejectReason.InsufficientMargin, "no money"));

        var order = await exchange.SubmitAsync(Buy("a", 0.01m));

        order.Should().BeEquivalentTo(new { Status = OrderStatus.Rejected, RejectReason = RejectReason.InsufficientMargin, Message = "no money" });
        exchange.Fills.Should().BeEmpty();
    }

    [Fact]
    public async Task SubmitAsync_NetworkDown_ThrowsAndDoesNotTrade()
    {
        using var exchange = With(ExchangeCall.Submit, Fault.NetworkDown);

        var submit = () => exchange.SubmitAsync(Buy("a", 0.01m));

        (await submit.Should().ThrowAsync<ExchangeException>()).Which.Should().BeEquivalentTo(new { Kind = ExchangeErrorKind.Transient, IsTransient = true });
        exchange.Fills.Should().BeEmpty();
        exchange.Orders.Should().ContainSingle();
    }

    [Fact]
    public async Task FetchPriceAsync_RateLimitedOnTheSecondCall_SaysHowLongToWait()
    {
        using var exchange = new FakeExchange(
            SampleBars.Rising(3), FaultPlan.None.On(ExchangeCall.FetchPrice, 2, Fault.RateLimited(TimeSpan.FromSeconds(30))));
        await exchange.FetchPriceAsync(Btc);

        var second = () => exchange.FetchPriceAsync(Btc);

        (await second.Should().ThrowAsync<ExchangeException>()).Which.Should().BeEquivalentTo(new { Kind = ExchangeErrorKind.RateLimited, RetryAfter = TimeSpan.FromSeconds(30) });
        (await exchange.FetchPriceAsync(Btc)).Last.Should().Be(50_300);
    }

    [Fact]
    public async Task FetchBarsAsync_BarsLate_MissesTheLatest()
    {
        using var exchange = With(ExchangeCall.FetchBars, Fault.BarsLate(2));
        var request = new BarRequest { Symbol = Btc, Interval = Interval.OneHour, GapPolicy = GapPolicy.Reject };

        (await exchange.FetchBarsAsync(request)).Should().HaveCount(1);
        (await exchange.FetchBarsAsync(request)).Should().HaveCount(3);
    }

    [Fact]
    public async Task FindAsync_NotVisibleYet_FindsItLater()
    {
        using var exchange = With(ExchangeCall.Find, Fault.NotVisibleYet);
        await exchange.SubmitAsync(Buy("a", 0.01m));

        (await exchange.FindAsync(new OrderQuery(Btc, "a"))).Should().BeNull();
        (await exchange.FindAsync(new OrderQuery(Btc, "a"))).Should().NotBeNull();
    }

    [Fact]
    public async Task FetchPriceAsync_Slow_MovesTheClock()
    {
        using var exchange = With(ExchangeCall.FetchPrice, Fault.Slow(TimeSpan.FromSeconds(7)));
        var before = exchange.Time.GetUtcNow();

        (await exchange.FetchPriceAsync(Btc)).Time.Should().Be(before.AddSeconds(7));
    }

    [Fact]
    public async Task CancelAsync_AnswerLost_IsUnknownButCanceled()
    {
        using var exchange = With(ExchangeCall.Cancel, Fault.AnswerLost);
        await exchange.SubmitAsync(Buy("a", 0.01m) with { Type = OrderType.Limit, Price = 40_000 });

        var cancel = () => exchange.CancelAsync(new OrderQuery(Btc, "a"));

        (await cancel.Should().ThrowAsync<ExchangeException>()).Which.Kind.Should().Be(ExchangeErrorKind.StatusUnknown);
        exchange.OpenOrders.Should().BeEmpty();
    }

    [Fact]
    public async Task SubmitAsync_IdForgotten_TradesAgain()
    {
        using var exchange = new FakeExchange(SampleBars.Rising(3), FaultPlan.None.On(ExchangeCall.Submit, 2, Fault.IdForgotten));

        var first = await exchange.SubmitAsync(Buy("a", 0.01m));
        var second = await exchange.SubmitAsync(Buy("a", 0.01m));
        var third = await exchange.SubmitAsync(Buy("a", 0.01m));

        second.Status.Should().Be(OrderStatus.Filled);
        second.ExchangeOrderId.Should().NotBe(first.ExchangeOrderId);
        third.ExchangeOrderId.Should().Be(second.ExchangeOrderId, "the latest order of an id is the one that is found");
        exchange.Position.Quantity.Should().Be(0.02m);
    }

    [Fact]
    public async Task SubmitAsync_FilledInPart_ShowsTheOrderAsItWasSent()
    {
        using var exchange = With(ExchangeCall.Submit, Fault.FilledInPart(0.55m));

        var order = await exchange.SubmitAsync(Buy("a", 0.01m));

        order.Should().BeEquivalentTo(new { Status = OrderStatus.Expired, FilledQuantity = 0.005m, Request = Buy("a", 0.01m) });
        (await exchange.FindAsync(new OrderQuery(Btc, "a"))).Should().BeEquivalentTo(order);
        exchange.Position.Quantity.Should().Be(0.005m);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void FilledInPart_ShareThatIsNoPart_IsRefused(int share) =>
        FluentActions.Invoking(() => Fault.FilledInPart(share)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public async Task SubmitAsync_ArrivesLate_IsUnknownAndTradesLater()
    {
        using var exchange = With(ExchangeCall.Submit, Fault.ArrivesLate(2));

        (await exchange.SubmitAsync(Buy("a", 0.01m))).Status.Should().Be(OrderStatus.Unknown);
        (await exchange.FindAsync(new OrderQuery(Btc, "a"))).Should().BeNull();
        (await exchange.FindAsync(new OrderQuery(Btc, "a")))!.Status.Should().Be(OrderStatus.Filled);

        exchange.Fills.Should().ContainSingle();
    }

    [Fact]
    public async Task GetAccountAsync_OldAnswer_IsTheOneBefore()
    {
        using var exchange = new FakeExchange(SampleBars.Rising(3), FaultPlan.None.On(ExchangeCall.GetAccount, 2, Fault.OldAnswer));
        await exchange.GetAccountAsync(Btc);
        await exchange.SubmitAsync(Buy("a", 0.01m));

        (await exchange.GetAccountAsync(Btc)).Position.IsFlat.Should().BeTrue();
        (await exchange.GetAccountAsync(Btc)).Position.Quantity.Should().Be(0.01m);
    }

    [Fact]
    public async Task GetAccountAsync_FaultOfAnotherCall_SaysThatThePlanIsWrong()
    {
        using var exchange = With(ExchangeCall.GetAccount, Fault.BarsLate());

        var read = () => exchange.GetAccountAsync(Btc);

        await read.Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public void UseFakeExchange_Always_ReplacesExchangeAndClock()
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);

        services.AddTradingBot().UseFakeExchange(SampleBars.Rising(5));
        using var provider = services.BuildServiceProvider();

        var exchange = provider.GetRequiredService<FakeExchange>();
        provider.GetRequiredService<IFetcher>().Should().BeSameAs(exchange);
        provider.GetRequiredService<IOrderer>().Should().BeSameAs(exchange);
        provider.GetRequiredService<TimeProvider>().Should().BeSameAs(exchange.Time);
        exchange.Time.GetUtcNow().Should().Be(exchange.Bars.CloseTimeAt(0));
    }

    private static FakeExchange With(ExchangeCall call, Fault fault) => new(SampleBars.Rising(3), FaultPlan.None.On(call, 1, fault));

    private static OrderRequest Buy(string id, decimal quantity) =>
        new() { Symbol = Btc, Side = Side.Buy, Type = OrderType.Market, ClientOrderId = id, Quantity = quantity };

    private static SimulatedExchangeOptions Free() => new()
    {
        Markets = [new MarketListing(SampleSymbols.BtcUsdt)],
        MakerFeeRate = 0,
        TakerFeeRate = 0,
        Slippage = SlippageModel.None,
    };
}
