using TradingBot.Market;
using TradingBot.Trading;
using Xunit;

namespace TradingBot.Testing.Contracts;

/// <summary>What every <see cref="IOrderer"/> must do. Inherit it in a test project and give every test an account of its own: flat, without
/// open orders, with at least ten times <see cref="Price"/> times <see cref="Quantity"/> free.</summary>
public abstract class OrdererContract
{
    private int _ids;

    /// <summary>Gets the trading rules of the symbol to trade.</summary>
    protected virtual SymbolInfo Info => SampleSymbols.BtcUsdt;

    /// <summary>Gets the market's price, roughly; no order of these tests depends on more than a tenth of it.</summary>
    protected abstract decimal Price { get; }

    /// <summary>Gets a quantity that the rules allow three times over.</summary>
    protected virtual decimal Quantity => 0.01m;

    private Symbol Symbol => Info.Symbol;

    /// <summary>A new account holds nothing.</summary>
    [Fact]
    public async Task GetAccountAsync_NewAccount_IsFlatWithABalance()
    {
        var account = await CreateOrderer().GetAccountAsync(Symbol);

        Assert.True(account.Position.IsFlat);
        Assert.Empty(account.OpenOrders);
        Assert.True(account.Balance > 0 && account.AvailableBalance > 0 && account.AvailableBalance <= account.Balance, $"Balance {account.Balance}, available {account.AvailableBalance}.");
    }

    /// <summary>A market order fills and opens a position.</summary>
    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public async Task SubmitAsync_Market_OpensThePosition(Side side)
    {
        var orderer = CreateOrderer();

        var order = await orderer.SubmitAsync(Market(side, Quantity));
        var account = await orderer.GetAccountAsync(Symbol);

        Assert.Equal((OrderStatus.Filled, Quantity), (order.Status, order.FilledQuantity));
        Assert.InRange(order.AveragePrice!.Value, Price * 0.9m, Price * 1.1m);
        Assert.Equal(side == Side.Buy ? Quantity : -Quantity, account.Position.Quantity);
        Assert.InRange(account.Position.EntryPrice, Price * 0.9m, Price * 1.1m);
    }

    /// <summary>Fees are a cost on both sides: a round trip at a standing price leaves less than there was.</summary>
    [Fact]
    public async Task SubmitAsync_RoundTrip_DoesNotCreditFees()
    {
        var orderer = CreateOrderer();
        var before = (await orderer.GetAccountAsync(Symbol)).Balance;

        await orderer.SubmitAsync(Market(Side.Sell, Quantity));
        await orderer.SubmitAsync(Market(Side.Buy, Quantity, reduceOnly: true));
        var account = await orderer.GetAccountAsync(Symbol);

        Assert.True(account.Position.IsFlat);
        Assert.True(account.Balance <= before, $"The balance rose from {before} to {account.Balance}.");
    }

    /// <summary>The same id means the same order: it trades once.</summary>
    [Fact]
    public async Task SubmitAsync_SameClientOrderIdTwice_TradesOnce()
    {
        var orderer = CreateOrderer();
        var order = Market(Side.Buy, Quantity);

        await orderer.SubmitAsync(order);
        var second = await orderer.SubmitAsync(order);

        Assert.Equal(Quantity, (await orderer.GetAccountAsync(Symbol)).Position.Quantity);
        Assert.True(
            second.Status == OrderStatus.Filled || second.RejectReason == RejectReason.DuplicateClientOrderId,
            $"Expected the first order or a refusal of its id, found {second}.");
    }

    /// <summary>The id of an order that waits is refused or gives that order; there are never two.</summary>
    [Fact]
    public async Task SubmitAsync_ClientOrderIdOfAnOpenOrder_RestsOnce()
    {
        var orderer = CreateOrderer();
        var order = Limit(Side.Buy, Price * 0.8m);

        await orderer.SubmitAsync(order);
        await orderer.SubmitAsync(order);

        Assert.Single((await orderer.GetAccountAsync(Symbol)).OpenOrders);
    }

    /// <summary>A reduce-only order closes what is held and no more.</summary>
    [Fact]
    public async Task SubmitAsync_ReduceOnlyLargerThanPosition_NeverFlips()
    {
        var orderer = CreateOrderer();
        await orderer.SubmitAsync(Market(Side.Buy, Quantity));

        await orderer.SubmitAsync(Market(Side.Sell, Quantity * 3, reduceOnly: true));

        Assert.InRange((await orderer.GetAccountAsync(Symbol)).Position.Quantity, 0, Quantity);
    }

    /// <summary>A reduce-only order of the position's size leaves nothing.</summary>
    [Fact]
    public async Task SubmitAsync_ReduceOnlyOfThePosition_ClosesIt()
    {
        var orderer = CreateOrderer();
        await orderer.SubmitAsync(Market(Side.Sell, Quantity));

        var exit = await orderer.SubmitAsync(Market(Side.Buy, Quantity, reduceOnly: true));

        Assert.Equal(OrderStatus.Filled, exit.Status);
        Assert.True((await orderer.GetAccountAsync(Symbol)).Position.IsFlat);
    }

