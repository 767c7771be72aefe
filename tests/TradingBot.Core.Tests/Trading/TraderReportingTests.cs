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
