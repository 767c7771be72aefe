using Microsoft.Extensions.DependencyInjection;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

public sealed class TraderTests
{
    [Fact]
    public async Task RunCycleAsync_LongDecided_BuysAndHolds()
    {
        var exchange = new FakeExchange(SampleBars.Rising(30), closedBars: 10);

        var result = await CreateTrader(exchange, Decision.Long.Because("up")).RunCycleAsync();

        result.Outcome.Should().Be(CycleOutcome.Ordered);
        result.Decision.Reason.Should().Be("up");
        result.Orders.Should().ContainSingle().Which.Status.Should().Be(OrderStatus.Filled);
        exchange.Position.IsLong.Should().BeTrue();
        exchange.Fills.Should().ContainSingle();
    }

    [Fact]
    public async Task RunCycleAsync_OrderAnswerLost_BuysOnlyOnce()
    {
        var exchange = new FakeExchange(SampleBars.Rising(60), FaultPlan.LoseFirstOrderAnswer);

        var first = await CreateTrader(exchange, Decision.Long).RunCycleAsync();
        await CreateTrader(exchange, Decision.Long).RunCycleAsync(); // as after a restart on the same bar

        first.Orders.Should().ContainSingle().Which.Status.Should().Be(OrderStatus.Filled);
        exchange.Fills.Should().ContainSingle();
    }

    [Fact]
    public async Task RunCycleAsync_OrderRequestLost_IsUnknownAndTriedAgainWithTheSameId()
    {
        var exchange = new FakeExchange(SampleBars.Rising(60), FaultPlan.LoseFirstOrderRequest);

        var first = await CreateTrader(exchange, Decision.Long).RunCycleAsync();
        var second = await CreateTrader(exchange, Decision.Long).RunCycleAsync();

        first.Outcome.Should().Be(CycleOutcome.Denied);
        first.Reason.Should().StartWith("the entry is UNKNOWN");
        second.Outcome.Should().Be(CycleOutcome.Ordered);
        exchange.Fills.Should().ContainSingle();
        exchange.Orders.Select(order => order.ClientOrderId).Distinct(StringComparer.Ordinal).Should().ContainSingle();
    }

    [Fact]
    public async Task RunCycleAsync_Always_PreparesTheAccountBeforeTheFirstOrder()
    {
        var exchange = new FakeExchange(SampleBars.Rising(30), closedBars: 10);

        await CreateTrader(exchange, Decision.Long, options => (options.Leverage, options.MarginMode) = (3, MarginMode.Cross)).RunCycleAsync();

        var calls = exchange.Calls.Select(call => call.Call).ToList();
        calls.IndexOf(ExchangeCall.Prepare).Should().BeInRange(0, calls.IndexOf(ExchangeCall.Submit) - 1);
        exchange.Calls.Single(call => call.Call == ExchangeCall.Prepare).Request
            .Should().Be(new AccountSetup(Symbol.Parse("BTCUSDT"), 3, MarginMode.Cross));
    }

    [Fact]
    public async Task RunCycleAsync_CloseDecided_ReducesOnlyAndNeverFlips()
    {
        var exchange = new FakeExchange(SampleBars.Rising(30), closedBars: 10);
        await CreateTrader(exchange, Decision.Long).RunCycleAsync();
        exchange.AdvanceToNextBar();

        await CreateTrader(exchange, Decision.Close).RunCycleAsync();

        exchange.Orders[^1].Should().BeEquivalentTo(new { ReduceOnly = true, Side = Side.Sell, exchange.Orders[0].Quantity });
        exchange.Position.Should().Be(Position.Flat);
    }

    [Fact]
    public async Task RunCycleAsync_Reversal_ClosesFirstAndThenEnters()
    {
        var exchange = new FakeExchange(SampleBars.Rising(30), closedBars: 10);
        await CreateTrader(exchange, Decision.Long).RunCycleAsync();
        exchange.AdvanceToNextBar();

        var result = await CreateTrader(exchange, Decision.Short).RunCycleAsync();

        result.Orders.Select(order => (order.Request.ReduceOnly, order.Status)).Should().Equal((true, OrderStatus.Filled), (false, OrderStatus.Filled));
        exchange.Position.IsShort.Should().BeTrue();
    }

