using Microsoft.Extensions.DependencyInjection;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Journal.Tests;

/// <summary>A bot runs over made-up bars on the fake exchange and keeps a journal; the check compares it with the backtest.</summary>
public sealed class ParityCheckTests
{
    private static readonly BarSeries Bars = SampleBars.RandomWalk(seed: 11, count: 80);

    [Fact]
    public async Task Run_BotThatMissedNothing_FindsNoDifferenceToTheLastDigit()
    {
        var entries = await TradeAsync(Bars);

        var report = ParityCheck.Run(entries, new Swinging());

        report.FirstDifference.Should().BeNull();
        report.Decisions.Should().Be(70);
        entries.OfType<OrderEntry>().Should().HaveCountGreaterThan(20);
        report.Money.Recorded.Should().NotBe(0);
        report.Money.Should().BeEquivalentTo(new { Total = 0m, Price = 0m, Fee = 0m, Funding = 0m, RevisedData = 0m, Timing = 0m });
    }

    [Fact]
    public async Task Run_StopsFilledBetweenCycles_FindsNoDifferenceToTheLastDigit()
    {
        var entries = await TradeAsync(Bars, stopLoss: 0.004m);

        var report = ParityCheck.Run(entries, new Swinging());

        entries.OfType<OrderEntry>().Count(entry => entry.Order.Request.Type == OrderType.StopMarket && entry.Order.FilledQuantity > 0).Should().BeGreaterThan(5);
        report.FirstDifference.Should().BeNull();
        report.Money.Recorded.Should().NotBe(0);
        report.Money.Should().BeEquivalentTo(new { Total = 0m, Price = 0m, Fee = 0m, Funding = 0m, RevisedData = 0m, Timing = 0m });
    }

    [Fact]
    public async Task Run_CycleMissed_NamesItsBarAndCallsTheMoneyTiming()
    {
        var missed = -1;
        var entries = await TradeAsync(Bars, skip: bar =>
        {
            // The first bar after the thirtieth on which the strategy turns.
            var turns = bar > 30 && Swinging.At(Bars, bar) != Swinging.At(Bars, bar - 1);
            missed = missed < 0 && turns ? bar : missed;
            return bar == missed;
        });

        var report = ParityCheck.Run(entries, new Swinging());

        report.FirstDifference.Should().BeEquivalentTo(new
        {
            BarOpenTime = Bars.OpenTimeAt(missed),
            Recorded = (string?)null,
            Reason = "the bot did not decide this bar",
        });
        report.Money.Timing.Should().NotBe(0);
        Parts(report.Money).Should().Be(report.Money.Total);
    }

    [Fact]
    public async Task Run_BarRevisedSince_NamesTheBarAndItsMoney()
    {
        var entries = await TradeAsync(Bars);
        var revised = BarSeries.Create(Bars.Symbol, Bars.Interval, GapPolicy.Flag, Bars.Select((bar, i) => i == 40
            ? new Bar(bar.OpenTime, bar.Length, bar.Open, Math.Max(bar.Open, bar.Low * 1.2), bar.Low, bar.Low * 1.1, bar.Volume)
            : bar));

        var report = ParityCheck.Run(entries, new Swinging(), revised);

        report.FirstDifference!.Reason.Should().Be($"the exchange has revised the bar of {Bars.OpenTimeAt(40):u} since");
        report.Money.RevisedData.Should().NotBe(0).And.Be(report.Money.Total);
    }

    [Fact]
    public async Task Run_OtherStrategy_NamesTheFirstBarItDecidesOtherwise()
    {
        var entries = await TradeAsync(Bars);

        var report = ParityCheck.Run(entries, new Idle());

        report.FirstDifference.Should().BeEquivalentTo(new
        {
            BarOpenTime = Bars.OpenTimeAt(9),
            Replayed = "None",
            Reason = "the same inputs were decided otherwise: strategy or settings are not those that decided",
        });
    }