    /// <summary>A reduce-only order without a position trades nothing and says so.</summary>
    [Fact]
    public async Task SubmitAsync_ReduceOnlyWhenFlat_TradesNothing()
    {
        var orderer = CreateOrderer();

        var order = await orderer.SubmitAsync(Market(Side.Sell, Quantity, reduceOnly: true));

        Assert.False(order.IsOpen);
        Assert.Equal(0, order.FilledQuantity);
        Assert.Equal(RejectReason.ReduceOnly, order.RejectReason);
        Assert.True((await orderer.GetAccountAsync(Symbol)).Position.IsFlat);
    }

    /// <summary>What the rules forbid is refused as a result, with its reason; it is not an exception.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task SubmitAsync_QuantityNotAboveZero_IsRefused(int quantity)
    {
        var order = await CreateOrderer().SubmitAsync(Market(Side.Buy, quantity));

        Assert.True(order.Status is OrderStatus.Rejected or OrderStatus.Denied, $"Expected a refusal, found {order}.");
        Assert.NotNull(order.RejectReason);
        Assert.False(string.IsNullOrEmpty(order.Message));
    }

    /// <summary>A quantity off the step is refused, or made smaller; it is never made larger.</summary>
    [Fact]
    public async Task SubmitAsync_QuantityOffTheStep_IsRefusedOrMadeSmaller()
    {
        var orderer = CreateOrderer();

        var order = await orderer.SubmitAsync(Market(Side.Buy, Quantity + (Info.StepSize / 2)));

        var held = (await orderer.GetAccountAsync(Symbol)).Position.Quantity;
        Assert.True(
            (order.RejectReason == RejectReason.Quantity && held == 0) || (order.Status == OrderStatus.Filled && held == Quantity),
            $"Expected a refusal because of the quantity or {Quantity}, found {order} and {held}.");
    }

    /// <summary>A price off the tick is refused, or moved to the tick that is better for the owner; a buy never pays more than it said.</summary>
    [Fact]
    public async Task SubmitAsync_PriceOffTheTick_IsRefusedOrMovedToTheBetterTick()
    {
        var orderer = CreateOrderer();
        var order = Limit(Side.Buy, Price * 0.8m);

        var result = await orderer.SubmitAsync(order with { Price = order.Price + (Info.TickSize / 2) });

        var resting = (await orderer.GetAccountAsync(Symbol)).OpenOrders;
        Assert.True(
            (result.RejectReason == RejectReason.Price && resting.Count == 0) || (resting.Count == 1 && resting[0].Request.Price == order.Price),
            $"Expected a refusal because of the price or {order.Price}, found {result}.");
    }

    /// <summary>An order that the account cannot pay for is refused.</summary>
    [Fact]
    public async Task SubmitAsync_MoreThanTheAccountCanCarry_IsRefused()
    {
        var orderer = CreateOrderer();
        await orderer.PrepareAsync(new AccountSetup(Symbol, 1, MarginMode.Isolated));
        var free = (await orderer.GetAccountAsync(Symbol)).AvailableBalance;
        var quantity = decimal.Ceiling(free * 2 / Price / Info.StepSize) * Info.StepSize;

        var order = await orderer.SubmitAsync(Market(Side.Buy, quantity));

        Assert.True(order.Status is OrderStatus.Rejected or OrderStatus.Denied, $"Expected a refusal, found {order}.");
        Assert.True((await orderer.GetAccountAsync(Symbol)).Position.IsFlat);
    }

    /// <summary>A limit order away from the market waits, is listed, can be found and be canceled.</summary>
    [Fact]
    public async Task CancelAsync_RestingLimit_IsCanceled()
    {
        var orderer = CreateOrderer();
        var order = Limit(Side.Buy, Price * 0.8m);

        var submitted = await orderer.SubmitAsync(order);
        var open = (await orderer.GetAccountAsync(Symbol)).OpenOrders;
        var found = await orderer.FindAsync(QueryOf(order));
        var canceled = await orderer.CancelAsync(QueryOf(order));
        var after = (await orderer.GetAccountAsync(Symbol)).OpenOrders;

        Assert.Equal(OrderStatus.New, submitted.Status);
        Assert.Equal(order.ClientOrderId, Assert.Single(open).ClientOrderId);
        Assert.Equal(OrderStatus.New, found!.Status);
        Assert.Equal((order.Price, order.Quantity, order.Side), (found.Request.Price, found.Request.Quantity, found.Request.Side));
        Assert.Equal(OrderStatus.Canceled, canceled!.Status);
        Assert.Empty(after);
    }

