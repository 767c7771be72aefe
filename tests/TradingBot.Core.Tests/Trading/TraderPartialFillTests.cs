using TradingBot.Market;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

/// <summary>What becomes of an order that filled in part.</summary>
public sealed class TraderPartialFillTests
{
    private static readonly FaultPlan EntryInPart = FaultPlan.None.On(ExchangeCall.Submit, 1, Fault.FilledInPart(0.4m));

    // 3,000 at 50,000 in steps of 0.001, and 0.4 of it.
    private const decimal Meant = 0.06m;
    private const decimal Part = 0.024m;

    [Fact]
    public async Task RunCycleAsync_EntryInPartAccepted_KeepsAndProtectsThePart()
    {
        var rig = new TraderRig(EntryInPart);

        var result = await rig.RunAsync(Decision.Long);

        result.Orders[0].Should().BeEquivalentTo(new { Status = OrderStatus.Expired, FilledQuantity = Part });
        rig.Legs.Should().Be("e s");
        rig.Exchange.Position.Quantity.Should().Be(Part);
        rig.Log.Events.Should().Contain("FilledInPart");
    }

    [Fact]
    public async Task RunCycleAsync_EntryInPartCompleted_SendsTheRestOnce()
    {
        var rig = new TraderRig(EntryInPart) { Configure = options => options.PartialFillPolicy = PartialFillPolicy.Complete };

        await rig.RunAsync(Decision.Long);
        await rig.RunAsync(Decision.Long);
        rig.Store = new InMemoryRiskStore();
        await rig.RunAsync(Decision.Long);

        rig.Legs.Should().Be("e f s");
        rig.Exchange.Fills.Select(fill => fill.Quantity).Should().Equal(Part, Meant - Part);
        rig.Exchange.Position.Quantity.Should().Be(Meant);
    }

    [Fact]
    public async Task RunCycleAsync_DiedBeforeTheRest_CompletesInTheNextAttempt()
    {
        var rig = new TraderRig(EntryInPart.On(ExchangeCall.Submit, 2, Fault.NetworkDown)) { Configure = options => options.PartialFillPolicy = PartialFillPolicy.Complete };

        await rig.Invoking(r => r.RunAsync(Decision.Long)).Should().ThrowAsync<ExchangeException>();
        rig.Stop.Should().NotBeNull("the part is protected before the failure is told");
        await rig.RunAsync(Decision.None);

        rig.Exchange.Position.Quantity.Should().Be(Meant);
    }

    [Fact]
    public async Task RunCycleAsync_EntryInPartReduced_IsFlatAgainWithoutAStop()
    {
        var rig = new TraderRig(EntryInPart) { Configure = options => options.PartialFillPolicy = PartialFillPolicy.Reduce };

        await rig.RunAsync(Decision.Long);
        await rig.RunAsync(Decision.Long);

        rig.Legs.Should().Be("e u");
        rig.Exchange.Orders[1].Should().BeEquivalentTo(new { Side = Side.Sell, Quantity = Part, ReduceOnly = true });
        rig.Exchange.Position.IsFlat.Should().BeTrue();
        rig.Exchange.OpenOrders.Should().BeEmpty();
    }

    [Fact]
    public async Task RunCycleAsync_CompletedEntryUnderHalt_IsKnownAsTheBotsOwn()
    {
        var rig = new TraderRig(EntryInPart)
        {
            Configure = options => (options.PartialFillPolicy, options.UnknownExposurePolicy) = (PartialFillPolicy.Complete, UnknownExposurePolicy.Halt),
        };
        await rig.RunAsync(Decision.Long);
        rig.Store = new InMemoryRiskStore();

        var result = await rig.RunAsync(Decision.None);

        result.Outcome.Should().Be(CycleOutcome.Idle);
    }