    [Fact]
    public async Task Run_FilledAtAWorsePrice_IsPriceAndNothingElse()
    {
        var entries = (await TradeAsync(Bars)).ToArray();
        var at = Array.FindIndex(entries, entry => entry is OrderEntry { Order: { Status: OrderStatus.Filled, Request.Side: Side.Buy } });
        var order = ((OrderEntry)entries[at]).Order;
        entries[at] = (OrderEntry)entries[at] with { Order = order with { AveragePrice = order.AveragePrice + 1 } };

        var money = ParityCheck.Run(entries, new Swinging()).Money;

        money.Price.Should().Be(-order.FilledQuantity);
        Parts(money).Should().Be(money.Total);
    }

    [Fact]
    public async Task Run_SettingsChangedWithin_SaysWhere()
    {
        var entries = (await TradeAsync(Bars)).ToArray();
        var last = Array.FindLastIndex(entries, entry => entry is DecisionEntry);
        entries[last] = (DecisionEntry)entries[last] with { OptionsHash = "other" };

        var run = () => ParityCheck.Run(entries, new Swinging());

        run.Should().Throw<ArgumentException>().WithMessage($"The settings changed before the bar of {Bars.OpenTimeAt(78):u}; compare the spans before and after it apart.*");
    }

    [Fact]
    public void Run_NoDecisions_SaysWhatWasExpected()
    {
        var run = () => ParityCheck.Run([SampleEntries.Cycle(1)], new Swinging());

        run.Should().Throw<ArgumentException>().WithMessage("Expected at least two decisions, the first of them on a flat account, found 0.*");
    }

    [Fact]
    public async Task Run_BarsThatDoNotReach_SaysWhatWasExpected()
    {
        var entries = await TradeAsync(Bars);

        var run = () => ParityCheck.Run(entries, new Swinging(), Bars[..50]);

        run.Should().Throw<ArgumentException>().WithMessage("Expected the bars that the journal holds (*), found *");
    }

    private static decimal Parts(MoneyDifference money) => money.Price + money.Fee + money.Funding + money.RevisedData + money.Timing;

    private static async Task<IReadOnlyList<JournalEntry>> TradeAsync(BarSeries bars, Func<int, bool>? skip = null, decimal? stopLoss = null)
    {
        // The costs that the bot's options say, so that its backtest pays the same.
        using var exchange = new FakeExchange(bars, closedBars: 10, options: new SimulatedExchangeOptions
        {
            Markets = [new MarketListing(SampleSymbols.For(bars.Symbol)) { Funding = FundingSchedule.Fixed(0.0001m) }],
            TakerFeeRate = 0.0005m,
            MakerFeeRate = 0.0002m,
            Slippage = SlippageModel.Fixed(0.0002m),
        });
        var journal = new ListJournal();
        var services = new ServiceCollection();
        services.AddTradingBot(options =>
                (options.Symbol, options.Interval, options.PositionFraction, options.StopLoss) = (bars.Symbol.Id, bars.Interval, 0.5m, stopLoss))
            .UseFakeExchange(exchange).UsePredictor(new PersistencePredictor(bars.Interval)).UseStrategy(new Swinging());
        services.AddSingleton<ITradeJournal>(journal);
        using var provider = services.BuildServiceProvider();
        var trader = provider.GetRequiredService<Trader>();
        // The last bar stays to come, so that every order fills at an open.
        for (var bar = 9; bar < bars.Count - 1; bar++)
        {
            if (skip?.Invoke(bar) != true)
            {
                await trader.RunCycleAsync();
            }

            exchange.AdvanceToNextBar();
        }

        return journal.Entries;
    }

    /// <summary>Holds with the last two bars' move, so that it turns often.</summary>
    private sealed class Swinging : IStrategy
    {
        public int Lookback => 2;

        public static bool At(BarSeries bars, int bar) => bars.Closes[bar] > bars.Closes[bar - 1];

        public Decision Decide(in StrategyContext context) => context.Bars.Closes[^1] > context.Bars.Closes[^2] ? Decision.Long : Decision.Short;
    }

    private sealed class Idle : IStrategy
    {
        public Decision Decide(in StrategyContext context) => Decision.None;
    }

    private sealed class ListJournal : ITradeJournal
    {
        public List<JournalEntry> Entries { get; } = [];

        public Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default)
        {
            Entries.Add(entry);
            return Task.CompletedTask;
        }
    }
}
