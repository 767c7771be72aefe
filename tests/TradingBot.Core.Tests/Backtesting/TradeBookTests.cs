using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

public sealed class TradeBookTests
{
    private static readonly BacktestOptions Funded = LongAtFirst.Costly with { Trade = new TradeSettings { SymbolInfo = CycleBars.Rules, PositionFraction = 0.5m } };

    [Fact]
    public void PlaceOf_TextsByReference_AreFoundAgain()
    {
        var list = new ReasonList();
        var texts = Enumerable.Range(0, 20).Select(i => $"reason {i}").ToArray();

        var places = texts.Select(list.PlaceOf).ToArray();

        places.Should().Equal(Enumerable.Range(1, 20));
        places.Select(place => list[place]).Should().Equal(texts);
        list.PlaceOf(null).Should().Be(0);
        list[0].Should().BeNull();
        list.PlaceOf(texts[^8]).Should().Be(13, "it was seen lately");
        list.PlaceOf(texts[0]).Should().Be(21, "it was seen long ago");
    }

    [Fact]
    public void Run_AReasonOfItsOwnForEveryDecision_IsToldByItsTrades()
    {
        var result = new Backtester(Funded).Run(Flat(40), new Diarist());

        result.Trades.Select(trade => (trade.EntryReason, trade.ExitReason)).Should().Equal(
            Enumerable.Range(0, 39).Select(i => ((string?)$"bar {i}", i == 38 ? null : $"bar {i + 1}")));
    }

    [Fact]
    public void Run_FundingInSomeTrades_IsToldOfThoseAlone()
    {
        // Payments fall due every eight hours, so a trade of three hourly bars meets one or none.
        var result = new Backtester(Funded).Run(Flat(60), new Diarist { Every = 3 });

        var trades = result.Trades;
        var payments = result.Ledger.Where(entry => entry.Kind == LedgerEntryKind.Funding).ToArray();
        trades.Should().HaveCount(20);
        payments.Should().HaveCount(7);
        trades.Select(trade => trade.Funding).Should().Equal(trades.Select(
            (trade, i) => payments.Where(payment => payment.Time > trade.EntryTime && (payment.Time <= trade.ExitTime || i == trades.Count - 1)).Sum(payment => payment.Amount)));
        trades.Count(trade => trade.Funding == 0).Should().Be(13);
        result.Statistics.TotalFunding.Should().Be(payments.Sum(payment => payment.Amount));
    }

    [Fact]
    public void Run_FillsOfTheCycle_AreNamedByBarAndLeg()
    {
        var bars = Flat(5);
        var ids = new ClientOrderIds(Funded.Trade.BotId, bars.Symbol);

        var result = new Backtester(Funded).Run(bars, new Diarist());

        result.Fills.Select(fill => fill.ClientOrderId).Should().Equal(
            ids.For(bars.OpenTimeAt(0), OrderLeg.Entry),
            ids.For(bars.OpenTimeAt(1), OrderLeg.Exit),
            ids.For(bars.OpenTimeAt(1), OrderLeg.Entry),
            ids.For(bars.OpenTimeAt(2), OrderLeg.Exit),
            ids.For(bars.OpenTimeAt(2), OrderLeg.Entry),
            ids.For(bars.OpenTimeAt(3), OrderLeg.Exit),
            ids.For(bars.OpenTimeAt(3), OrderLeg.Entry));
    }

    private static BarSeries Flat(int count) =>
        SketchedBars.Of(Interval.OneHour, [.. Enumerable.Repeat((100.0, 100.0, 100.0), count)]);

    /// <summary>Turns the position every so many bars, and says at which.</summary>
    private sealed class Diarist : IStrategy
    {
        private int _asked;

        public int Every { get; init; } = 1;

        public Decision Decide(in StrategyContext context)
        {
            var bar = _asked++;
            return bar % Every != 0 ? Decision.None : (context.Position.IsLong ? Decision.Short : Decision.Long).Because($"bar {bar}");
        }
    }
}
