using System.Runtime.InteropServices;
using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Statistics;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

public sealed class EquityLogTests
{
    [Fact]
    public void Equity_AnyRun_IsTheLedgersBalanceAndTheFillsPositionAtEveryClose()
    {
        var (held, changes) = (0, 0);
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var bars = RandomMarkets.Bars(random, random.Next(6) == 0 ? 3_000 : random.Next(1, 300));
                var result = new Backtester(RandomMarkets.Options(random)).Run(bars, new WhimsicalStrategy(random.Next()));
                var expected = EquityOf(result);
                result.Equity.Length.Should().Be(bars.Count);
                Bits(result.Equity).Should().Equal(Bits(expected));
                result.Statistics.ShouldBeThoseOf(bars, (double)result.Options.InitialBalance, expected);
                changes += result.Ledger.Count;
                held += result.Statistics.Exposure > 0 ? 1 : 0;
            },
            runs: 100);

        changes.Should().BeGreaterThan(5_000);
        held.Should().BeGreaterThan(50);
    }

    [Fact]
    public void Equity_SeveralReadersAtOnce_GetTheSameMemory()
    {
        var result = Run();
        using var start = new Barrier(8);
        var (firsts, gate) = (new List<double[]>(), new Lock());
        var readers = Enumerable.Range(0, 8).Select(_ => new Thread(Read)).ToArray();
        Array.ForEach(readers, reader => reader.Start());
        Array.ForEach(readers, reader => reader.Join());

        firsts.Should().HaveCount(8).And.OnlyContain(values => ReferenceEquals(values, firsts[0]));
        firsts[0].Should().Equal(EquityOf(result));

        void Read()
        {
            start.SignalAndWait();
            _ = result.Equity.Span[^1];
            MemoryMarshal.TryGetArray(result.Equity, out var array).Should().BeTrue();
            lock (gate)
            {
                firsts.Add(array.Array!);
            }
        }
    }

    [Fact]
    public void Equity_SlicedOrPinned_IsTheSameValues()
    {
        var result = Run();
        var expected = EquityOf(result);
        result.Equity[100..200].ToArray().Should().Equal(expected[100..200]);
        using var pin = result.Equity[100..].Pin();
        result.Equity.Span[100..].ToArray().Should().Equal(expected[100..]);
    }

    [Fact]
    public void Equality_OfResults_IsOfTheSameMemoryNotOfTheValues()
    {
        var result = Run();
        var copy = result with { };
        copy.Should().Be(result);
        _ = copy.Equity.Span[0];
        copy.Should().Be(result);
        copy.GetHashCode().Should().Be(result.GetHashCode());

        var given = result with { Equity = new double[] { 1, 2 } };
        given.Should().NotBe(result);
        given.Equity.ToArray().Should().Equal(1, 2);
        (given with { Equity = result.Equity }).Should().Be(result);
    }

    [Fact]
    public void Run_NobodyLooksAtTheEquity_DoesNotMakeIt()
    {
        var bars = RandomMarkets.Bars(new Random(5), 20_000);
        var backtester = new Backtester(new BacktestOptions { Trade = new TradeSettings { SymbolInfo = CycleBars.Rules }, Funding = FundingSchedule.None });
        backtester.Run(bars, new LongAtFirst());

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = backtester.Run(bars, new LongAtFirst());
        result.MeasureReturns(16).Should().HaveCount(16);
        var ran = GC.GetAllocatedBytesForCurrentThread();
        _ = result.Equity.Span[0];
        var looked = GC.GetAllocatedBytesForCurrentThread();

        result.Trades.Should().ContainSingle();
        (ran - before).Should().BeLessThan(bars.Count);
        (looked - ran).Should().BeInRange(8 * bars.Count, 9 * bars.Count);
    }

    [Fact]
    public void MeasureReturns_EquityThatWasGiven_IsMeasured()
    {
        var result = Run() with { Equity = new double[] { 11_000, 9_900, 9_900 } };

        result.MeasureReturns(2).Should().Equal(ReturnMoments.Of([(11_000d / 10_000) - 1]), ReturnMoments.Of([(9_900d / 11_000) - 1, 0]));
    }

    [Fact]
    public void MeasureReturns_MoreRunsThanBars_LeavesSomeEmpty() =>
        (Run() with { Equity = new double[] { 11_000 } }).MeasureReturns(3).Should().Equal(default, default, ReturnMoments.Of([(11_000d / 10_000) - 1]));

    [Theory]
    [InlineData(new[] { 11_000d, 0, 0 }, false)]
    [InlineData(new[] { 11_000d, -5, 10 }, false)]
    [InlineData(new[] { 11_000d, 10, 0 }, true)]
    public void MeasureReturns_EquityUsedUp_HasNoneUnlessAtTheEnd(double[] equity, bool measured) =>
        ((Run() with { Equity = equity }).MeasureReturns(3) is not null).Should().Be(measured);

    [Fact]
    public void MeasureReturns_NoRun_Throws() =>
        FluentActions.Invoking(() => Run().MeasureReturns(0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("blocks");

    private static BacktestResult Run()
    {
        var random = new Random(11);
        return new Backtester(RandomMarkets.Options(random, leverage: 1)).Run(RandomMarkets.Bars(random, 3_000), new WhimsicalStrategy(3));
    }

    // What the ledger booked and the fills left before a bar's close, and what closing it there would bring. What happens at the instant of a close is the next bar's.
    private static double[] EquityOf(BacktestResult result)
    {
        var bars = result.Bars;
        var (balance, quantity, entryPrice) = (result.Options.InitialBalance, 0m, 0m);
        var (entries, fills) = (new Queue<LedgerEntry>(result.Ledger), new Queue<Fill>(result.Fills));
        var equity = new double[bars.Count];
        for (var i = 0; i < equity.Length; i++)
        {
            var close = bars.CloseTimeAt(i);
            while (entries.TryPeek(out var entry) && entry.Time < close)
            {
                balance += entries.Dequeue().Amount;
            }

            while (fills.TryPeek(out var fill) && fill.Time < close)
            {
                fills.Dequeue();
                var signed = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
                var after = quantity + signed;
                entryPrice = after == 0 ? 0
                    : quantity == 0 || Math.Sign(after) != Math.Sign(quantity) ? fill.Price
                    : Math.Sign(signed) != Math.Sign(quantity) ? entryPrice
                    : Averaged(((quantity * entryPrice) + (signed * fill.Price)) / after, signed);
                quantity = after;
            }

            equity[i] = (double)balance + (quantity == 0 ? 0d : (double)quantity * (bars.Closes[i] - (double)entryPrice));
        }

        return equity;

        // To ten decimals, against the account.
        static decimal Averaged(decimal price, decimal signed) =>
            price.Scale <= 10 ? price : decimal.Round(price, 10, signed > 0 ? MidpointRounding.ToPositiveInfinity : MidpointRounding.ToNegativeInfinity);
    }

    private static IEnumerable<long> Bits(ReadOnlyMemory<double> values) => values.ToArray().Select(BitConverter.DoubleToInt64Bits);
}