    [Fact]
    public async Task ProtectAsync_CompletedPartOfADoubledEntryIsTooMuch_IsTrimmed()
    {
        var rig = new TraderRig(EntryInPart.On(ExchangeCall.Submit, 4, Fault.IdForgotten))
        {
            Configure = options => (options.PartialFillPolicy, options.UnknownExposurePolicy) = (PartialFillPolicy.Complete, UnknownExposurePolicy.Halt),
        };
        await rig.RunAsync(Decision.Long);
        // Another host's entry fills whole, and it has trimmed what it saw before this one's rest.
        await rig.Exchange.SubmitAsync(rig.Exchange.Orders[0]);
        await rig.ByHandAsync(TraderRig.Market(Side.Sell, Part, reduceOnly: true));
        rig.Exchange.Position.Quantity.Should().Be(Meant + (Meant - Part));

        await rig.Create(Decision.None).ProtectAsync();

        rig.Exchange.Position.Quantity.Should().Be(Meant);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_TrimOfADoubledEntryInPart_TrimsTheRest()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.Submit, 2, Fault.IdForgotten).On(ExchangeCall.Submit, 3, Fault.FilledInPart(0.4m)));
        var hook = new OrdererHook(rig.Exchange);
        rig.Orderer = hook;
        // Another host's entry, sent a moment before: this one's is the latest under the id.
        hook.Before = (call, number) => call == ExchangeCall.Submit && number == 1
            ? rig.ByHandAsync(TraderRig.Market(Side.Buy, Meant, TraderRig.Ids.For(rig.Bar, OrderLeg.Entry)))
            : Task.CompletedTask;

        await rig.RunAsync(Decision.Long);

        rig.Legs.Should().Be("e e t t1 s");
        rig.Exchange.Position.Quantity.Should().Be(Meant);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(UnknownExposurePolicy.Adopt)]
    [InlineData(UnknownExposurePolicy.Halt)]
    public async Task ProtectAsync_DiedAfterATrimInPart_TrimsTheRest(UnknownExposurePolicy policy)
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.Submit, 3, Fault.IdForgotten).On(ExchangeCall.Submit, 4, Fault.FilledInPart(0.4m)))
        {
            Configure = options => options.UnknownExposurePolicy = policy,
        };
        await rig.RunAsync(Decision.Long);
        await rig.Exchange.SubmitAsync(rig.Exchange.Orders[0]);
        await rig.Create(Decision.None).ProtectAsync();
        rig.Exchange.Position.Quantity.Should().Be(Meant + (Meant - Part));

        await rig.Create(Decision.None).ProtectAsync();

        rig.Legs.Should().Be("e s e t t1");
        rig.Exchange.Position.Quantity.Should().Be(Meant);
    }

    [Fact(Timeout = 60_000)]
    public async Task ProtectAsync_StrangerBuysAfterATrimInPart_IsUnknown()
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.Submit, 3, Fault.IdForgotten).On(ExchangeCall.Submit, 4, Fault.FilledInPart(0.4m)))
        {
            Configure = options => options.UnknownExposurePolicy = UnknownExposurePolicy.Halt,
        };
        await rig.RunAsync(Decision.Long);
        await rig.Exchange.SubmitAsync(rig.Exchange.Orders[0]);
        await rig.Create(Decision.None).ProtectAsync();
        await rig.ByHandAsync(TraderRig.Market(Side.Buy, 0.001m));

        var look = await rig.Create(Decision.None).ProtectAsync();

        look.Guard.Should().Be(Guard.UnknownExposure);
    }

    [Theory]
    [InlineData(PartialFillPolicy.Accept)]
    [InlineData(PartialFillPolicy.Reduce)]
    public async Task RunCycleAsync_ExitInPart_ClosesTheRestWhateverThePolicy(PartialFillPolicy policy)
    {
        var rig = new TraderRig(FaultPlan.None.On(ExchangeCall.Submit, 3, Fault.FilledInPart(0.4m))) { Configure = options => options.PartialFillPolicy = policy };
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();

        var result = await rig.RunAsync(Decision.Short);

        rig.Legs.Should().Be("e s x x1 e s");
        rig.Exchange.Orders[3].Should().BeEquivalentTo(new { Side = Side.Sell, Quantity = Meant - Part, ReduceOnly = true });
        rig.Exchange.Position.IsShort.Should().BeTrue();
        result.Outcome.Should().Be(CycleOutcome.Ordered);
    }

    [Fact]
    public async Task RunCycleAsync_ExitInPartThreeTimes_EntersNothingAndKeepsTheStop()
    {
        var half = Fault.FilledInPart(0.5m);
        var faults = FaultPlan.None.On(ExchangeCall.Submit, 3, half).On(ExchangeCall.Submit, 4, half).On(ExchangeCall.Submit, 5, half);
        var rig = new TraderRig(faults);
        await rig.RunAsync(Decision.Long);
        rig.Exchange.AdvanceToNextBar();

        var result = await rig.RunAsync(Decision.Short);
        rig.Exchange.Position.Quantity.Should().Be(0.008m);
        rig.Stop!.Request.Side.Should().Be(Side.Sell);
        rig.Exchange.AdvanceToNextBar();
        await rig.RunAsync(Decision.Close);

        result.Outcome.Should().Be(CycleOutcome.Denied);
        result.Reason.Should().Be("the exit is EXPIRED: The market took no more.");
        rig.Exchange.Position.IsFlat.Should().BeTrue("the next bar closes what is left");
    }

    [Theory]
    [InlineData(PartialFillPolicy.Reduce, "e s u", 0)]
    [InlineData(PartialFillPolicy.Complete, "e s", 0.02)]
    [InlineData(PartialFillPolicy.Accept, "e s", 0.02)]
    public async Task RunCycleAsync_LimitEntryCanceledWithAPart_FollowsThePolicyButChasesNothing(PartialFillPolicy policy, string legs, double held)
    {
        var rig = new TraderRig { Configure = options => options.PartialFillPolicy = policy };
        await rig.RunAsync(Decision.Long with { LimitPrice = 49_000m });
        var entry = rig.Exchange.OpenOrders[0];
        rig.Exchange.AdvanceToNextBar();
        var hook = new OrdererHook(rig.Exchange) { Canceled = AsFilledInPart };
        rig.Orderer = hook;
        hook.Before = (call, number) => call == ExchangeCall.Cancel && number == 1 ? FillPartAsync() : Task.CompletedTask;

        await rig.RunAsync(Decision.None);

        string.Join(' ', rig.Legs.Split(' ').Where(leg => leg != "part")).Should().Be(legs == "e s u" ? legs : "e s s");
        rig.Exchange.Position.Quantity.Should().Be((decimal)held);
        rig.Exchange.OpenOrders.Should().HaveCount(held == 0 ? 0 : 1);

        Task FillPartAsync() => rig.ByHandAsync(TraderRig.Market(Side.Buy, 0.02m, "by-hand-part"));

        OrderResult? AsFilledInPart(OrderResult? result) =>
            result?.ClientOrderId == entry.ClientOrderId ? result with { FilledQuantity = 0.02m, AveragePrice = 49_000m } : result;
    }
}