    [Fact]
    public async Task RunCycleAsync_ExitNotFilled_EntersNothing()
    {
        var faults = FaultPlan.None.On(ExchangeCall.Submit, 2, Fault.Rejected(RejectReason.Other, "closed for a moment"));
        var exchange = new FakeExchange(SampleBars.Rising(30), faults, closedBars: 10);
        await CreateTrader(exchange, Decision.Long).RunCycleAsync();
        exchange.AdvanceToNextBar();

        var result = await CreateTrader(exchange, Decision.Short).RunCycleAsync();

        result.Outcome.Should().Be(CycleOutcome.Denied);
        result.Reason.Should().Be("the exit is REJECTED: closed for a moment");
        exchange.Orders.Should().HaveCount(2);
        exchange.Position.IsLong.Should().BeTrue();
    }

    [Fact]
    public async Task RunCycleAsync_NoPosition_LeavesStrangersOrdersAlone()
    {
        var exchange = new FakeExchange(SampleBars.Rising(30), closedBars: 10);
        await exchange.SubmitAsync(LimitBuy("by-hand-1"));

        await CreateTrader(exchange, Decision.None).RunCycleAsync();

        exchange.Cancels.Should().BeEmpty();
        exchange.OpenOrders.Should().ContainSingle();
    }

    [Fact]
    public async Task RunCycleAsync_OwnLimitEntryOfAnEarlierBar_IsCanceled()
    {
        var exchange = new FakeExchange(SampleBars.Rising(30), closedBars: 10);
        await CreateTrader(exchange, Decision.Long with { LimitPrice = 50m }, options => options.PositionFraction = 1).RunCycleAsync();
        exchange.OpenOrders.Should().ContainSingle();
        exchange.AdvanceToNextBar();

        var result = await CreateTrader(exchange, Decision.None).RunCycleAsync();

        result.Orders.Should().ContainSingle().Which.Status.Should().Be(OrderStatus.Canceled);
        exchange.OpenOrders.Should().BeEmpty();
    }

    [Fact]
    public async Task RunCycleAsync_SameBarAgain_KeepsItsLimitEntry()
    {
        var exchange = new FakeExchange(SampleBars.Rising(30), closedBars: 10);
        var limit = Decision.Long with { LimitPrice = 50m };
        await CreateTrader(exchange, limit, options => options.PositionFraction = 1).RunCycleAsync();

        await CreateTrader(exchange, limit, options => options.PositionFraction = 1).RunCycleAsync();

        exchange.Orders.Should().ContainSingle();
        exchange.OpenOrders.Should().ContainSingle();
    }

    [Fact]
    public async Task RunCycleAsync_LimitTripped_ClosesAndStaysOutAcrossARestart()
    {
        var exchange = new FakeExchange(SampleBars.FromCloses(100, 100, 70, 70, 200, 200), closedBars: 1);
        var store = new InMemoryRiskStore();
        void Limit(TradingBotOptions options) => (options.PositionFraction, options.MaxDrawdown) = (0.9m, 0.2m);
        await CreateTrader(exchange, Decision.Long, Limit, store).RunCycleAsync();
        exchange.AdvanceToNextBar();
        exchange.AdvanceToNextBar();

        var tripped = await CreateTrader(exchange, Decision.Long, Limit, store).RunCycleAsync();
        exchange.AdvanceToNextBar();
        var after = await CreateTrader(exchange, Decision.Long, Limit, store).RunCycleAsync();

        tripped.Decision.Reason.Should().Be("the drawdown limit has tripped");
        exchange.Position.Should().Be(Position.Flat);
        after.Orders.Should().BeEmpty();
        (await store.LoadAsync("tradingbot")).Tripped.Should().Be(RiskLimit.Drawdown);

        var trader = CreateTrader(exchange, Decision.Long, Limit, store);
        await trader.ResetLimitsAsync();
        (await trader.RunCycleAsync()).Outcome.Should().Be(CycleOutcome.Ordered);
    }

