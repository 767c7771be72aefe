using System.Diagnostics.Metrics;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

/// <summary>A guard that trips keeps the bot from entering, with a name, a reason, a log line and a count; exits and stops go on.</summary>
public sealed class TraderGuardTests
{
    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_GuardTripped_IsNamedLoggedAndCounted()
    {
        var counted = new List<string?>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => EnableIf(instrument.Name == "tradingbot.guards.tripped", instrument, l) };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Count(tags));
        listener.Start();
        var rig = new TraderRig { Configure = options => options.KillSwitch = true };

        var result = await rig.RunAsync(Decision.Long);

        result.Should().BeEquivalentTo(new { Outcome = CycleOutcome.Denied, Guard = Guard.KillSwitch, Reason = "KillSwitch is set" });
        result.Decision.Should().Be(Decision.Long);
        rig.Exchange.Orders.Should().BeEmpty();
        rig.Log.Lines.Should().ContainSingle(line => line.Event.Id == 40 && line.Event.Name == "EntryBarred" && line.Text.Contains("no entry, KillSwitch: KillSwitch is set", StringComparison.Ordinal));
        counted.Should().Contain("KillSwitch");

        static void EnableIf(bool isWanted, Instrument instrument, MeterListener l)
        {
            if (isWanted)
            {
                l.EnableMeasurementEvents(instrument);
            }
        }

        void Count(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "guard")
                {
                    lock (counted)
                    {
                        counted.Add((string?)tag.Value);
                    }
                }
            }
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_GuardTripped_LetsExitsAndStopsGoOn()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        await rig.Exchange.CancelAsync(new OrderQuery(TraderRig.Btc, rig.Stop!.ClientOrderId));
        rig.Exchange.AdvanceToNextBar();
        rig.Configure = options => options.KillSwitch = true;

        await rig.RunAsync(Decision.None);
        rig.Stop.Should().NotBeNull();
        rig.Exchange.AdvanceToNextBar();
        var reversal = await rig.RunAsync(Decision.Short);

        rig.Exchange.Position.IsFlat.Should().BeTrue("the exit of the reversal is done, its entry is not");
        reversal.Guard.Should().Be(Guard.KillSwitch);
        rig.Exchange.OpenOrders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_GuardGoneInTheSameBar_TheEntryThatWasDecidedIsMade()
    {
        var rig = new TraderRig { Configure = options => options.KillSwitch = true };
        await rig.RunAsync(Decision.Long);
        rig.Configure = _ => { };

        var result = await rig.RunAsync(Decision.None);

        result.Outcome.Should().Be(CycleOutcome.Ordered);
        rig.Exchange.Position.IsLong.Should().BeTrue();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_KillSwitchFile_StopsEntriesWhileItExists()
    {
        var folder = Directory.CreateTempSubdirectory("kill-");
        var file = Path.Combine(folder.FullName, "stop");
        var rig = new TraderRig { Configure = options => options.KillSwitchFile = file };
        using var trader = rig.Create(Decision.Long);
        await File.WriteAllTextAsync(file, "");

        var stopped = await trader.RunCycleAsync();
        folder.Delete(recursive: true);
        var free = await trader.RunCycleAsync();

        stopped.Should().BeEquivalentTo(new { Guard = Guard.KillSwitch, Reason = $"the file '{file}' exists" });
        free.Outcome.Should().Be(CycleOutcome.Ordered);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_KillSwitch_CancelsTheWaitingEntryOfTheSameBar()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long with { LimitPrice = 49_000m });
        rig.Configure = options => options.KillSwitch = true;

        await rig.RunAsync(Decision.Long with { LimitPrice = 49_000m });

        rig.Exchange.OpenOrders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task ProtectAsync_KillSwitchThatCloses_ClosesAndTakesTheStopAway()
    {
        var rig = new TraderRig();
        await rig.RunAsync(Decision.Long);
        rig.Configure = options => (options.KillSwitch, options.KillSwitchAction) = (true, KillSwitchAction.ClosePosition);

        var look = await rig.Create(Decision.None).ProtectAsync();

        look.Orders.Select(order => (order.ClientOrderId, order.Status)).Should().Equal(
            (TraderRig.Ids.For(rig.Bar, OrderLeg.Close), OrderStatus.Filled), (TraderRig.Ids.For(rig.Bar, OrderLeg.Stop), OrderStatus.Canceled));
        rig.Exchange.Position.IsFlat.Should().BeTrue();
        rig.Exchange.OpenOrders.Should().BeEmpty();
        rig.Log.Events.Should().Contain("KillSwitchClosed");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_KillSwitchThatCloses_NeedsNoBars()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.FetchBars, 2, Fault.NetworkDown));
        await rig.RunAsync(Decision.Long);
        rig.Configure = options => (options.KillSwitch, options.KillSwitchAction) = (true, KillSwitchAction.ClosePosition);

        await rig.Invoking(r => r.RunAsync(Decision.Long)).Should().ThrowAsync<ExchangeException>();

        rig.Exchange.Position.IsFlat.Should().BeTrue();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_BarsLate_AreStale()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.FetchBars, 1, Fault.BarsLate()));

        var result = await rig.RunAsync(Decision.Long);

        result.Guard.Should().Be(Guard.StaleBars);
        result.Reason.Should().Be("the newest closed bar ended 01:00:00 ago; entries are made for less than 01:00:00");
        rig.Exchange.Orders.Should().BeEmpty();
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task RunCycleAsync_MaxBarAgeSet_CountsFromTheClose(int minutes, bool isStale)
    {
        var rig = new TraderRig { Configure = options => options.MaxBarAge = TimeSpan.FromMinutes(minutes) };
        rig.Exchange.Time.Advance(TimeSpan.FromMinutes(5));

        var result = await rig.RunAsync(Decision.Long);

        result.Guard.Should().Be(isStale ? Guard.StaleBars : null);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_FeedGoesBackABar_DecidesNothing()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.FetchBars, 2, Fault.BarsLate()));
        await rig.RunAsync(Decision.Long);

        var result = await rig.RunAsync(Decision.Close);

        result.Guard.Should().Be(Guard.StaleBars);
        result.Reason.Should().Be("the bar of 2024-01-01 08:00:00Z is the newest, but that of 2024-01-01 09:00:00Z was decided before");
        rig.Exchange.Position.IsLong.Should().BeTrue();
        rig.Memory.Intent!.BarOpenTime.Should().Be(rig.Bar, "what was decided last is not forgotten");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_StaleFeedWithAWaitingEntry_CancelsIt()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.FetchBars, 2, Fault.BarsLate()));
        await rig.RunAsync(Decision.Long with { LimitPrice = 49_000m });
        rig.Exchange.AdvanceToNextBar();

        await rig.RunAsync(Decision.Long with { LimitPrice = 49_000m });

        rig.Exchange.OpenOrders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_GapUnderReject_BarsTheEntryAndWithholdsTheForecast()
    {
        var bars = SampleBars.Flat(30);
        var gapped = BarSeries.Create(bars.Symbol, bars.Interval, GapPolicy.Flag, bars.Where((_, i) => i != 8));
        var rig = new TraderRig(bars: gapped, closedBars: 9) { Predictor = new Forecasting(_ => 51_000, window: 4) };

        var result = await rig.RunAsync(Decision.Long);

        result.Should().BeEquivalentTo(new { Guard = Guard.GappedBars, Reason = "1 bar(s) are missing from 2024-01-01 08:00:00Z", Forecast = (Forecast?)null });
        rig.Exchange.Orders.Should().BeEmpty();
    }

    [Theory]
    [InlineData(GapPolicy.Flag)]
    [InlineData(GapPolicy.Fill)]
    public async Task RunCycleAsync_GapUnderAnotherPolicy_IsAllowed(GapPolicy policy)
    {
        var bars = SampleBars.Flat(30);
        var gapped = BarSeries.Create(bars.Symbol, bars.Interval, GapPolicy.Flag, bars.Where((_, i) => i != 8));
        var rig = new TraderRig(bars: gapped, closedBars: 9) { Predictor = new Forecasting(_ => 51_000, window: 4), Configure = options => options.GapPolicy = policy };

        (await rig.RunAsync(Decision.Long)).Outcome.Should().Be(CycleOutcome.Ordered);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_GapWithAPosition_StillExits()
    {
        var bars = SampleBars.Flat(30);
        var gapped = BarSeries.Create(bars.Symbol, bars.Interval, GapPolicy.Flag, bars.Where((_, i) => i != 8));
        var rig = new TraderRig(bars: gapped, closedBars: 8) { Predictor = new Forecasting(_ => 51_000, window: 4) };
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();

        await rig.RunAsync(Decision.Close);

        rig.Exchange.Position.IsFlat.Should().BeTrue();
    }

    [Theory]
    [InlineData(61, true)]
    [InlineData(-61, true)]
    [InlineData(60, false)]
    public async Task RunCycleAsync_ExchangesTimeAway_BarsTheEntryBeyondTheLimit(int seconds, bool isBarred)
    {
        var rig = new TraderRig();
        rig.Fetcher = new PriceHook(rig.Exchange, price => price with { Time = price.Time.AddSeconds(seconds) });

        var result = await rig.RunAsync(Decision.Long);

        result.Guard.Should().Be(isBarred ? Guard.ClockOffset : null);
    }

    [Theory]
    [InlineData(1.11, 1, true)]
    [InlineData(0.89, 1, true)]
    [InlineData(1.09, 1, false)]
    [InlineData(1, 1.2, true)] // the mark price is elsewhere
    public async Task RunCycleAsync_PriceAway_BarsTheEntryBeyondTheLimit(double last, double mark, bool isBarred)
    {
        var rig = new TraderRig();
        rig.Fetcher = new PriceHook(rig.Exchange, price => price with { Last = price.Last * (decimal)last, Mark = price.Last * (decimal)last * (decimal)mark });

        var result = await rig.RunAsync(Decision.Long);

        result.Guard.Should().Be(isBarred ? Guard.PriceDeviation : null);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0)]
    [InlineData(-50_000)]
    [InlineData(75_001)]
    [InlineData(24_999)]
    public async Task RunCycleAsync_ForecastUnusable_IsNotShownAndBarsTheEntry(double price)
    {
        var rig = new TraderRig { Predictor = new Forecasting(_ => price, window: 1) };
        var strategy = new Seeing(Decision.Long);

        var result = await rig.Create(strategy).RunCycleAsync();

        result.Guard.Should().Be(Guard.Forecast);
        strategy.Forecast.Should().BeNull();
        result.Forecast!.Value.Price.Should().Be(price, "the result tells what the model said");
        rig.Exchange.Orders.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_ForecastUnusableAndNothingDecided_IsToldAllTheSame()
    {
        var rig = new TraderRig { Predictor = new Forecasting(_ => 500_000, window: 1) };

        var result = await rig.RunAsync(Decision.None);

        result.Should().BeEquivalentTo(new { Outcome = CycleOutcome.Denied, Guard = Guard.Forecast });
        rig.Log.Events.Should().ContainSingle(name => name == "EntryBarred");
    }

    [Theory]
    [InlineData(74_999)]
    [InlineData(25_001)]
    public async Task RunCycleAsync_ForecastWithinTheLimit_IsShown(double price)
    {
        var rig = new TraderRig { Predictor = new Forecasting(_ => price, window: 1) };
        var strategy = new Seeing(Decision.None);

        await rig.Create(strategy).RunCycleAsync();

        strategy.Forecast!.Value.Price.Should().Be(price);
    }

    [Theory]
    [InlineData("ETHUSDT", false, true)]
    [InlineData("ETHUSDT", true, false)]
    [InlineData("BTCUSDT", false, false)]
    public async Task RunCycleAsync_ModelOfAnotherMarket_BarsTheEntryUnlessAllowed(string trainedOn, bool isAllowed, bool isBarred)
    {
        var rig = new TraderRig
        {
            Predictor = new Forecasting(_ => 51_000, window: 1) { Symbol = Symbol.Parse(trainedOn) },
            Configure = options => options.AllowModelOfOtherSymbol = isAllowed,
        };

        var result = await rig.RunAsync(Decision.Long);

        result.Guard.Should().Be(isBarred ? Guard.ModelMismatch : null);
        result.Forecast.Should().NotBeNull();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_ModelExchangedForOneOfAnotherInterval_IsNotAskedAndBarsTheEntry()
    {
        var predictor = new Forecasting(_ => 51_000, window: 1);
        var rig = new TraderRig { Predictor = predictor };
        using var trader = rig.Create(Decision.Long);
        predictor.Interval = Interval.OneDay;

        var result = await trader.RunCycleAsync();

        result.Should().BeEquivalentTo(new { Guard = Guard.ModelMismatch, Forecast = (Forecast?)null });
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_ModelLosesItsVerdictWhileLive_BarsTheEntry()
    {
        var predictor = new Forecasting(_ => 51_000, window: 1);
        var rig = new TraderRig { Predictor = predictor, Configure = options => (options.Mode, options.AllowLiveTrading) = (TradingMode.Live, true) };
        using var trader = rig.Create(Decision.Long);
        predictor.Skill = new ModelSkill(ForecastVerdict.Echo, 300);

        (await trader.RunCycleAsync()).Guard.Should().Be(Guard.ModelVerdict);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_AccountNotAsConfigured_BarsTheEntryUntilItIs()
    {
        var faults = FaultPlan.None
            .On(ExchangeCall.Prepare, 1, Fault.Rejected(RejectReason.Other, "there is a position"))
            .On(ExchangeCall.Prepare, 2, Fault.Rejected(RejectReason.Other, "there is a position"));
        var rig = new TraderRig(faults);
        using var trader = rig.Create(Decision.Long);

        var barred = await trader.RunCycleAsync();
        rig.Exchange.AdvanceToNextBar();
        var free = await trader.RunCycleAsync();

        barred.Should().BeEquivalentTo(new
        {
            Guard = Guard.AccountSetup,
            Reason = "the account is not set to leverage 1 and Isolated margin, one-way: there is a position",
        });
        free.Outcome.Should().Be(CycleOutcome.Ordered);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_LeverageChangedBySomebody_IsSetAgainBeforeTheNextEntry()
    {
        var rig = new TraderRig { Configure = options => options.Leverage = 2 };
        using var trader = rig.Create(Decision.Long);
        await rig.Create(Decision.None).RunCycleAsync();
        await rig.Exchange.PrepareAsync(new AccountSetup(TraderRig.Btc, 7, MarginMode.Cross));
        rig.Exchange.AdvanceToNextBar();

        var before = rig.Exchange.Calls.Count;
        await trader.RunCycleAsync();

        rig.Exchange.Calls.Skip(before).Where(call => call.Call == ExchangeCall.Prepare).Should().ContainSingle();
        // 3 tenths of 10,000 at leverage 2, isolated.
        (await rig.Exchange.GetAccountAsync(TraderRig.Btc)).AvailableBalance.Should().BeInRange(6_990m, 7_010m);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_BalanceChangedFromOutside_BarsEntriesUntilItIsAccepted()
    {
        var rig = new TraderRig { Configure = options => options.MaxBalanceChange = 0.01m };
        await rig.RunAsync(Decision.None);
        var store = rig.Store;
        await store.SaveAsync("tradingbot", rig.Memory with { Expected = new AccountExpectation { Balance = 9_800m } });
        rig.Exchange.AdvanceToNextBar();

        var barred = await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();
        var still = await rig.RunAsync(Decision.Long);
        await rig.Create(Decision.None).ResetLimitsAsync();
        var accepted = await rig.RunAsync(Decision.Long);

        barred.Guard.Should().Be(Guard.BalanceChanged);
        barred.Reason.Should().Be("the balance is 10000 and was left at 9800; call ResetLimitsAsync if the change is meant");
        still.Guard.Should().Be(Guard.BalanceChanged);
        accepted.Outcome.Should().Be(CycleOutcome.Ordered);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_FlatReadingFromBeforeAnUndoneEntry_WritesNoBalanceDown()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.Submit, 1, Fault.FilledInPart(0.4m)))
        {
            Configure = options => (options.PartialFillPolicy, options.MaxBalanceChange) = (PartialFillPolicy.Reduce, 0),
        };
        AccountSnapshot? before = null;
        rig.Orderer = new OrdererHook(rig.Exchange) { Account = (account, number) => number == 1 ? before = account : before! };
        await rig.RunAsync(Decision.Long);
        rig.Legs.Should().Be("e u");
        rig.Orderer = rig.Exchange;
        rig.Exchange.AdvanceToNextBar();

        var next = await rig.RunAsync(Decision.Long);

        next.Guard.Should().BeNull("the fees of entry and undoing are no change from outside");
        rig.Exchange.Position.IsLong.Should().BeTrue();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_BalanceChangedByTheBotsOwnTrades_IsNoOutsideChange()
    {
        var rig = new TraderRig(bars: SampleBars.RandomWalk(30, seed: 2)) { Configure = options => options.MaxBalanceChange = 0 };
        foreach (var decision in new[] { Decision.Long, Decision.None, Decision.Close, Decision.None, Decision.Short, Decision.Long, Decision.Close, Decision.Long })
        {
            (await rig.RunAsync(decision)).Guard.Should().BeNull();
            rig.Exchange.AdvanceToNextBar();
        }

        rig.Memory.Expected!.Balance.Should().BeNull("a position's funding changes the balance by itself");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_UnknownPositionAdopted_IsProtectedAndLeftToTheStrategy()
    {
        var rig = new TraderRig();
        await rig.ByHandAsync(TraderRig.Market(Side.Buy, 0.03m));

        await rig.RunAsync(Decision.None);
        rig.Stop.Should().NotBeNull();
        rig.Exchange.AdvanceToNextBar();
        await rig.RunAsync(Decision.None);
        rig.Exchange.AdvanceToNextBar();
        await rig.RunAsync(Decision.Close);

        rig.Exchange.Position.IsFlat.Should().BeTrue();
        rig.Log.Events.Count(name => name == "ExposureAdopted").Should().Be(1);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_UnknownPositionUnderHalt_IsLeftAloneUntilTakenOver()
    {
        var rig = new TraderRig { Configure = options => options.UnknownExposurePolicy = UnknownExposurePolicy.Halt };
        await rig.ByHandAsync(TraderRig.Market(Side.Buy, 0.03m));

        var halted = await rig.RunAsync(Decision.Close);
        var look = await rig.Create(Decision.None).ProtectAsync();
        rig.Exchange.Orders.Should().ContainSingle("only the one by hand");
        await rig.Create(Decision.None).ResetLimitsAsync();
        await rig.RunAsync(Decision.Close);

        halted.Should().BeEquivalentTo(new
        {
            Outcome = CycleOutcome.Denied,
            Guard = Guard.UnknownExposure,
            Reason = "0.03 is held, of which the bot knows 0 as its own; the bot halts until it is gone or ResetLimitsAsync takes it over",
        });
        look.Guard.Should().Be(Guard.UnknownExposure);
        rig.Exchange.Position.IsFlat.Should().BeTrue();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_PositionEnlargedByHandUnderHalt_Halts()
    {
        var rig = new TraderRig { Configure = options => options.UnknownExposurePolicy = UnknownExposurePolicy.Halt };
        await rig.RunAsync(Decision.Long);
        await rig.ByHandAsync(TraderRig.Market(Side.Buy, 0.01m));

        var result = await rig.RunAsync(Decision.None);

        result.Reason.Should().StartWith("0.07 is held, of which the bot knows 0.06 as its own");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunCycleAsync_OwnPositionUnderHalt_IsKnownAfterARestart(bool remembers)
    {
        var rig = new TraderRig { Configure = options => options.UnknownExposurePolicy = UnknownExposurePolicy.Halt };
        await rig.RunAsync(Decision.Long);
        for (var bar = 0; bar < 5; bar++)
        {
            rig.Exchange.AdvanceToNextBar();
            rig.Store = remembers ? rig.Store : new InMemoryRiskStore();

            (await rig.RunAsync(Decision.None)).Outcome.Should().Be(CycleOutcome.Idle, "its own stop stands for it where nothing is remembered");
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_HeldUpAfterItsLimitEntryFilledUnderHalt_StillKnowsItsPosition()
    {
        var rig = new TraderRig(bars: SampleBars.FromCloses(50_000, 50_000, 48_000, 48_000, 48_000, 48_000, 48_000, 48_000), closedBars: 2)
        {
            Configure = options => options.UnknownExposurePolicy = UnknownExposurePolicy.Halt,
        };
        await rig.RunAsync(Decision.Long with { LimitPrice = 49_000m });
        rig.Exchange.AdvanceToNextBar();
        rig.Exchange.Position.IsLong.Should().BeTrue();
        rig.Store = new SlowStore(rig.Store, rig.Exchange.Time);

        // Too long before the end of the cycle to write down how it left the account.
        await rig.RunAsync(Decision.None);
        for (var bar = 0; bar < 4; bar++)
        {
            rig.Exchange.AdvanceToNextBar();

            (await rig.RunAsync(Decision.None)).Guard.Should().BeNull();
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunCycleAsync_MemorySaysFlatUnderHalt_OwnStopVouchesForThePosition(bool isReplaced)
    {
        var rig = new TraderRig { Configure = options => options.UnknownExposurePolicy = UnknownExposurePolicy.Halt };
        await rig.RunAsync(Decision.Long);
        for (var bar = 0; bar < 5; bar++)
        {
            rig.Exchange.AdvanceToNextBar();
            await rig.RunAsync(Decision.None);
        }

        if (isReplaced)
        {
            await rig.Exchange.CancelAsync(new OrderQuery(TraderRig.Btc, rig.Stop!.ClientOrderId));
            await rig.Create(Decision.None).ProtectAsync();
        }

        await rig.Store.SaveAsync("tradingbot", rig.Memory with { Expected = new AccountExpectation() });

        (await rig.RunAsync(Decision.None)).Guard.Should().BeNull();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_StopOfAnEarlierPositionStandsUnderHalt_JudgesByTheLatestEntry()
    {
        var rig = new TraderRig { Configure = options => options.UnknownExposurePolicy = UnknownExposurePolicy.Halt };
        await rig.RunAsync(Decision.Long);
        var first = rig.Stop!.ClientOrderId;
        rig.Exchange.AdvanceToNextBar();
        // Exit and a larger entry were carried out; the process died before it took the first stop away.
        await rig.ByHandAsync(TraderRig.Market(Side.Sell, 0.06m, TraderRig.Ids.For(rig.Bar, OrderLeg.Exit), reduceOnly: true));
        await rig.ByHandAsync(TraderRig.Market(Side.Buy, 0.07m, TraderRig.Ids.For(rig.Bar, OrderLeg.Entry)));
        await rig.Store.SaveAsync("tradingbot", rig.Memory with { Intent = rig.Memory.Intent! with { BarOpenTime = rig.Bar }, Expected = new AccountExpectation() });
        await rig.Exchange.CancelAsync(new OrderQuery(TraderRig.Btc, first));
        await rig.ByHandAsync(TraderRig.StopOf(Side.Sell, 47_000m, first));

        var look = await rig.Create(Decision.None).ProtectAsync();

        look.Guard.Should().BeNull();
        rig.Stop!.ClientOrderId.Should().Be(TraderRig.Ids.For(rig.Bar, OrderLeg.Stop), "it is named after the bar of its entry");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_LaterReadingIsFromBeforeThePositionUnderHalt_StillKnowsItsPosition()
    {
        var rig = new TraderRig { Configure = options => (options.UnknownExposurePolicy, options.StopLoss) = (UnknownExposurePolicy.Halt, null) };
        await rig.RunAsync(Decision.Long);
        for (var bar = 0; bar < 2; bar++)
        {
            rig.Exchange.AdvanceToNextBar();
            await rig.RunAsync(Decision.None);
        }

        // An order of an earlier bar is canceled, and the reading after it shows a flat account.
        await rig.ByHandAsync(TraderRig.Market(Side.Buy, 0.01m, TraderRig.Ids.For(rig.Bar.AddHours(-1), OrderLeg.Entry, 1)) with { Type = OrderType.Limit, Price = 40_000m });
        rig.Orderer = new OrdererHook(rig.Exchange) { Account = (account, number) => number == 1 ? account : account with { Position = Position.Flat, OpenOrders = [] } };
        rig.Exchange.AdvanceToNextBar();
        await rig.RunAsync(Decision.None);
        rig.Orderer = rig.Exchange;
        rig.Exchange.AdvanceToNextBar();

        (await rig.RunAsync(Decision.None)).Guard.Should().BeNull();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_StrangerBuysWhileALimitEntryWaitsUnderHalt_Halts()
    {
        var rig = new TraderRig { Configure = options => options.UnknownExposurePolicy = UnknownExposurePolicy.Halt };
        await rig.RunAsync(Decision.Long with { LimitPrice = 49_000m });
        await rig.ByHandAsync(TraderRig.Market(Side.Buy, 0.03m));

        (await rig.RunAsync(Decision.None)).Guard.Should().Be(Guard.UnknownExposure, "the stop that waits is the limit entry's");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_ExitLostUnderHalt_StillKnowsItsPosition()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.Submit, 2, Fault.RequestLost))
        {
            Configure = options => (options.UnknownExposurePolicy, options.StopLoss) = (UnknownExposurePolicy.Halt, null),
        };
        await rig.RunAsync(Decision.Long);
        for (var bar = 0; bar < 5; bar++)
        {
            rig.Exchange.AdvanceToNextBar();
            await rig.RunAsync(Decision.None);
        }

        var lost = await rig.RunAsync(Decision.None);
        rig.Exchange.AdvanceToNextBar();
        lost = await rig.RunAsync(Decision.Close);
        var again = await rig.RunAsync(Decision.None);

        lost.Reason.Should().StartWith("the exit is UNKNOWN");
        again.Outcome.Should().Be(CycleOutcome.Ordered);
        rig.Exchange.Position.IsFlat.Should().BeTrue();
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_LimitEntryFilledBeforeASlowCycleUnderHalt_StaysItsOwn()
    {
        var slow = FaultPlan.None.On(ExchangeCall.FetchBars, 2, Fault.Slow(TimeSpan.FromMinutes(1)));
        var rig = new TraderRig(slow, SampleBars.Flat(10)) { Configure = options => options.UnknownExposurePolicy = UnknownExposurePolicy.Halt };
        var close = rig.Exchange.Bars.Closes[^1];
        await rig.RunAsync(Decision.Long with { LimitPrice = (decimal)close - 100 });
        rig.Exchange.AddBar(close, close, close - 200, close);
        rig.Exchange.AddBar(close, close, close, close);
        rig.Exchange.AddBar(close, close, close, close);

        for (var bar = 0; bar < 3; bar++)
        {
            rig.Exchange.AdvanceToNextBar();

            (await rig.RunAsync(Decision.None)).Outcome.Should().Be(CycleOutcome.Idle, "its entry, filled in the first of these bars, is its own in bar {0} too", bar);
        }

        rig.Exchange.Position.IsLong.Should().BeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Constructor_LiveGuardsThatCompareWithAMemoryThatARestartLoses_AreRefused(bool halts)
    {
        var rig = new TraderRig
        {
            Configure = options =>
            {
                (options.Mode, options.AllowLiveTrading) = (TradingMode.Live, true);
                options.UnknownExposurePolicy = halts ? UnknownExposurePolicy.Halt : UnknownExposurePolicy.Adopt;
                options.MaxBalanceChange = halts ? null : 0.01m;
            },
        };

        rig.Invoking(r => r.Create(Decision.None)).Should().Throw<InvalidOperationException>().WithMessage("*KeepLimitsIn(folder)*");
    }

    private sealed class Seeing(Decision decision) : IStrategy
    {
        public Forecast? Forecast { get; private set; }

        public Decision Decide(in StrategyContext context)
        {
            Forecast = context.Forecast;
            return decision;
        }
    }

    private sealed class Forecasting(Func<double, double> forecast, int window) : IPredictor
    {
        public Interval Interval { get; set; } = Interval.OneHour;

        public Symbol? Symbol { get; init; }

        public ModelSkill? Skill { get; set; }

        public ModelCard Card => new PersistencePredictor(Interval).Card with { Name = "scripted", Window = window, Symbol = Symbol, Skill = Skill };

        public Forecast? Predict(BarSeries bars) => new Forecast(forecast(bars.Closes[^1]), bars.Closes[^1], 1);

        public ForecastSeries PredictSeries(BarSeries bars) => throw new NotSupportedException();
    }

    /// <summary>A store whose first save takes two minutes.</summary>
    private sealed class SlowStore(IRiskStore inner, ManualTimeProvider clock) : IRiskStore
    {
        private bool _hasSaved;

        public Task<RiskState> LoadAsync(string botId, CancellationToken cancellationToken = default) => inner.LoadAsync(botId, cancellationToken);

        public Task SaveAsync(string botId, RiskState state, CancellationToken cancellationToken = default)
        {
            clock.Advance(_hasSaved ? TimeSpan.Zero : TimeSpan.FromMinutes(2));
            _hasSaved = true;
            return inner.SaveAsync(botId, state, cancellationToken);
        }
    }

    private sealed class PriceHook(IFetcher inner, Func<MarketPrice, MarketPrice> change) : IFetcher
    {
        public Task<BarSeries> FetchBarsAsync(BarRequest request, CancellationToken cancellationToken = default) => inner.FetchBarsAsync(request, cancellationToken);

        public Task<SymbolInfo> FetchSymbolInfoAsync(Symbol symbol, CancellationToken cancellationToken = default) => inner.FetchSymbolInfoAsync(symbol, cancellationToken);

        public async Task<MarketPrice> FetchPriceAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
            change(await inner.FetchPriceAsync(symbol, cancellationToken));
    }
}