    /// <summary>A stop away from the market waits, is listed among the open orders, can be found and be canceled.</summary>
    [Theory]
    [InlineData(OrderType.StopMarket, false)]
    [InlineData(OrderType.StopMarket, true)]
    [InlineData(OrderType.TakeProfitMarket, true)]
    public async Task CancelAsync_WaitingConditionalOrder_IsCanceled(OrderType type, bool closePosition)
    {
        var orderer = CreateOrderer();
        await orderer.SubmitAsync(Market(Side.Buy, Quantity));
        var order = new OrderRequest
        {
            Symbol = Symbol,
            Side = Side.Sell,
            Type = type,
            ClientOrderId = NextId(),
            Quantity = closePosition ? 0 : Quantity,
            TriggerPrice = OnTick(type == OrderType.StopMarket ? Price * 0.8m : Price * 1.2m),
            ReduceOnly = !closePosition,
            ClosePosition = closePosition,
        };

        var submitted = await orderer.SubmitAsync(order);
        var open = (await orderer.GetAccountAsync(Symbol)).OpenOrders;
        var canceled = await orderer.CancelAsync(QueryOf(order));

        Assert.Equal(OrderStatus.New, submitted.Status);
        Assert.Equal(order.ClientOrderId, Assert.Single(open).ClientOrderId);
        Assert.Equal(OrderStatus.Canceled, canceled!.Status);
        Assert.Empty((await orderer.GetAccountAsync(Symbol)).OpenOrders);
    }

    /// <summary>A filled order can be found, and canceling it changes nothing.</summary>
    [Fact]
    public async Task CancelAsync_FilledOrder_StaysFilled()
    {
        var orderer = CreateOrderer();
        var order = Market(Side.Buy, Quantity);
        await orderer.SubmitAsync(order);

        var found = await orderer.FindAsync(QueryOf(order));
        await orderer.CancelAsync(QueryOf(order));

        Assert.Equal((OrderStatus.Filled, Quantity), (found!.Status, found.FilledQuantity));
        Assert.NotNull(found.AveragePrice);
        Assert.Equal(OrderStatus.Filled, (await orderer.FindAsync(QueryOf(order)))!.Status);
        Assert.Equal(Quantity, (await orderer.GetAccountAsync(Symbol)).Position.Quantity);
    }

    /// <summary>An id that was never used is not found.</summary>
    [Fact]
    public async Task FindAsync_UnknownId_ReturnsNull() => Assert.Null(await CreateOrderer().FindAsync(new OrderQuery(Symbol, "never-used")));

    /// <summary>An id that was never used cannot be canceled.</summary>
    [Fact]
    public async Task CancelAsync_UnknownId_ReturnsNull() => Assert.Null(await CreateOrderer().CancelAsync(new OrderQuery(Symbol, "never-used")));

    /// <summary>Setting what is set already is fine, with a position too.</summary>
    [Fact]
    public async Task PrepareAsync_AgainWithAPosition_ChangesNothing()
    {
        var orderer = CreateOrderer();
        var setup = new AccountSetup(Symbol, 2, MarginMode.Isolated);
        await orderer.PrepareAsync(setup);
        await orderer.SubmitAsync(Market(Side.Buy, Quantity));

        await orderer.PrepareAsync(setup);

        Assert.Equal(Quantity, (await orderer.GetAccountAsync(Symbol)).Position.Quantity);
    }

    /// <summary>Another margin mode under a position is refused.</summary>
    [Fact]
    public async Task PrepareAsync_OtherMarginModeWithAPosition_ThrowsExchangeException()
    {
        var orderer = CreateOrderer();
        await orderer.PrepareAsync(new AccountSetup(Symbol, 2, MarginMode.Isolated));
        await orderer.SubmitAsync(Market(Side.Buy, Quantity));

        var e = await Assert.ThrowsAsync<ExchangeException>(() => orderer.PrepareAsync(new AccountSetup(Symbol, 2, MarginMode.Cross)));

        Assert.Equal(ExchangeErrorKind.Rejected, e.Kind);
    }

    /// <summary>A call that was canceled before it began trades nothing.</summary>
    [Fact]
    public async Task SubmitAsync_Canceled_TradesNothing()
    {
        var orderer = CreateOrderer();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => orderer.SubmitAsync(Market(Side.Buy, Quantity), new CancellationToken(canceled: true)));

        Assert.True((await orderer.GetAccountAsync(Symbol)).Position.IsFlat);
    }

    /// <summary>Makes the orderer to test, on an account of its own.</summary>
    protected abstract IOrderer CreateOrderer();

    /// <summary>Makes an id that no other order of the test has; override it where ids must differ from run to run.</summary>
    protected virtual string NextId() => FormattableString.Invariant($"contract-{++_ids}");

    private OrderRequest Market(Side side, decimal quantity, bool reduceOnly = false) => new()
    {
        Symbol = Symbol,
        Side = side,
        Type = OrderType.Market,
        ClientOrderId = NextId(),
        Quantity = quantity,
        ReduceOnly = reduceOnly,
    };

    private OrderRequest Limit(Side side, decimal price) => new()
    {
        Symbol = Symbol,
        Side = side,
        Type = OrderType.Limit,
        ClientOrderId = NextId(),
        Quantity = Quantity,
        Price = OnTick(price),
    };

    private OrderQuery QueryOf(OrderRequest order) => new(Symbol, order.ClientOrderId);

    private decimal OnTick(decimal price) => price - (price % Info.TickSize);
}
