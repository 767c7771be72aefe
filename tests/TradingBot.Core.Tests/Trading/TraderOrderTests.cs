using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

/// <summary>The order protocol: no intent is carried out twice, whatever is lost, late or done by another host.</summary>
public sealed class TraderOrderTests
{
    private static readonly Decision LongAtLimit = Decision.Long with { LimitPrice = 49_000m };

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_AnswerAndLookUpLost_EndsAndTheNextCycleBeginsWithTheLookUp()
    {
        // The entry is carried out; its answer is lost, and so is that of the look-up after it (the third: exit id, entry id, entry id).
        var rig = new TraderRig(FaultPlan.LoseFirstOrderAnswer.On(ExchangeCall.Find, 3, Fault.NetworkDown));
        using var trader = rig.Create(Decision.Long);

        var first = await trader.RunCycleAsync();
        rig.Exchange.AdvanceToNextBar();
        var calls = rig.Exchange.Calls.Count;
        var second = await trader.RunCycleAsync();

        first.Reason.Should().Be("the entry is UNKNOWN: The answer was lost.");
        rig.Exchange.Calls[calls].Should().BeEquivalentTo(new { Call = ExchangeCall.Find, Request = new OrderQuery(TraderRig.Btc, first.Orders[0].ClientOrderId) });
        second.Outcome.Should().Be(CycleOutcome.Idle);
        rig.Exchange.Fills.Should().ContainSingle();
        rig.Stop!.Request.TriggerPrice.Should().Be(47_504.8m, "the position is protected although nobody knew of it: 50,005 less 5 per cent, up to the tick");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_LookUpKeepsFailing_EntersNothingUntilTheOutcomeIsKnown()
    {
        var faults = FaultPlan.LoseFirstOrderRequest
            .On(ExchangeCall.Find, 3, Fault.NetworkDown)
            .On(ExchangeCall.Find, 4, Fault.NetworkDown);
        var rig = new TraderRig(faults);
        using var trader = rig.Create(Decision.Long);

        await trader.RunCycleAsync();
        rig.Exchange.AdvanceToNextBar();
        var blocked = await trader.RunCycleAsync();
        rig.Exchange.AdvanceToNextBar();
        var free = await trader.RunCycleAsync();

        blocked.Guard.Should().Be(Guard.UnresolvedOrder);
        blocked.Reason.Should().Be("what became of an earlier order is not known yet");
        free.Outcome.Should().Be(CycleOutcome.Ordered);
        rig.Exchange.Fills.Should().ContainSingle().Which.ClientOrderId.Should().Be(TraderRig.Ids.For(rig.Bar, OrderLeg.Entry));
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_LostEntryShowsUpInTheNextBar_IsKeptAndProtectedNotDoubled()
    {
        // Arrives before the second call of the next cycle, after the account was read as flat once already.
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.Submit, 1, Fault.ArrivesLate(4)));
        using var trader = rig.Create(Decision.Long);

        var lost = await trader.RunCycleAsync();
        rig.Exchange.AdvanceToNextBar();
        var next = await trader.RunCycleAsync();

        lost.Reason.Should().StartWith("the entry is UNKNOWN");
        next.Outcome.Should().Be(CycleOutcome.Idle);
        rig.Exchange.Fills.Should().ContainSingle();
        rig.Memory.Expected.Should().Be(new AccountExpectation { Quantity = rig.Exchange.Position.Quantity, Stop = rig.Stop!.ClientOrderId });
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_LostEntryArrivesAfterItWasSentAgain_TrimsInTheNextLook()
    {
        // The same intent twice on the exchange: lost, not found, sent again by the next attempt; then the first one arrives after all.
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.Submit, 1, Fault.ArrivesLate(25)));
        await rig.RunAsync(Decision.Long);
        await rig.RunAsync(Decision.Long);
        var meant = rig.Exchange.Position.Quantity;
        for (var call = 0; call < 30 && rig.Exchange.Position.Quantity == meant; call++)
        {
            await rig.Exchange.FetchPriceAsync(TraderRig.Btc);
        }

        rig.Exchange.Position.Quantity.Should().Be(2 * meant);
        var look = await rig.Create(Decision.Long).ProtectAsync();

