using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TradingBot.Journal;
using TradingBot.Market;
using TradingBot.Monitoring;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

/// <summary>What a trader tells of its cycles: journal, notifiers, health, trace.</summary>
public sealed class TraderReportingTests : IDisposable
{
    private readonly FakeExchange _exchange = new(SampleBars.Rising(30), closedBars: 10);

    public void Dispose() => _exchange.Dispose();

    [Fact]
    public async Task RunCycleAsync_JournalKept_HoldsTheDecisionBeforeItsOrder()
    {
        var journal = new ListJournal(_exchange);
        using var provider = Provide(Decision.Long.Because("up"), services => services.AddSingleton<ITradeJournal>(journal));

        var result = await provider.GetRequiredService<Trader>().RunCycleAsync();

        journal.Entries.Select(entry => entry.GetType()).Should().Equal(typeof(DecisionEntry), typeof(OrderEntry), typeof(CycleEntry));
        journal.OrdersSentBefore.Should().Equal(0, 1, 1);
        var decision = (DecisionEntry)journal.Entries[0];
        decision.Entry.Should().Be(result.Orders[0].Request);
        decision.Decision.Should().Be(result.Decision);
        decision.BarOpenTime.Should().Be(result.BarOpenTime);
        decision.Options.Should().Contain("Symbol", "BTCUSDT").And.Contain("PositionFraction", "0.1");
        ((OrderEntry)journal.Entries[1]).Order.Should().Be(result.Orders[0]);
        ((CycleEntry)journal.Entries[2]).Outcome.Should().Be(CycleOutcome.Ordered);
    }

    [Fact]
    public async Task RunCycleAsync_JournalFails_EntersNothingButStillExits()
    {
        using (var provider = Provide(Decision.Long))
        {
            await provider.GetRequiredService<Trader>().RunCycleAsync();
        }

        _exchange.AdvanceToNextBar();
        using var failing = Provide(Decision.Short, services => services.AddSingleton<ITradeJournal>(new FullDisk()));

        var result = await failing.GetRequiredService<Trader>().RunCycleAsync();

        result.Guard.Should().Be(Guard.Journal);
        result.Reason.Should().Be("the decision could not be written down: disk full");
        _exchange.Position.Should().Be(Position.Flat);
    }

    [Fact]
    public async Task RunCycleAsync_JournalFailedBefore_NextAttemptAtTheBarDoesNotEnterEither()
    {
        var store = new InMemoryRiskStore();
        using var failing = Provide(Decision.Long, services => services.AddSingleton<ITradeJournal>(new FullDisk()).AddSingleton<IRiskStore>(store));
        await failing.GetRequiredService<Trader>().RunCycleAsync();
        var journal = new ListJournal(_exchange);
        using var provider = Provide(Decision.Long, services => services.AddSingleton<ITradeJournal>(journal).AddSingleton<IRiskStore>(store));

        await provider.GetRequiredService<Trader>().RunCycleAsync();

        _exchange.Orders.Should().BeEmpty("the bar was decided, and its decision is nowhere written");
    }

    [Fact]
    public async Task RunCycleAsync_EntryBarred_DecisionIsInTheJournalAllTheSame()
    {
        var journal = new ListJournal(_exchange);
        using var provider = Provide(Decision.Long, services => services.AddSingleton<ITradeJournal>(journal).Configure<TradingBotOptions>(options => options.KillSwitch = true));

        var result = await provider.GetRequiredService<Trader>().RunCycleAsync();

        result.Guard.Should().Be(Guard.KillSwitch);
        journal.Entries.OfType<DecisionEntry>().Should().ContainSingle().Which.Entry.Should().NotBeNull();
    }

    [Fact]
    public async Task RunCycleAsync_CycleFails_IsInTheJournal()
    {
        using var exchange = new FakeExchange(SampleBars.Rising(30), FaultPlan.None.On(ExchangeCall.GetAccount, 1, Fault.Fails(ExchangeErrorKind.Transient)), closedBars: 10);
        var journal = new ListJournal(exchange);
        using var provider = Provide(Decision.Long, services => services.AddSingleton<ITradeJournal>(journal), exchange);

        var run = () => provider.GetRequiredService<Trader>().RunCycleAsync();

        var failure = (await run.Should().ThrowAsync<ExchangeException>()).Which;
        journal.Entries.Should().ContainSingle().Which.Should().BeOfType<CycleEntry>()
            .Which.Should().BeEquivalentTo(new { Outcome = (CycleOutcome?)null, Reason = failure.Message });
        provider.GetRequiredService<TraderHealthMonitor>().Current.FailedCycles.Should().Be(1);
    }

