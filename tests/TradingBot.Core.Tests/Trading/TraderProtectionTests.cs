using TradingBot.Market;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

/// <summary>Exactly one right stop for a position, none for none, and a position that cannot have one is closed.</summary>
public sealed class TraderProtectionTests
{
    // 50,000 and 0.01 per cent slippage, less five per cent, up to the tick.
    private const decimal Trigger = 47_504.8m;

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_EntryFilled_IsFollowedByAClosePositionStop()
    {
        var rig = new TraderRig();

        var result = await rig.RunAsync(Decision.Long);

        rig.Legs.Should().Be("e s");
        result.Orders[1].Request.Should().Be(TraderRig.StopOf(Side.Sell, Trigger, TraderRig.Ids.For(rig.Bar, OrderLeg.Stop)));
        rig.Exchange.OpenOrders.Should().ContainSingle().Which.Request.Should().Be(result.Orders[1].Request);
        rig.Log.Events.Should().Contain("StopPlaced");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_Short_IsProtectedAbove()
    {
        var rig = new TraderRig();

        await rig.RunAsync(Decision.Short);

        rig.Stop!.Request.Should().BeEquivalentTo(new { Side = Side.Buy, TriggerPrice = 52_494.7m, ClosePosition = true });
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_Held_LeavesTheRightStopAlone()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        var stop = rig.Stop;
        for (var bar = 0; bar < 3; bar++)
        {
            rig.Exchange.AdvanceToNextBar();
            await rig.RunAsync(Decision.Long);
        }

        rig.Stop.Should().Be(stop);
        rig.Legs.Should().Be("e s");
        rig.Exchange.Cancels.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_StopHitInsideABar_LeavesNothingBehind()
    {
        var rig = new TraderRig(bars: SampleBars.FromCloses(50_000, 50_000, 46_000, 46_000), closedBars: 2);
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();

        var result = await rig.RunAsync(Decision.None);

        rig.Exchange.Position.IsFlat.Should().BeTrue();
        rig.Exchange.Fills[^1].Should().BeEquivalentTo(new { ClientOrderId = TraderRig.Ids.For(rig.Bar.AddHours(-1), OrderLeg.Stop), Side = Side.Sell });
        result.Outcome.Should().Be(CycleOutcome.Idle);
        rig.Exchange.OpenOrders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_ExitDecided_TakesTheStopAwayAfterTheExit()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();

        var result = await rig.RunAsync(Decision.Close);

        result.Orders.Select(order => (order.Request.Type, order.Status)).Should().Equal(
            (OrderType.Market, OrderStatus.Filled), (OrderType.StopMarket, OrderStatus.Canceled));
        rig.Exchange.OpenOrders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_Reversal_EndsWithTheStopOfTheNewSideAlone()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();

        await rig.RunAsync(Decision.Short);

        rig.Legs.Should().Be("e s x e s");
        rig.Exchange.OpenOrders.Should().ContainSingle().Which.Request.Side.Should().Be(Side.Buy);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_DiedBetweenEntryAndStop_TheNextCycleBeginsWithTheStop()
    {
        var rig = new TraderRig();
        var hook = new OrdererHook(rig.Exchange);
        rig.Orderer = hook;
        hook.Before = (call, number) => call == ExchangeCall.Submit && number == 2 ? throw new InvalidOperationException("the process died") : Task.CompletedTask;
        await rig.Invoking(r => r.RunAsync(Decision.Long)).Should().ThrowAsync<InvalidOperationException>();
        rig.Stop.Should().BeNull();

        rig.Orderer = rig.Exchange;
        await rig.RunAsync(Decision.None);

        rig.Stop!.Request.TriggerPrice.Should().Be(Trigger);
        rig.Stop.ClientOrderId.Should().Be(TraderRig.Ids.For(rig.Bar, OrderLeg.Stop));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(ExchangeCall.Find, false)]
    [InlineData(ExchangeCall.Find, true)]
    [InlineData(ExchangeCall.GetAccount, false)]
    [InlineData(ExchangeCall.GetAccount, true)]
    public async Task RunCycleAsync_FrozenBetweenEntryAndStop_PlacesAStopOnlyForWhatIsStillHeld(ExchangeCall frozenAt, bool isHeld)
    {
        // The reading that verifies the entry fails, so that the one for the stop is the third.
        var rig = new TraderRig(frozenAt == ExchangeCall.Find ? FaultPlan.None : FaultPlan.None.On(ExchangeCall.GetAccount, 2, Fault.RateLimited()));
        var hook = new OrdererHook(rig.Exchange);
        rig.Orderer = hook;
        // The third look-up is the stop's: exit and entry come before it.
        hook.Before = (call, number) => call == frozenAt && number == 3 ? FreezeAsync() : Task.CompletedTask;

        await rig.RunAsync(Decision.Long);

        rig.Legs.Should().Be(isHeld ? "e s" : "e hand");
        rig.Exchange.OpenOrders.Should().HaveCount(isHeld ? 1 : 0);

        async Task FreezeAsync()
        {
            rig.Exchange.Time.Advance(TimeSpan.FromMinutes(2));
            if (!isHeld)
            {
                // As another host would.
                await rig.ByHandAsync(TraderRig.Market(Side.Sell, rig.Exchange.Position.Quantity, reduceOnly: true));
            }
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_PositionGoneBeforeItsStop_LeavesNoStopOfTheOneBefore()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Short);
        rig.Exchange.AdvanceToNextBar();
        var hook = new OrdererHook(rig.Exchange) { Denies = order => order.Type == OrderType.StopMarket };
        rig.Orderer = hook;
        // As a liquidation would, while the stop is on its way.
        hook.Before = (call, number) => call == ExchangeCall.Submit && number == 3
            ? rig.ByHandAsync(TraderRig.Market(Side.Sell, rig.Exchange.Position.Quantity, reduceOnly: true))
            : Task.CompletedTask;

        var result = await rig.RunAsync(Decision.Long);

        result.Orders[^2].RejectReason.Should().Be(RejectReason.ReduceOnly, "there is nothing left to close");
        rig.Exchange.OpenOrders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_WaitingEntryFillsInAGapBeyondItsStop_ClosesAtOnce()
    {
        var rig = new TraderRig(bars: SampleBars.FromCloses(50_000, 50_000, 40_000, 40_000), closedBars: 2);
        var hook = new OrdererHook(rig.Exchange);
        rig.Orderer = hook;
        // The market falls through entry and stop while the stop is on its way.
        hook.Before = (call, number) =>
        {
            if (call == ExchangeCall.Submit && number == 2)
            {
                rig.Exchange.AdvanceToNextBar();
            }

            return Task.CompletedTask;
        };
        rig.Configure = options => options.MaxDecisionAge = TimeSpan.FromHours(1);

        var result = await rig.RunWaitingAsync(Decision.Long with { LimitPrice = 49_000m });

        rig.Legs.Should().Be("e s s c");
        rig.Exchange.Position.IsFlat.Should().BeTrue();
        result.Reason.Should().StartWith("the position was closed, its stop could not be placed");
    }

    [Fact(Timeout = 60_000)]
    public async Task ProtectAsync_EntryWaits_NamesTheStopAfterItsBar()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long with { LimitPrice = 49_000m });
        var bar = rig.Bar;
        await rig.Exchange.CancelAsync(new OrderQuery(TraderRig.Btc, rig.Stop!.ClientOrderId));
        rig.Exchange.AdvanceToNextBar();

        await rig.Create(Decision.None).ProtectAsync();

        rig.Stop!.ClientOrderId.Should().Be(TraderRig.Ids.For(bar, OrderLeg.Stop, 1));
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_FeedDown_StillProtects()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.FetchBars, 2, Fault.NetworkDown));
        await rig.RunAsync(Decision.Long);
        await rig.Exchange.CancelAsync(new OrderQuery(TraderRig.Btc, rig.Stop!.ClientOrderId));
        rig.Exchange.AdvanceToNextBar();

        await rig.Invoking(r => r.RunAsync(Decision.Long)).Should().ThrowAsync<ExchangeException>();

        rig.Stop!.Request.TriggerPrice.Should().Be(Trigger);
    }