        look.Orders.Should().ContainSingle(order => order.ClientOrderId == TraderRig.Ids.For(rig.Bar, OrderLeg.Trim));
        rig.Exchange.Position.Quantity.Should().Be(meant);
        rig.Stop.Should().NotBeNull();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_SecondHostLooksUpTooEarly_TakesBackWhatIsTooMuch()
    {
        // The second host's look-ups find nothing, and the exchange takes the id again, as it does once an order is filled.
        var hosts = new TraderRig(FaultPlan.None
            .On(ExchangeCall.Submit, 3, Fault.IdForgotten));
        var hook = new OrdererHook(hosts.Exchange);
        var first = hosts.Create(Decision.Long);
        hosts.Orderer = hook;
        hosts.Store = new InMemoryRiskStore();
        // The first host runs its whole cycle between the second one's last look-up and its order.
        hook.Before = (call, number) => call == ExchangeCall.Submit && number == 1 ? first.RunCycleAsync() : Task.CompletedTask;

        var second = await hosts.RunAsync(Decision.Long);

        hosts.Legs.Should().Be("e s e t", "the one that came second trims");
        hosts.Exchange.Position.Quantity.Should().Be(hosts.Exchange.Orders[0].Quantity);
        hosts.Exchange.OpenOrders.Should().ContainSingle().Which.Request.Type.Should().Be(OrderType.StopMarket);
        second.Orders.Select(order => order.Status).Should().Equal(OrderStatus.Filled, OrderStatus.Filled);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_TwoHostsBothSendBeforeEitherReads_OnlyTheLaterTrims()
    {
        var hosts = new TraderRig(FaultPlan.None.On(ExchangeCall.Submit, 2, Fault.IdForgotten));
        var hook = new OrdererHook(hosts.Exchange);
        var second = hosts.Create(Decision.Long);
        hosts.Orderer = hook;
        hosts.Store = new InMemoryRiskStore();
        // The second host sends, reads and trims between the first one's order and its reading of the account (its second: before and after).
        hook.Before = (call, number) => call == ExchangeCall.GetAccount && number == 2 ? SendUnknowingAsync() : Task.CompletedTask;

        await hosts.RunAsync(Decision.Long);
        var afterFirst = hosts.Exchange.Position.Quantity;
        var look = await second.ProtectAsync();

        afterFirst.Should().Be(2 * hosts.Exchange.Orders[0].Quantity, "the first one's order is not the latest under the id, so it leaves the surplus to the other host");
        look.Orders.Should().Contain(order => order.ClientOrderId == TraderRig.Ids.For(hosts.Bar, OrderLeg.Trim));
        hosts.Exchange.Position.Quantity.Should().Be(hosts.Exchange.Orders[0].Quantity);

        Task SendUnknowingAsync() => hosts.Exchange.SubmitAsync(hosts.Exchange.Orders[0]);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_DoubledEntryCannotBeVerified_IsNotTakenForOwnAndTrimmedByTheNextLook()
    {
        // The look-up that would tell whose order is the latest fails: exit id, entry id, then this one.
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.Submit, 2, Fault.IdForgotten).On(ExchangeCall.Find, 3, Fault.RateLimited()));
        var hook = new OrdererHook(rig.Exchange);
        rig.Orderer = hook;
        hook.Before = (call, number) => call == ExchangeCall.GetAccount && number == 2 ? rig.Exchange.SubmitAsync(rig.Exchange.Orders[0]) : Task.CompletedTask;

        await rig.RunAsync(Decision.Long);
        rig.Exchange.Position.Quantity.Should().Be(0.12m);
        rig.Exchange.AdvanceToNextBar();
        await rig.RunAsync(Decision.None);

        rig.Exchange.Position.Quantity.Should().Be(0.06m);
        rig.Stop.Should().NotBeNull();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_OtherHostPlacesTheStopFirst_IsThatStop()
    {
        var rig = new TraderRig();
        var other = rig.Create(Decision.Long);
        var hook = new OrdererHook(rig.Exchange);
        rig.Orderer = hook;
        rig.Store = new InMemoryRiskStore();
        // After this host has read the account without a stop, before it looks up the stop's id.
        hook.Before = (call, number) => call == ExchangeCall.Find && number == 3 ? other.ProtectAsync() : Task.CompletedTask;

        await rig.RunAsync(Decision.Long);

        rig.Exchange.OpenOrders.Should().ContainSingle().Which.ClientOrderId.Should().Be(TraderRig.Ids.For(rig.Bar, OrderLeg.Stop));
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_LimitTripsOnABarThatAnotherHostHasTraded_ClosesUnderAFurtherId()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();
        await rig.RunAsync(Decision.Short);
        rig.Store = new InMemoryRiskStore();
        await rig.Store.SaveAsync("tradingbot", new RiskState { PeakEquity = 20_000, LastEquity = 20_000, DayStartEquity = 20_000, Day = new DateOnly(2024, 1, 1) });
        rig.Configure = options => options.MaxDrawdown = 0.3m;

        var result = await rig.RunAsync(Decision.Short);

        result.Decision.Reason.Should().Be("the drawdown limit has tripped");
        rig.Exchange.Orders[^1].Should().BeEquivalentTo(new { ClientOrderId = TraderRig.Ids.For(rig.Bar, OrderLeg.Exit, 1), Side = Side.Buy, ReduceOnly = true });
        rig.Exchange.Position.IsFlat.Should().BeTrue();
        rig.Exchange.OpenOrders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_HeldUpWhileAnotherHostWentOn_ReadsAnewAndKeepsToWhatThatDecided()
    {
        var rig = new TraderRig();
        var other = rig.Create(Decision.Long);
        var isHeldUp = true;
        rig.Predictor = new Stalling(() =>
        {
            if (isHeldUp)
            {
                isHeldUp = false;
                rig.Exchange.AdvanceToNextBar();
                other.RunCycleAsync().GetAwaiter().GetResult();
            }
        });

        var result = await rig.RunAsync(Decision.Short);

        result.Decision.Action.Should().Be(DecisionAction.Long);
        rig.Legs.Should().Be("e s");
        rig.Exchange.Position.IsLong.Should().BeTrue();
        rig.Memory.Intent.Should().BeEquivalentTo(new { BarOpenTime = rig.Bar, EntryQuantity = 0.06m });
        rig.Memory.Expected!.Quantity.Should().Be(0.06m);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_TwoHostsOneAfterTheOther_EndWithOnePosition()
    {
        var rig = new TraderRig();

        await rig.RunAsync(Decision.Long);
        rig.Store = new InMemoryRiskStore();
        await rig.RunAsync(Decision.Long);

        rig.Legs.Should().Be("e s");
        rig.Exchange.Fills.Should().ContainSingle();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_SecondHostAfterTheFirstOneLeft_DoesNotEnterAgain()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();
        await rig.RunAsync(Decision.Close);
        rig.Exchange.Position.IsFlat.Should().BeTrue();

        rig.Store = new InMemoryRiskStore();
        var again = await rig.RunAsync(Decision.Long);

        again.Outcome.Should().Be(CycleOutcome.Idle);
        again.Orders.Should().BeEmpty();
        rig.Legs.Should().Be("e s x");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_SameBarAfterItsEntryWasStoppedOut_DoesNotEnterAgain()
    {
        var rig = new TraderRig(bars: SampleBars.Flat(10));
        await rig.RunAsync(Decision.Long);
        await rig.ByHandAsync(TraderRig.Market(Side.Sell, rig.Exchange.Position.Quantity, reduceOnly: true));

        var remembered = await rig.RunAsync(Decision.Long);
        rig.Store = new InMemoryRiskStore();
        var forgotten = await rig.RunAsync(Decision.Long);

        rig.Exchange.Position.IsFlat.Should().BeTrue();
        remembered.Orders.Should().ContainSingle(order => order.Status == OrderStatus.Canceled, "only the stop goes");
        forgotten.Orders.Should().ContainSingle(order => order.ClientOrderId == TraderRig.Ids.For(rig.Bar, OrderLeg.Entry), "it is found, not sent");
        rig.Exchange.OpenOrders.Should().BeEmpty();
        rig.Exchange.Fills.Should().HaveCount(2);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_BarDecidedBefore_RecallsTheDecision()
    {
        var rig = new TraderRig();
        var strategy = new TraderRig.ByPosition(flat: Decision.Long, holding: Decision.Close);

        await rig.Create(strategy).RunCycleAsync();
        var again = await rig.Create(strategy).RunCycleAsync();
        rig.Exchange.AdvanceToNextBar();
        var next = await rig.Create(strategy).RunCycleAsync();

        strategy.Calls.Should().Be(2, "once a bar");
        again.Decision.Action.Should().Be(DecisionAction.Long);
        rig.Legs.Should().Be("e s x");
        next.Decision.Action.Should().Be(DecisionAction.Close);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_DiedBetweenExitAndEntry_FinishesTheReversalWithTheSameSize()
    {
        var whole = new TraderRig(bars: SampleBars.RandomWalk(30, seed: 3));
        var broken = new TraderRig(FaultPlan.None.On(ExchangeCall.FetchPrice, 2, Fault.NetworkDown), SampleBars.RandomWalk(30, seed: 3));
        foreach (var rig in new[] { whole, broken })
        {
            await rig.RunAsync(Decision.Long);
            rig.Exchange.AdvanceToNextBar();
        }

        await whole.RunAsync(Decision.Short);
        await broken.Invoking(rig => rig.RunAsync(Decision.Short)).Should().ThrowAsync<ExchangeException>();
        broken.Exchange.Position.IsFlat.Should().BeTrue("only the exit was sent");
        await broken.RunAsync(Decision.None);

        broken.Exchange.Position.Should().Be(whole.Exchange.Position);
        broken.Exchange.Fills.Should().Equal(whole.Exchange.Fills);
        broken.Stop!.Request.Should().Be(whole.Stop!.Request);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_DiedBetweenExitAndEntryAndMemoryLost_MissesTheEntryInsteadOfGuessing()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.FetchPrice, 2, Fault.NetworkDown));
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();
        await rig.Invoking(r => r.RunAsync(Decision.Short)).Should().ThrowAsync<ExchangeException>();

        rig.Store = new InMemoryRiskStore();
        var again = await rig.RunAsync(Decision.Short);
        rig.Exchange.AdvanceToNextBar();
        await rig.RunAsync(Decision.Short);

        again.Outcome.Should().Be(CycleOutcome.Idle);
        rig.Exchange.Position.IsShort.Should().BeTrue("the next bar decides anew");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_EveryCallFailsOnce_EndsInTheSameStateAsWithoutFaults()
    {
        var free = await ReverseAsync(new TraderRig(bars: SampleBars.RandomWalk(30, seed: 11)));
        var calls = free.Exchange.Calls.GroupBy(call => call.Call).ToDictionary(group => group.Key, group => group.Count());
        foreach (var (call, count) in calls)
        {
            for (var number = 1; number <= count; number++)
            {
                foreach (var fault in new[] { Fault.NetworkDown, Fault.AnswerLost, Fault.RequestLost })
                {
                    var rig = await ReverseAsync(new TraderRig(FaultPlan.None.On(call, number, fault), SampleBars.RandomWalk(30, seed: 11)));

                    rig.Exchange.Fills.Should().Equal(free.Exchange.Fills, "of {0} at {1} {2}", fault, call, number);
                    rig.Exchange.OpenOrders.Select(order => order.Request).Should().Equal(free.Exchange.OpenOrders.Select(order => order.Request), "of {0} at {1} {2}", fault, call, number);
                }
            }
        }

        // A new process for every attempt: at most two a bar, as long as one of them fails.
        static async Task<TraderRig> ReverseAsync(TraderRig rig)
        {
            foreach (var decision in new[] { Decision.Long, Decision.Short, Decision.None, Decision.Close, Decision.Long })
            {
                for (var attempt = 1; attempt <= 2; attempt++)
                {
                    try
                    {
                        await rig.RunWaitingAsync(decision);
                    }
                    catch (ExchangeException)
                    {
                        // The next attempt.
                    }
                }

                rig.Exchange.AdvanceToNextBar();
            }

            return rig;
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_LimitEntryFillsBetweenReadingAndCancel_IsKeptAndProtected()
    {
        var rig = new TraderRig(bars: SampleBars.Flat(10));
        await rig.RunAsync(LongAtLimit);
        rig.Exchange.AddBar(50_000, 50_010, 49_500, 50_000);
        rig.Exchange.AddBar(50_000, 50_010, 48_900, 49_100);
        rig.Exchange.AdvanceToNextBar();
        var hook = new OrdererHook(rig.Exchange);
        rig.Orderer = hook;
        hook.Before = (call, _) =>
        {
            if (call == ExchangeCall.Cancel)
            {
                rig.Exchange.AdvanceToNextBar();
            }

            return Task.CompletedTask;
        };

        var result = await rig.RunAsync(Decision.Long);

        result.Orders.Should().ContainSingle(order => order.Status == OrderStatus.Filled && order.Request.Type == OrderType.Limit);
        result.Account!.Position.EntryPrice.Should().Be(49_000m, "the account was read again");
        rig.Exchange.Fills.Should().ContainSingle("the decision to be long is carried out already");
        rig.Stop!.Request.TriggerPrice.Should().Be(46_550m);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_HostFrozenBetweenLookUpAndOrder_EntersNothing()
    {
        var rig = new TraderRig();
        var hook = new OrdererHook(rig.Exchange);
        rig.Orderer = hook;
        hook.Before = (call, number) =>
        {
            if (call == ExchangeCall.Find && number == 2)
            {
                rig.Exchange.Time.Advance(TimeSpan.FromMinutes(2));
            }

            return Task.CompletedTask;
        };

        var result = await rig.RunAsync(Decision.Long);

        result.Guard.Should().Be(Guard.LateDecision);
        result.Reason.Should().Be("the account was read 00:02:00 ago; an entry follows within 00:00:30 or not at all");
        rig.Exchange.Orders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_PriceLongOnItsWayOverTheNextClose_EntersNothing()
    {
        var rig = new TraderRig();
        rig.Exchange.Time.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(5));
        rig.Fetcher = new SlowPrices(rig.Exchange, () => rig.Exchange.Time.Advance(TimeSpan.FromSeconds(10)));

        var result = await rig.RunAsync(Decision.Long);

        result.Guard.Should().Be(Guard.StaleBars, "another host may have traded the bar that has closed meanwhile");
        rig.Exchange.Orders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_OtherHostsLimitEntryWaitsSinceTheDecision_EntersNothing()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        var earlier = TraderRig.Ids.For(rig.Bar, OrderLeg.Entry, 1);
        rig.Exchange.AdvanceToNextBar();
        var hook = new OrdererHook(rig.Exchange);
        rig.Orderer = hook;
        // Between decision and exit another host closes the position and lets an entry wait.
        hook.Before = async (call, number) =>
        {
            if (call == ExchangeCall.Submit && number == 1)
            {
                await rig.ByHandAsync(TraderRig.Market(Side.Sell, 0.06m, reduceOnly: true));
                await rig.ByHandAsync(TraderRig.Market(Side.Sell, 0.05m, earlier) with { Type = OrderType.Limit, Price = 60_000m });
            }
        };

        var result = await rig.RunAsync(Decision.Short);

        result.Guard.Should().Be(Guard.UnresolvedOrder);
        rig.Exchange.Position.IsFlat.Should().BeTrue();
    }

    [Theory(Timeout = 60_000)]
    [InlineData(6, null)]
    [InlineData(4, Guard.StaleBars)]
    public async Task RunCycleAsync_NextBarClosesBeforeTheOrderMustHaveArrived_EntersNothing(int seconds, Guard? guard)
    {
        var rig = new TraderRig();
        rig.Exchange.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(seconds));

        var result = await rig.RunAsync(Decision.Long);

        result.Guard.Should().Be(guard);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_OtherHostEntersWhileThisOneIsHeldUpForSeconds_EntersNothing()
    {
        var rig = new TraderRig();
        rig.Predictor = new Stalling(() =>
        {
            rig.Exchange.Time.Advance(TimeSpan.FromSeconds(10));
            rig.ByHandAsync(TraderRig.Market(Side.Buy, 0.05m)).GetAwaiter().GetResult();
        });

        var result = await rig.RunAsync(Decision.Long);

        result.Guard.Should().Be(Guard.NotFlat);
        rig.Exchange.Position.Quantity.Should().Be(0.05m);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(UnknownExposurePolicy.Adopt)]
    [InlineData(UnknownExposurePolicy.Halt)]
    public async Task ProtectAsync_EntriesOfTwoBarsBothFilled_TakesTheEarlierOneBack(UnknownExposurePolicy policy)
    {
        var rig = new TraderRig { Configure = options => options.UnknownExposurePolicy = policy };
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();
        await rig.ByHandAsync(TraderRig.Market(Side.Buy, 0.05m, TraderRig.Ids.For(rig.Bar, OrderLeg.Entry)));

        await rig.Create(Decision.None).ProtectAsync();

        rig.Exchange.Position.Quantity.Should().Be(0.05m);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_HostFrozenOverTheNextClose_EntersNothing()
    {
        var rig = new TraderRig { Configure = options => options.MaxDecisionAge = TimeSpan.FromHours(1) };
        var hook = new OrdererHook(rig.Exchange);
        rig.Orderer = hook;
        hook.Before = (call, number) =>
        {
            if (call == ExchangeCall.Find && number == 2)
            {
                rig.Exchange.Time.Advance(TimeSpan.FromHours(1));
            }

            return Task.CompletedTask;
        };

        var result = await rig.RunAsync(Decision.Long);

        result.Guard.Should().Be(Guard.StaleBars);
        rig.Exchange.Orders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_AccountReadingFromBeforeTheEntry_StillProtectsThePosition()
    {
        // The reading after the entry, and the next one, still show a flat account.
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.GetAccount, 2, Fault.OldAnswer));

        await rig.RunAsync(Decision.Long);

        rig.Legs.Should().Be("e s");
        rig.Stop!.Request.TriggerPrice.Should().Be(47_504.8m);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_AccountReadingFromBeforeTheReversal_ProtectsTheNewSide()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.GetAccount, 5, Fault.OldAnswer));
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();

        await rig.RunAsync(Decision.Short);

        rig.Exchange.Position.IsShort.Should().BeTrue();
        rig.Stop!.Request.Should().BeEquivalentTo(new { Side = Side.Buy, TriggerPrice = 52_494.7m });
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_PositionReadFromBeforeTheEntry_DoesNotTakeTheStopAway()
    {
        // Orders and position are read one after the other: the stop shows, the position does not yet.
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();
        rig.Orderer = new OrdererHook(rig.Exchange) { Account = (account, number) => number == 1 ? account with { Position = Position.Flat } : account };

        await rig.RunAsync(Decision.Long);

        rig.Exchange.Cancels.Should().BeEmpty();
        rig.Exchange.Fills.Should().ContainSingle();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_StopFasterThanTheExit_CountsAsClosed()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();
        var hook = new OrdererHook(rig.Exchange);
        rig.Orderer = hook;
        hook.Before = (call, number) => call == ExchangeCall.Submit && number == 1
            ? rig.ByHandAsync(TraderRig.Market(Side.Sell, rig.Exchange.Position.Quantity, reduceOnly: true))
            : Task.CompletedTask;

        var result = await rig.RunAsync(Decision.Short);

        result.Outcome.Should().Be(CycleOutcome.Ordered);
        result.Orders[0].RejectReason.Should().Be(RejectReason.ReduceOnly);
        rig.Exchange.Position.IsShort.Should().BeTrue();
    }

    /// <summary>The answer with the price is a while on its way.</summary>
    private sealed class SlowPrices(IFetcher inner, Action meanwhile) : IFetcher
    {
        public Task<BarSeries> FetchBarsAsync(BarRequest request, CancellationToken cancellationToken = default) => inner.FetchBarsAsync(request, cancellationToken);

        public Task<SymbolInfo> FetchSymbolInfoAsync(Symbol symbol, CancellationToken cancellationToken = default) => inner.FetchSymbolInfoAsync(symbol, cancellationToken);

        public async Task<MarketPrice> FetchPriceAsync(Symbol symbol, CancellationToken cancellationToken = default)
        {
            var price = await inner.FetchPriceAsync(symbol, cancellationToken);
            meanwhile();
            return price;
        }
    }

    /// <summary>Something happens while the model thinks.</summary>
    private sealed class Stalling(Action meanwhile) : IPredictor
    {
        public ModelCard Card { get; } = new PersistencePredictor(Interval.OneHour).Card;

        public Forecast? Predict(BarSeries bars)
        {
            meanwhile();
            return null;
        }

        public ForecastSeries PredictSeries(BarSeries bars) => throw new NotSupportedException();
    }
}