    [Fact]
    public async Task RunCycleAsync_FewerBarsThanNeeded_IsNotReadyAndAsksNothingOfTheAccount()
    {
        var exchange = new FakeExchange(SampleBars.Rising(30), closedBars: 3);

        var result = await CreateTrader(exchange, new Fixed(Decision.Long, lookback: 5)).RunCycleAsync();

        result.Outcome.Should().Be(CycleOutcome.NotReady);
        result.Reason.Should().Be("3 closed bars, the strategy needs 5");
        exchange.Orders.Should().BeEmpty();
    }

    [Fact]
    public async Task RunCycleAsync_BarStillOpen_IsNotSeen()
    {
        var exchange = new FakeExchange(SampleBars.FromCloses(1, 2, 3, 4), closedBars: 2);
        var strategy = new Fixed(Decision.None, lookback: 2);

        var result = await CreateTrader(exchange, strategy).RunCycleAsync();

        strategy.Seen.Should().Equal("1 2");
        result.BarOpenTime.Should().Be(exchange.Bars.OpenTimeAt(1));
    }

    [Fact]
    public async Task RunCycleAsync_NetworkDown_ThrowsAndOrdersNothing()
    {
        var exchange = new FakeExchange(SampleBars.Rising(30), FaultPlan.None.On(ExchangeCall.GetAccount, 1, Fault.NetworkDown));

        await CreateTrader(exchange, Decision.Long).Invoking(trader => trader.RunCycleAsync()).Should().ThrowAsync<ExchangeException>();
        exchange.Orders.Should().BeEmpty();
    }

    [Fact]
    public void Constructor_ModelForAnotherInterval_SaysBoth() =>
        FluentActions.Invoking(() => CreateTrader(new FakeExchange(SampleBars.Rising(5)), Decision.None, options => options.Interval = Interval.OneDay))
            .Should().Throw<ModelException>().WithMessage("The bot trades bars of 1d, but model 'persistence' was made for bars of 1h.");

    [Fact]
    public void Constructor_ThresholdBelowCosts_IsRefusedUnlessOverriddenByName()
    {
        var strategy = new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = 0.001 });
        var exchange = new FakeExchange(SampleBars.Rising(5));

        FluentActions.Invoking(() => CreateTrader(exchange, strategy)).Should().Throw<UnprofitableSettingsException>();
        FluentActions.Invoking(() => CreateTrader(exchange, strategy, options => options.AllowThresholdBelowCosts = true)).Should().NotThrow();
    }

    [Fact]
    public void Constructor_LiveLimitsThatARestartWouldForget_AreRefused() =>
        FluentActions.Invoking(() => CreateTrader(new FakeExchange(SampleBars.Rising(5)), Decision.None, options =>
                (options.Mode, options.AllowLiveTrading, options.MaxDailyLoss) = (TradingMode.Live, true, 0.1m)))
            .Should().Throw<InvalidOperationException>().WithMessage("*KeepLimitsIn(folder)*");

    private static OrderRequest LimitBuy(string id) => new()
    {
        Symbol = Symbol.Parse("BTCUSDT"),
        Side = Side.Buy,
        Type = OrderType.Limit,
        ClientOrderId = id,
        Quantity = 1,
        Price = 60m,
    };

    private static Trader CreateTrader(
        FakeExchange exchange, Decision decision, Action<TradingBotOptions>? configure = null, IRiskStore? store = null) =>
        CreateTrader(exchange, new Fixed(decision, 1), configure, store);

    private static Trader CreateTrader(
        FakeExchange exchange, IStrategy strategy, Action<TradingBotOptions>? configure = null, IRiskStore? store = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(store ?? new InMemoryRiskStore());
        services.AddTradingBot(options =>
            {
                (options.Symbol, options.Interval, options.PositionFraction) = ("BTCUSDT", Interval.OneHour, 0.5m);
                configure?.Invoke(options);
            })
            .UseStrategy(strategy)
            .UsePredictor(new PersistencePredictor(Interval.OneHour))
            .UseFakeExchange(exchange);
        return services.BuildServiceProvider().GetRequiredService<Trader>();
    }

    private sealed class Fixed(Decision decision, int lookback) : IStrategy
    {
        public int Lookback => lookback;

        public List<string> Seen { get; } = [];

        public Decision Decide(in StrategyContext context)
        {
            Seen.Add(string.Join(' ', context.Bars.Closes.ToArray()));
            return decision;
        }
    }
}
