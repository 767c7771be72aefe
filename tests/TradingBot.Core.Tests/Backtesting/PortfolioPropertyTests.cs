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
        refusals.Should().BeGreaterThan(500);
    }

    [Fact]
    public void Run_FutureOfAnyMarketChanged_ThePastStaysAsItWas()
    {
        var (underWay, inParts, liquidations, fills) = (0, 0, 0, 0);
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var (account, markets) = RandomPortfolio(random);
                var result = new PortfolioBacktester(account).Run([.. markets.Select(Market)]);
                // Any instant, or one at which a position is likely to be held in bars that have finer ones.
                var trades = result.Markets.Where(market => market.Market.FinerBars is not null && market.Market.Bars.Interval != Interval.OneHour).SelectMany(market => market.Trades).ToArray();
                var now = trades.Length > 0 && random.Next(2) == 0
                    ? Interval.OneHour.OpenTimeAt(trades[random.Next(trades.Length)].EntryTime).AddHours(random.Next(1, 20)).ToUnixTimeMilliseconds()
                    : markets[random.Next(markets.Length)].Bars.OpenTimes[^1] - (random.Next(1, 100) * 3_600_000L);
                RandomMarket[] others = [.. markets.Select(market => WithOtherFuture(market, now, random))];
                var other = new PortfolioBacktester(account).Run([.. others.Select(Market)]);

                var past = PastOf(result, now);
                PastOf(other, now).Should().Equal(past);
                for (var i = 0; i < markets.Length; i++)
                {
                    NotesUntil(others[i].Strategy, now).Should().Equal(NotesUntil(markets[i].Strategy, now));
                }

                underWay += markets.Count(market => IsInside(market.Bars, now));
                inParts += markets.Zip(result.Markets).Count(pair => pair.First.Options.FinerBars is not null && IsInside(pair.First.Bars, now) && pair.Second.Trades.Any(
                    trade => trade.EntryTime.ToUnixTimeMilliseconds() < now && (trade.IsOpen || trade.ExitTime.ToUnixTimeMilliseconds() > now)));
                liquidations += result.Fills.Count(fill => fill.IsLiquidation && fill.Time.ToUnixTimeMilliseconds() < now);
                fills += result.Fills.Count(fill => fill.Time.ToUnixTimeMilliseconds() < now);
            },
            runs: 150);

        underWay.Should().BeGreaterThan(50);
        inParts.Should().BeGreaterThan(30);
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
        var count = interval == Interval.OneHour ? 200 : interval == Interval.FourHours ? 120 : 40;
        var price = 20 * Math.Pow(1000, random.NextDouble());
        var finer = random.Next(4) > 0 ? RandomMarkets.Bars(random, 4 * count, symbol, Quarter(interval), price) : null;
        var bars = finer is null ? RandomMarkets.Bars(random, count, symbol, interval, price) : RandomMarkets.Joined(finer, interval);
        var options = RandomMarkets.Options(random) with { FinerBars = finer };
        if (options.Trade.Leverage <= 10 && random.Next(2) == 0)
        {
            // One that a position outlives for some time.
            options = options with { Trade = options.Trade with { StopLoss = 0.04m } };
        }

        return new RandomMarket(
            bars[random.Next(bars.Count / 2)..],
            null,
            random.Next(),
            options with { Trade = options.Trade with { SymbolInfo = SettingsOf(symbol).SymbolInfo } })
            .WithForecasts(random);
    }

    private static Interval Quarter(Interval interval) =>
        interval == Interval.OneHour ? Interval.FifteenMinutes : interval == Interval.FourHours ? Interval.OneHour : Interval.SixHours;

    private static bool IsInside(BarSeries bars, long time) => bars.OpenTimes.ToArray().Any(open => open < time && open + bars.Interval.Length.TotalMilliseconds > time);

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

    // What is known at an instant stays: bars that have closed, the open of one that is under way, and whether it has finer ones.
    private static RandomMarket WithOtherFuture(RandomMarket market, long now, Random random)
    {
        var bars = market.Bars;
        var (made, finer) = (WithOtherPrices(bars, now, random), market.Options.FinerBars is { } parts ? WithOtherPrices(parts, now, random) : null);
        var begun = bars.OpenTimes.ToArray().Count(time => time < now);
        var end = Math.Max(begun, random.Next(3) == 0 ? 0 : bars.Count);
        var builder = new BarSeriesBuilder(bars.Symbol, bars.Interval, GapPolicy.Flag, bars.Count);
        // A market that had not begun stays in the list, as one that begins some time later.
        for (var i = 0; i < Math.Max(1, end); i++)
        {
            builder.Add(finer?.Between(bars.OpenTimeAt(i), bars.CloseTimeAt(i)) is { } inside && inside.Count * finer.Interval.Length == bars.Interval.Length
                ? RandomMarkets.Joined(inside, bars.Interval)[0]
                : made[i]);
        }

        if (finer is not null)
        {
            var later = begun == 0 ? bars.OpenTimeAt(0) : bars.CloseTimeAt(begun - 1);
            finer = BarSeries.Create(finer.Symbol, finer.Interval, GapPolicy.Flag, finer.Where(bar => bar.OpenTime < later || random.Next(20) > 0));
        }

        var known = bars.OpenTimes.ToArray().Count(time => time + bars.Interval.Length.TotalMilliseconds <= now);
        return (market with { Bars = builder.Build(), Options = market.Options with { FinerBars = finer } }).WithForecasts(random, market.Forecasts, known);
    }

    private static BarSeries WithOtherPrices(BarSeries bars, long now, Random random) => BarSeries.Create(bars.Symbol, bars.Interval, GapPolicy.Flag, bars.Select(bar =>
    {
        if (bar.CloseTime.ToUnixTimeMilliseconds() <= now)
        {
            return bar;
        }

        var open = bar.OpenTime.ToUnixTimeMilliseconds() < now ? bar.Open : bar.Open * (0.5 + random.NextDouble());
        var close = open * (0.5 + random.NextDouble());
        return new Bar(bar.OpenTime, bar.Length, open, Math.Max(open, close) * (1 + random.NextDouble()), Math.Min(open, close) * random.NextDouble(), close, 1);
    }));

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
