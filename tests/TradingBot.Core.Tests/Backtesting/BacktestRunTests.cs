using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

public sealed class BacktestRunTests
{
    [Fact]
    public void Run_AnyStrategyAndOptions_EqualsThePlainLoop()
    {
        var (limits, liquidations, fundings, stops, trips, longestWait) = (0, 0, 0, 0, 0, 0);
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var bars = RandomBars(random, random.Next(8) == 0 ? 3_000 : 250);
                var forecasts = random.Next(4) == 0 ? null : RandomForecasts(random, bars);
                var options = RandomOptions(random);
                var seed = random.Next();

                var (plainStrategy, strategy) = (new WhimsicalStrategy(seed), new WhimsicalStrategy(seed));
                var plain = new PlainBacktest(bars, forecasts, plainStrategy, options);
                var result = forecasts is null
                    ? new Backtester(options).Run(bars, strategy)
                    : new Backtester(options).Run(bars, forecasts, strategy);

                strategy.Notes.Should().Equal(plainStrategy.Notes);
                result.Fills.Select(Trade).Should().Equal(plain.Fills.Select(Trade));
                result.Ledger.Should().Equal(plain.Ledger);
                result.Equity.ToArray().Select(BitConverter.DoubleToInt64Bits).Should().Equal(plain.Equity.Select(BitConverter.DoubleToInt64Bits));
                result.Denials.Should().BeEquivalentTo(plain.Denials);
                result.Statistics.Should().Be(BacktestStatistics.Compute(
                    bars, plain.Equity.ToArray(), plain.InMarket.ToArray(), result.Trades, options.InitialBalance, plain.Balance));

                limits += plain.Fills.Count(fill => fill.IsMaker);
                liquidations += plain.Fills.Count(fill => fill.IsLiquidation);
                fundings += plain.Ledger.Count(entry => entry.Kind == LedgerEntryKind.Funding);
                stops += plain.Fills.Count(fill => fill.ClientOrderId.EndsWith("-s", StringComparison.Ordinal));
                trips += plain.IsTripped ? 1 : 0;
                longestWait = Math.Max(longestWait, LongestWait(bars, plain.Fills));
            },
            runs: 150);

        // The runs must reach every corner for the comparison to mean something.
        limits.Should().BeGreaterThan(100);
        liquidations.Should().BeGreaterThan(20);
        fundings.Should().BeGreaterThan(1_000);
        stops.Should().BeGreaterThan(100);
        trips.Should().BeGreaterThan(10);
        longestWait.Should().BeGreaterThan(2_000);
    }

    [Fact]
    public void Run_StrategyWithoutAllocations_AllocatesLittleMoreThanTheEquity()
    {
        var bars = RandomBars(new Random(5), 20_000);
        var backtester = new Backtester(new BacktestOptions { Trade = new TradeSettings { SymbolInfo = CycleBars.Rules } });
        var strategy = new SmaCrossoverStrategy(new SmaCrossoverOptions());
        backtester.Run(bars, strategy);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = backtester.Run(bars, strategy);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        result.Trades.Should().HaveCountGreaterThan(500);
        (allocated / (double)bars.Count).Should().BeLessThan(100);
    }

    private static object Trade(Fill fill) =>
        (fill.TradeId, fill.Time, fill.IsLiquidation ? null : fill.ClientOrderId, fill.Side, fill.Quantity, fill.Price, fill.Fee, fill.IsMaker, fill.SlippageCost, fill.RealizedProfit, fill.IsLiquidation);

    private static int LongestWait(BarSeries bars, IReadOnlyList<Fill> fills)
    {
        DateTimeOffset[] times = [bars.OpenTimeAt(0), .. fills.Select(fill => fill.Time), bars.CloseTimeAt(bars.Count - 1)];
        return times.Skip(1).Select((time, i) => bars.IndexAtOrAfter(time) - bars.IndexAtOrAfter(times[i])).Max();
    }

    private static BacktestOptions RandomOptions(Random random)
    {
        var options = RandomOptions(random, leverage: random.Next(2) == 0 ? 1 : random.Next(2, 60));
        // A stop must be nearer than the liquidation price.
        return random.Next(3) == 0 ? options with { Trade = options.Trade with { StopLoss = 0.005m } } : options;
    }

    private static BacktestOptions RandomOptions(Random random, int leverage) => new()
    {
        Trade = new TradeSettings
        {
            SymbolInfo = CycleBars.Rules with { MinNotional = 0 },
            PositionFraction = random.Next(4) == 0 ? 1 : (decimal)(0.05 + (0.9 * random.NextDouble())),
            Leverage = leverage,
            MaxDrawdown = random.Next(3) == 0 ? 0.3m : null,
            MaxDailyLoss = random.Next(3) == 0 ? 0.1m : null,
            MaxNotional = random.Next(3) == 0 ? 3_000m : null,
        },
        MarginMode = random.Next(2) == 0 ? MarginMode.Isolated : MarginMode.Cross,
        Slippage = random.Next(2) == 0 ? 0 : 0.0002m,
        Funding = random.Next(3) switch
        {
            0 => FundingSchedule.None,
            1 => FundingSchedule.Fixed(random.Next(-20, 20) * 0.0001m, TimeSpan.FromHours(random.Next(2) == 0 ? 1 : 8)),
            _ => FundingSchedule.FromHistory(
                Enumerable.Range(0, 300).Select(i => new FundingRate(CycleBars.Start.AddHours((8 * i) + random.Next(8)).AddMinutes(17), random.Next(-20, 20) * 0.0001m))),
        },
    };

    // With gaps, jumps between bars, now and then a violent bar, and prices of any number of digits.
    private static BarSeries RandomBars(Random random, int count)
    {
        var builder = new BarSeriesBuilder(CycleBars.Rules.Symbol, Interval.OneHour, GapPolicy.Flag, count);
        var digits = random.Next(2) == 0 ? 1 : 12;
        var (price, time) = (20_000d, CycleBars.Start);
        double Rounded(double value) => Math.Round(value, digits);
        while (builder.Count < count)
        {
            var violence = random.Next(40) == 0 ? 0.3 : 0.01;
            double Move() => 1 + ((random.NextDouble() - 0.5) * violence);
            var open = random.Next(10) == 0 ? Rounded(price * Move()) : price;
            var close = Rounded(open * Move());
            var high = Rounded(Math.Max(open, close) * (1 + (random.NextDouble() * violence / 4)));
            var low = Rounded(Math.Min(open, close) * (1 - (random.NextDouble() * violence / 4)));
            builder.Add(new Bar(time, TimeSpan.FromHours(1), open, Math.Max(high, Math.Max(open, close)), Math.Min(low, Math.Min(open, close)), close, 1));
            price = close;
            time = time.AddHours(random.Next(50) == 0 ? random.Next(1, 30) : 1);
        }

        return builder.Build();
    }

    private static ForecastSeries RandomForecasts(Random random, BarSeries bars)
    {
        var prices = new double[bars.Count];
        for (var i = 0; i < prices.Length; i++)
        {
            prices[i] = random.Next(20) == 0 ? double.NaN : bars.Closes[i] * (1 + ((random.NextDouble() - 0.5) * 0.04));
        }

        return new ForecastSeries(bars, prices, random.Next(1, 4));
    }
}
