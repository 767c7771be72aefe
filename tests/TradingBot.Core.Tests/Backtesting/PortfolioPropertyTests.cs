using System.Globalization;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using static TradingBot.Core.Tests.Backtesting.PortfolioCases;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>What must hold for any markets, strategies and settings.</summary>
public sealed class PortfolioPropertyTests
{
    private static readonly Symbol[] Symbols = [Btc, Eth, Sol];
    private static readonly Interval[] Intervals = [Interval.OneHour, Interval.OneHour, Interval.FourHours, Interval.OneDay];

    [Fact]
    public void Run_FixedSizesAndAmpleMargin_EachMarketTradesAsAlone()
    {
        var trades = 0;
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var (account, markets) = RandomPortfolio(random);
                account = Ample(account);
                markets = [.. markets.Select(Fixed)];
                var result = new PortfolioBacktester(account).Run([.. markets.Select(Market)]);

                for (var i = 0; i < markets.Length; i++)
                {
                    var alone = new PortfolioBacktester(account).Run([Market(markets[i])]);
                    result.Markets[i].Trades.Should().Equal(alone.Markets[0].Trades);
                    result.Markets[i].Denials.Should().BeEquivalentTo(alone.Markets[0].Denials);
                    result.Fills.Where(fill => fill.Symbol == Symbols[i]).Select(Told).Should().Equal(alone.Fills.Select(Told));
                    result.Ledger.Where(entry => entry.Symbol == Symbols[i]).Should().Equal(alone.Ledger);
                    trades += alone.Markets[0].Trades.Count;
                }
            },
            runs: 40);

        trades.Should().BeGreaterThan(1_500);
    }

    [Fact]
    public void Run_MarketsListedInAnotherOrder_SameResultWhereMarginIsAmple()
    {
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var (account, markets) = RandomPortfolio(random);
                account = Ample(account);
                markets = [.. markets.Select(Fixed)];
                int[] order = [.. Enumerable.Range(0, markets.Length)];
                random.Shuffle(order);

                var result = new PortfolioBacktester(account).Run([.. markets.Select(Market)]);
                var turned = new PortfolioBacktester(account).Run([.. order.Select(i => Market(markets[i]))]);

                turned.CloseTimes.ToArray().Should().Equal(result.CloseTimes.ToArray());
                turned.Statistics.FinalBalance.Should().Be(result.Statistics.FinalBalance);
                for (var i = 0; i < order.Length; i++)
                {
                    turned.Markets[i].Trades.Should().Equal(result.Markets[order[i]].Trades);
                }

                // Only the order of summing differs.
                turned.Equity.ToArray().Zip(result.Equity.ToArray()).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
            },
            runs: 40);
    }

    [Fact]
    public void Run_AnyPortfolio_AccountsForEveryCent()
    {
        var (liquidations, refusals) = (0, 0);
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var (account, markets) = RandomPortfolio(random);
                var result = new PortfolioBacktester(account).Run([.. markets.Select(Market)]);

                (account.InitialBalance + result.Ledger.Sum(entry => entry.Amount)).Should().Be(result.Statistics.FinalBalance);
                // What is open is valued by the average of its fills here and by the position's entry price, of ten decimals, there.
                result.Markets.Sum(market => market.Contribution).Should().BeApproximately(result.Statistics.TotalReturn, 1e-9);
                result.Markets.Sum(market => market.TotalFees).Should().Be(result.Statistics.TotalFees);
                result.Markets.Sum(market => market.TotalFunding).Should().Be(result.Statistics.TotalFunding);
                result.Markets.Sum(market => market.Trades.Count).Should().Be(result.Statistics.TradeCount);
                result.Markets.Should().OnlyContain(market => market.NetProfit == market.Trades.Sum(trade => trade.NetProfit));
                liquidations += result.Markets.Sum(market => market.Liquidations);
                refusals += result.Markets.Sum(market => market.Denials.Where(denial => denial.Key.EndsWith("InsufficientMargin", StringComparison.Ordinal)).Sum(denial => denial.Value));
            },
            runs: 100);

        liquidations.Should().BeGreaterThan(20);
        refusals.Should().BeGreaterThan(1_000);
    }

    [Fact]
    public void Run_FutureOfAnyMarketChanged_ThePastStaysAsItWas()
    {
        var (underWay, liquidations, fills) = (0, 0, 0);
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var (account, markets) = RandomPortfolio(random);
                var latest = markets.Max(market => market.Bars.OpenTimes[^1]);
                var now = latest - (random.Next(1, 100) * 3_600_000L);
                RandomMarket[] others = [.. markets.Select(market => WithOtherFuture(market, now, random))];

                var result = new PortfolioBacktester(account).Run([.. markets.Select(Market)]);
                var other = new PortfolioBacktester(account).Run([.. others.Select(Market)]);

                var past = PastOf(result, now);
                PastOf(other, now).Should().Equal(past);
                for (var i = 0; i < markets.Length; i++)
                {
                    NotesUntil(others[i].Strategy, now).Should().Equal(NotesUntil(markets[i].Strategy, now));
                }

                underWay += markets.Count(market => market.Bars.OpenTimes.ToArray().Any(time => time < now && time + market.Bars.Interval.Length.TotalMilliseconds > now));
                liquidations += result.Fills.Count(fill => fill.IsLiquidation && fill.Time.ToUnixTimeMilliseconds() < now);
                fills += result.Fills.Count(fill => fill.Time.ToUnixTimeMilliseconds() < now);
            },
            runs: 150);

        underWay.Should().BeGreaterThan(50);
        liquidations.Should().BeGreaterThan(20);
        fills.Should().BeGreaterThan(5_000);
    }

    private static object Told(Fill fill) =>
        (fill.Time, fill.IsLiquidation ? null : fill.ClientOrderId, fill.Side, fill.Quantity, fill.Price, fill.Fee, fill.IsMaker, fill.SlippageCost, fill.RealizedProfit);

    private static (PortfolioOptions Account, RandomMarket[] Markets) RandomPortfolio(Random random)
    {
        var options = RandomMarkets.Options(random);
        var account = new PortfolioOptions
        {
            MarginMode = options.MarginMode,
            Slippage = options.Slippage,
            RunsOptimistically = false,
            MaxDrawdown = random.Next(4) == 0 ? 0.3m : null,
            MaxDailyLoss = random.Next(4) == 0 ? 0.1m : null,
        };
        return (account, [.. Symbols.Select(symbol => RandomMarketOf(symbol, random))]);
    }

    private static RandomMarket RandomMarketOf(Symbol symbol, Random random)
    {
        var interval = Intervals[random.Next(Intervals.Length)];
        var bars = RandomMarkets.Bars(random, interval == Interval.OneHour ? 200 : interval == Interval.FourHours ? 60 : 12, symbol, interval, 20 * Math.Pow(1000, random.NextDouble()));
        var options = RandomMarkets.Options(random);
        return new RandomMarket(
            bars[random.Next(bars.Count / 2)..],
            null,
            random.Next(),
            options with { Trade = options.Trade with { SymbolInfo = SettingsOf(symbol).SymbolInfo } })
            .WithForecasts(random);
    }

    private static PortfolioOptions Ample(PortfolioOptions account) => account with { InitialBalance = 100_000_000m, MaxDailyLoss = null, MaxDrawdown = null };

    // A thousandth of the account would be more than the largest notional. Limits look at the whole account.
    private static RandomMarket Fixed(RandomMarket market) => market with
    {
        Options = market.Options with { Trade = market.Options.Trade with { MaxNotional = 3_000m, MaxDailyLoss = null, MaxDrawdown = null } },
    };

    private static PortfolioMarket Market(RandomMarket market)
    {
        market.Strategy.Notes.Clear();
        return Split(market.Options, market.Bars, market.Forecasts, market.Strategy).Market;
    }

    // What is known at an instant stays: bars that have closed, and the open of one that is under way.
    private static RandomMarket WithOtherFuture(RandomMarket market, long now, Random random)
    {
        var (bars, length) = (market.Bars, (long)market.Bars.Interval.Length.TotalMilliseconds);
        var known = bars.OpenTimes.ToArray().Count(time => time + length <= now);
        var begun = bars.OpenTimes.ToArray().Count(time => time < now);
        var builder = new BarSeriesBuilder(bars.Symbol, bars.Interval, GapPolicy.Flag, bars.Count);
        for (var i = 0; i < known; i++)
        {
            builder.Add(bars[i]);
        }

        var end = Math.Max(begun, random.Next(3) == 0 ? 0 : bars.Count);
        for (var i = known; i < end; i++)
        {
            var open = i < begun ? bars.Opens[i] : bars.Opens[i] * (0.5 + random.NextDouble());
            var close = open * (0.5 + random.NextDouble());
            builder.Add(new Bar(bars.OpenTimeAt(i), bars.Interval.Length, open, Math.Max(open, close) * (1 + random.NextDouble()), Math.Min(open, close) * random.NextDouble(), close, 1));
        }

        // A market that had not begun stays in the list, as one that begins some time later.
        if (builder.Count == 0)
        {
            builder.Add(bars[0]);
        }

        var other = builder.Build();
        return (market with { Bars = other }).WithForecasts(random, market.Forecasts, known);
    }

    private static IEnumerable<string> PastOf(PortfolioResult result, long now) =>
    [
        .. result.Fills.Where(fill => fill.Time.ToUnixTimeMilliseconds() < now).Select(fill => fill.ToString()),
        .. result.Equity.ToArray().Zip(result.CloseTimes.ToArray()).Where(point => point.Second <= now).Select(point => point.ToString()),
    ];

    private static IEnumerable<string> NotesUntil(WhimsicalStrategy strategy, long now)
    {
        var limit = DateTimeOffset.FromUnixTimeMilliseconds(now).ToString("u", CultureInfo.InvariantCulture);
        return strategy.Notes.Where(note => string.CompareOrdinal(note.Seen[21..41], limit) <= 0).Select(note => note.ToString());
    }

    private sealed record RandomMarket(BarSeries Bars, ForecastSeries? Forecasts, int Seed, BacktestOptions Options)
    {
        public WhimsicalStrategy Strategy { get; private init; } = new(Seed);

        public RandomMarket WithForecasts(Random random, ForecastSeries? kept = null, int count = 0)
        {
            var made = RandomMarkets.Forecasts(random, Bars);
            var prices = made.Prices.ToArray();
            kept?.Prices[..count].CopyTo(prices);
            return this with { Forecasts = new ForecastSeries(Bars, prices, kept?.Horizon ?? made.Horizon), Strategy = new WhimsicalStrategy(Seed) };
        }
    }
}