    [Fact]
    public async Task RunCycleAsync_EntryThenExit_NotifiesOfBoth()
    {
        var notifier = new ListNotifier();
        using (var provider = Provide(Decision.Long.Because("up"), services => services.AddSingleton<INotifier>(notifier)))
        {
            await provider.GetRequiredService<Trader>().RunCycleAsync();
        }

        _exchange.AdvanceToNextBar();
        using (var provider = Provide(Decision.Close.Because("down"), services => services.AddSingleton<INotifier>(notifier)))
        {
            await provider.GetRequiredService<Trader>().RunCycleAsync();
        }

        notifier.Notifications.Select(notification => notification.Kind).Should().Equal(NotificationKind.Entry, NotificationKind.Exit);
        notifier.Notifications[0].Text.Should().StartWith("Buy ").And.EndWith("(up)");
        notifier.Notifications[1].Text.Should().StartWith("Sell ").And.EndWith("(down)");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_StopFilledSinceTheLastCycle_IsInJournalAndNewsOnce()
    {
        using var exchange = new FakeExchange(SampleBars.FromCloses(50_000, 50_000, 46_000, 46_000, 46_000), closedBars: 2);
        var (journal, notifier) = (new ListJournal(exchange), new ListNotifier());
        var store = new InMemoryRiskStore();
        ServiceProvider Restart(Decision decision) => Provide(decision, ProtectedBot(store, journal, notifier), exchange);
        using (var first = Restart(Decision.Long))
        {
            await first.GetRequiredService<Trader>().RunCycleAsync();
        }

        exchange.AdvanceToNextBar();
        exchange.Position.Should().Be(Position.Flat, "the stop at 47,504.8 was met on the way to 46,000");
        notifier.Notifications.Clear();
        using var second = Restart(Decision.None);
        var trader = second.GetRequiredService<Trader>();

        var look = await trader.ProtectAsync();
        var cycle = await trader.RunCycleAsync();

        var stop = journal.Entries.OfType<OrderEntry>().Should().ContainSingle(entry => entry.Order.FilledQuantity > 0 && entry.Order.Request.Type == OrderType.StopMarket).Which.Order;
        stop.Should().BeEquivalentTo(new { Status = OrderStatus.Filled, FilledQuantity = exchange.Fills[0].Quantity, AveragePrice = exchange.Fills[1].Price });
        look.Orders.Should().Equal(stop);
        cycle.Orders.Should().BeEmpty("it has been told");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_StopFilledAndANewProcess_NotifiesOfTheExit()
    {
        using var exchange = new FakeExchange(SampleBars.FromCloses(50_000, 50_000, 46_000, 46_000, 46_000), closedBars: 2);
        var (journal, notifier) = (new ListJournal(exchange), new ListNotifier());
        var store = new InMemoryRiskStore();
        using (var first = Provide(Decision.Long, ProtectedBot(store, journal, notifier), exchange))
        {
            await first.GetRequiredService<Trader>().RunCycleAsync();
        }

        exchange.AdvanceToNextBar();
        notifier.Notifications.Clear();
        using var second = Provide(Decision.None, ProtectedBot(store, journal, notifier), exchange);

        var cycle = await second.GetRequiredService<Trader>().RunCycleAsync();

        cycle.Orders.Should().ContainSingle().Which.Request.Type.Should().Be(OrderType.StopMarket);
        notifier.Notifications.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = NotificationKind.Exit });
        notifier.Notifications[0].Text.Should().StartWith("Sell ").And.Contain("StopMarket: Filled");
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_LimitEntryFilledSinceTheLastCycle_IsInTheJournal()
    {
        using var exchange = new FakeExchange(SampleBars.FromCloses(50_000, 50_000, 48_000, 48_000, 48_000), closedBars: 2);
        var journal = new ListJournal(exchange);
        var store = new InMemoryRiskStore();
        using (var first = Provide(Decision.Long with { LimitPrice = 49_000m }, ProtectedBot(store, journal, new ListNotifier()), exchange))
        {
            await first.GetRequiredService<Trader>().RunCycleAsync();
        }

        exchange.AdvanceToNextBar();
        using var second = Provide(Decision.None, ProtectedBot(store, journal, new ListNotifier()), exchange);

        await second.GetRequiredService<Trader>().RunCycleAsync();

        journal.Entries.OfType<OrderEntry>().Where(entry => entry.Order.Request.Type == OrderType.Limit).Select(entry => entry.Order.Status)
            .Should().Equal(OrderStatus.New, OrderStatus.Filled);
        exchange.Fills.Should().ContainSingle().Which.Price.Should().Be(49_000m);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunCycleAsync_StopThatIsGoneCannotBeAskedFor_IsToldByTheNextLook()
    {
        using var exchange = new FakeExchange(SampleBars.FromCloses(50_000, 50_000, 46_000, 46_000, 46_000), closedBars: 2);
        var hook = new OrdererHook(exchange);
        using var provider = Provide(
            Decision.Long,
            services => ProtectedBot(new InMemoryRiskStore(), new ListJournal(exchange), new ListNotifier())(services.AddSingleton<IOrderer>(hook)),
            exchange);
        var trader = provider.GetRequiredService<Trader>();
        await trader.RunCycleAsync();
        exchange.AdvanceToNextBar();

        hook.Before = (call, _) => call == ExchangeCall.Find ? throw new ExchangeException(ExchangeErrorKind.Transient, "unreachable") : Task.CompletedTask;
        var blind = await trader.ProtectAsync();
        hook.Before = (_, _) => Task.CompletedTask;
        var seeing = await trader.ProtectAsync();

        blind.Orders.Should().BeEmpty();
        seeing.Orders.Should().ContainSingle().Which.Status.Should().Be(OrderStatus.Filled);
    }

    [Fact]
    public async Task RunCycleAsync_NotifierThrows_TradesAllTheSameAndTellsTheNext()
    {
        var second = new ListNotifier();
        using var provider = Provide(
            Decision.Long, services => services.AddSingleton<INotifier>(new BrokenNotifier()).AddSingleton<INotifier>(second));

        var result = await provider.GetRequiredService<Trader>().RunCycleAsync();

        result.Outcome.Should().Be(CycleOutcome.Ordered);
        second.Notifications.Should().ContainSingle();
    }

    [Fact]
    public async Task RunCycleAsync_NotifierHangs_IsGivenUpAfterFiveSeconds()
    {
        using var provider = Provide(Decision.Long, services => services.AddSingleton<INotifier>(new HangingNotifier()));

        var cycle = provider.GetRequiredService<Trader>().RunCycleAsync();
        cycle.IsCompleted.Should().BeFalse();
        _exchange.Time.Advance(TimeSpan.FromSeconds(5));

        (await cycle).Outcome.Should().Be(CycleOutcome.Ordered);
    }

    [Fact]
    public async Task RunCycleAsync_Ended_KeepsTheHealthCurrent()
    {
        using var provider = Provide(Decision.Long);
        var monitor = provider.GetRequiredService<TraderHealthMonitor>();
        monitor.Current.Should().Be(new TraderHealth());

        await provider.GetRequiredService<Trader>().RunCycleAsync();

        monitor.Current.Should().Be(new TraderHealth
        {
            LastCycleAt = _exchange.Time.GetUtcNow(),
            LastBarCloseTime = _exchange.Bars.CloseTimeAt(9),
            ClockOffset = TimeSpan.Zero,
        });
    }

    [Fact]
    public async Task RunCycleAsync_TraceListenedTo_IsOneSpanWithDecisionAndOrders()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TraderMetrics.MeterName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (Equals(span.GetTagItem("tradingbot.bot"), "traced"))
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var provider = Provide(Decision.Long.Because("up"), services => services.Configure<TradingBotOptions>(options => options.BotId = "traced"));

        var result = await provider.GetRequiredService<Trader>().RunCycleAsync();

        var trace = spans.Should().ContainSingle().Which;
        trace.OperationName.Should().Be("tradingbot.cycle");
        trace.GetTagItem("tradingbot.decision").Should().Be("Long");
        trace.GetTagItem("tradingbot.outcome").Should().Be("Ordered");
        trace.GetTagItem("tradingbot.reason").Should().Be("up");
        trace.GetTagItem("tradingbot.orders").Should().BeEquivalentTo(new[] { result.Orders[0].ClientOrderId });
    }

    private static Action<IServiceCollection> ProtectedBot(IRiskStore store, ITradeJournal journal, INotifier notifier) => services => services
        .Configure<TradingBotOptions>(options => options.StopLoss = 0.05m)
        .AddSingleton(store).AddSingleton(journal).AddSingleton(notifier);

    private ServiceProvider Provide(Decision decision, Action<IServiceCollection>? configure = null, FakeExchange? exchange = null)
    {
        var services = new ServiceCollection();
        services.AddTradingBot(options => (options.Symbol, options.Interval) = ("BTCUSDT", (exchange ?? _exchange).Bars.Interval))
            .UseFakeExchange(exchange ?? _exchange)
            .UsePredictor(new PersistencePredictor((exchange ?? _exchange).Bars.Interval))
            .UseStrategy(new CycleBars.Always(decision));
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private sealed class ListJournal(FakeExchange exchange) : ITradeJournal
    {
        public List<JournalEntry> Entries { get; } = [];

        public List<int> OrdersSentBefore { get; } = [];

        public Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default)
        {
            Entries.Add(entry);
            OrdersSentBefore.Add(exchange.Orders.Count);
            return Task.CompletedTask;
        }
    }

    private sealed class FullDisk : ITradeJournal
    {
        public Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default) => Task.FromException(new IOException("disk full"));
    }

    private sealed class ListNotifier : INotifier
    {
        public List<Notification> Notifications { get; } = [];

        public Task NotifyAsync(Notification notification, CancellationToken cancellationToken = default)
        {
            Notifications.Add(notification);
            return Task.CompletedTask;
        }
    }

    private sealed class BrokenNotifier : INotifier
    {
        public Task NotifyAsync(Notification notification, CancellationToken cancellationToken = default) => throw new HttpRequestException("unreachable");
    }

    private sealed class HangingNotifier : INotifier
    {
        public Task NotifyAsync(Notification notification, CancellationToken cancellationToken = default) => new TaskCompletionSource().Task;
    }
}