    [Fact(Timeout = 60_000)]
    public async Task ProtectAsync_StopCanceledBySomebody_PlacesItAgainUnderItsNextId()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        await rig.Exchange.CancelAsync(new OrderQuery(TraderRig.Btc, rig.Stop!.ClientOrderId));

        var look = await rig.Create(Decision.None).ProtectAsync();

        look.Stop!.ClientOrderId.Should().Be(TraderRig.Ids.For(rig.Bar, OrderLeg.Stop, 1));
        look.Stop.Request.TriggerPrice.Should().Be(Trigger);
        look.Orders.Should().ContainSingle();
        rig.Exchange.OpenOrders.Should().ContainSingle();
    }

    [Fact(Timeout = 60_000)]
    public async Task ProtectAsync_Always_AsksForNoBarsAndNoForecast()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        var before = rig.Exchange.Calls.Count;

        var look = await rig.Create(Decision.None).ProtectAsync();

        rig.Exchange.Calls.Skip(before).Select(call => call.Call).Should().Equal(ExchangeCall.FetchSymbolInfo, ExchangeCall.GetAccount);
        look.Should().BeEquivalentTo(new { Guard = (Guard?)null, Reason = (string?)null, Orders = Array.Empty<OrderResult>() });
        look.Stop!.ClientOrderId.Should().Be(rig.Stop!.ClientOrderId);
    }

    [Fact(Timeout = 60_000)]
    public async Task ProtectAsync_TwoStops_KeepsOneAndLeavesStrangersAlone()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        await rig.ByHandAsync(TraderRig.StopOf(Side.Sell, Trigger, TraderRig.Ids.For(rig.Bar, OrderLeg.Stop, 1)));
        await rig.ByHandAsync(TraderRig.StopOf(Side.Sell, 40_000m, TraderRig.Ids.For(rig.Bar, OrderLeg.Stop, 2)));
        await rig.ByHandAsync(TraderRig.StopOf(Side.Sell, 45_000m, "a-strangers"));

        await rig.Create(Decision.None).ProtectAsync();

        rig.Exchange.OpenOrders.Select(order => order.ClientOrderId).Should().Equal(TraderRig.Ids.For(rig.Bar, OrderLeg.Stop), "a-strangers");
    }

    [Theory]
    [InlineData(Side.Sell, 47_504.9, true)] // a tick off, as exchanges round
    [InlineData(Side.Sell, 47_505.0, false)]
    [InlineData(Side.Buy, 55_000, false)]
    public async Task ProtectAsync_StopOfOwnAtAnotherPlace_IsReplacedBeyondOneTick(Side side, double trigger, bool isRight)
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        await rig.Exchange.CancelAsync(new OrderQuery(TraderRig.Btc, rig.Stop!.ClientOrderId));
        await rig.ByHandAsync(TraderRig.StopOf(side, (decimal)trigger, TraderRig.Ids.For(rig.Bar, OrderLeg.Stop, 1)));

        await rig.Create(Decision.None).ProtectAsync();

        rig.Exchange.OpenOrders.Should().ContainSingle().Which.ClientOrderId.Should().Be(TraderRig.Ids.For(rig.Bar, OrderLeg.Stop, isRight ? 1 : 2));
    }

    [Fact(Timeout = 60_000)]
    public async Task ProtectAsync_AverageEntryPriceChanged_StopFollows()
    {
        var rig = new TraderRig(bars: SampleBars.FromCloses(50_000, 50_000, 52_000, 52_000), closedBars: 2);
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();
        await rig.ByHandAsync(TraderRig.Market(Side.Buy, rig.Exchange.Position.Quantity));

        await rig.Create(Decision.None).ProtectAsync();

        // The average of 50,005.0 and 52,005.2 is 51,005.1, and five per cent less is 48,454.845.
        rig.Stop!.Request.TriggerPrice.Should().Be(48_454.9m);
    }

    [Fact(Timeout = 60_000)]
    public async Task ProtectAsync_Flat_TakesOwnStopsAway()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        await rig.ByHandAsync(TraderRig.Market(Side.Sell, rig.Exchange.Position.Quantity, reduceOnly: true));

        var look = await rig.Create(Decision.None).ProtectAsync();

        look.Stop.Should().BeNull();
        look.Account.Position.IsFlat.Should().BeTrue();
        rig.Exchange.OpenOrders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task ProtectAsync_NoStopLossSet_LeavesAHeldPositionAsItIsAndClearsAFlatOne()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        rig.Configure = options => options.StopLoss = null;

        await rig.Create(Decision.None).ProtectAsync();
        rig.Stop.Should().NotBeNull();
        await rig.ByHandAsync(TraderRig.Market(Side.Sell, rig.Exchange.Position.Quantity, reduceOnly: true));
        await rig.Create(Decision.None).ProtectAsync();

        rig.Exchange.OpenOrders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_LimitEntryWaits_ItsStopWaitsWithIt()
    {
        var rig = new TraderRig(bars: SampleBars.FromCloses(50_000, 50_000, 48_000, 48_000, 48_000), closedBars: 2);

        await rig.RunAsync(Decision.Long with { LimitPrice = 49_000m });

        rig.Exchange.Position.IsFlat.Should().BeTrue();
        rig.Stop!.Request.TriggerPrice.Should().Be(46_550m);
        rig.Exchange.AdvanceToNextBar();
        await rig.RunAsync(Decision.Long);
        rig.Exchange.Position.EntryPrice.Should().Be(49_000m);
        rig.Legs.Should().Be("e s", "the stop that waited with the entry is the right one");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_LimitEntryDidNotFill_BothAreTakenAway()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long with { LimitPrice = 49_000m });
        rig.Exchange.AdvanceToNextBar();

        await rig.RunAsync(Decision.None);

        rig.Exchange.OpenOrders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_StopRefusedOnce_IsPlacedWithinTheTime()
    {
        var rig = new TraderRig(FaultPlan.None
            .On(ExchangeCall.Submit, 2, Fault.Rejected(RejectReason.Other, "overloaded"))
            .On(ExchangeCall.Submit, 3, Fault.NetworkDown)
            .On(ExchangeCall.Submit, 4, Fault.RequestLost));
        var running = rig.RunAsync(Decision.Long);

        var waits = await Binance.ClockDriving.DriveAsync(rig.Exchange.Time, running);

        waits.Should().Equal(TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        (await running).Outcome.Should().Be(CycleOutcome.Ordered);
        rig.Stop!.Request.TriggerPrice.Should().Be(Trigger);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_StopCannotBePlacedInTime_ClosesThePosition()
    {
        var faults = FaultPlan.None;
        for (var number = 2; number < 20; number++)
        {
            faults = faults.On(ExchangeCall.Submit, number, Fault.Rejected(RejectReason.Other, "no stops today"));
        }

        // 0, 0.25, 0.75, 1.75, 3.75, 5.75, 7.75, 9.75 and 10 seconds: nine attempts, then the order that closes.
        var rig = new TraderRig(faults.On(ExchangeCall.Submit, 11, Fault.Slow(TimeSpan.Zero)));
        var started = rig.Exchange.Time.GetUtcNow();

        var result = await rig.RunWaitingAsync(Decision.Long);

        (rig.Exchange.Time.GetUtcNow() - started).Should().Be(TimeSpan.FromSeconds(10));
        rig.Exchange.Position.IsFlat.Should().BeTrue();
        rig.Exchange.Orders[^1].Should().BeEquivalentTo(new { ClientOrderId = TraderRig.Ids.For(rig.Exchange.Bars.OpenTimeAt(9), OrderLeg.Close), ReduceOnly = true });
        result.Outcome.Should().Be(CycleOutcome.Denied);
        result.Reason.Should().Be("the position was closed, its stop could not be placed: the stop is Rejected: no stops today");
        rig.Log.Events.Should().Contain("ClosedUnprotected");
    }

    [Fact(Timeout = 60_000)]
    public async Task ProtectAsync_TimeUpWhileTheExchangeWasUnreachable_TriesOnceAndCloses()
    {
        var faults = FaultPlan.None.On(ExchangeCall.GetAccount, 2, Fault.NetworkDown);
        for (var number = 3; number < 20; number++)
        {
            faults = faults.On(ExchangeCall.GetAccount, number, Fault.NetworkDown);
        }

        var rig = new TraderRig(faults
            .On(ExchangeCall.Submit, 2, Fault.NetworkDown)
            .On(ExchangeCall.Submit, 3, Fault.Rejected(RejectReason.Other, "no stops today")))
        { Configure = options => options.StopPlacementTimeout = TimeSpan.FromSeconds(3) };
        using var trader = rig.Create(Decision.Long);
        var running = trader.RunCycleAsync();
        await Binance.ClockDriving.DriveAsync(rig.Exchange.Time, running.ContinueWith(_ => { }, TaskScheduler.Default));
        await running.Invoking(task => task).Should().ThrowAsync<ExchangeException>("the network was down for the closing order too");
        rig.Exchange.Position.IsLong.Should().BeTrue();
        while (rig.Exchange.Calls.Count(call => call.Call == ExchangeCall.GetAccount) < 19)
        {
            await FluentActions.Awaiting(() => rig.Exchange.GetAccountAsync(TraderRig.Btc)).Should().ThrowAsync<ExchangeException>();
        }

        var look = await trader.ProtectAsync();

        look.Reason.Should().StartWith("the position was closed, its stop could not be placed");
        rig.Exchange.Position.IsFlat.Should().BeTrue();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_PriceHasPassedTheStop_ClosesAtOnce()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.Submit, 2, Fault.Rejected(RejectReason.WouldTrigger, "Order would immediately trigger.")));

        var result = await rig.RunAsync(Decision.Long);

        rig.Legs.Should().Be("e s c");
        rig.Exchange.Position.IsFlat.Should().BeTrue();
        result.Reason.Should().Be("the position was closed, its stop could not be placed: Order would immediately trigger.");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_OrdererKnowsNoStops_ClosesAtOnceAndEntersNoMore()
    {
        var rig = new TraderRig();
        rig.Orderer = new OrdererHook(rig.Exchange) { Denies = order => order.Type == OrderType.StopMarket };
        using var trader = rig.Create(Decision.Long);

        var first = await trader.RunCycleAsync();
        rig.Exchange.AdvanceToNextBar();
        var second = await trader.RunCycleAsync();

        first.Reason.Should().Be("the position was closed, its stop could not be placed: not supported");
        rig.Exchange.Position.IsFlat.Should().BeTrue();
        second.Should().BeEquivalentTo(new { Guard = Guard.Unprotectable, Reason = "no stop can be placed: not supported" });
        rig.Legs.Should().Be("e c");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_ExchangeAllowsOneClosingStopASide_ReplacesOwnByCancelingFirst()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.Submit, 4, Fault.Rejected(RejectReason.CloseOrderExists, "one is there")));
        await rig.RunAsync(Decision.Long);
        await rig.Exchange.CancelAsync(new OrderQuery(TraderRig.Btc, rig.Stop!.ClientOrderId));
        await rig.ByHandAsync(TraderRig.StopOf(Side.Sell, 40_000m, TraderRig.Ids.For(rig.Bar, OrderLeg.Stop, 7)));

        await rig.Create(Decision.None).ProtectAsync();

        rig.Exchange.OpenOrders.Should().ContainSingle().Which.Request.Should().BeEquivalentTo(new { TriggerPrice = Trigger, ClosePosition = true });
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_StrangersClosingStopIsInTheWay_NamesTheQuantityInstead()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.Submit, 3, Fault.Rejected(RejectReason.CloseOrderExists, "one is there")));
        await rig.ByHandAsync(TraderRig.StopOf(Side.Sell, 40_000m, "a-strangers"));

        await rig.RunAsync(Decision.Long);
        await rig.Create(Decision.None).ProtectAsync();

        rig.Exchange.OpenOrders.Should().HaveCount(2);
        rig.Exchange.OpenOrders[1].Request.Should().BeEquivalentTo(
            new { TriggerPrice = Trigger, ClosePosition = false, ReduceOnly = true, rig.Exchange.Position.Quantity });
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_CallerCancelsAfterTheEntry_TheStopIsPlacedAllTheSame()
    {
        var rig = new TraderRig();
        using var source = new CancellationTokenSource();
        var hook = new OrdererHook(rig.Exchange);
        rig.Orderer = hook;
        hook.Before = (call, number) => call == ExchangeCall.GetAccount && number == 2 ? source.CancelAsync() : Task.CompletedTask;

        await rig.Create(Decision.Long).Invoking(trader => trader.RunCycleAsync(source.Token)).Should().ThrowAsync<OperationCanceledException>();

        rig.Exchange.Position.IsLong.Should().BeTrue();
        rig.Stop!.Request.TriggerPrice.Should().Be(Trigger);
    }
}
