using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Testing;
using TradingBot.Tests.Shared;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>A portfolio of one market is that market's backtest, to the last bit.</summary>
public sealed class PortfolioOfOneTests
{
    [Fact]
    public void Run_OneMarketOfAnyKind_EqualsItsBacktest()
    {
        var (trades, liquidations, trips, twice) = (0, 0, 0, 0);
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var bars = RandomMarkets.Bars(random, 250);
                var forecasts = random.Next(4) == 0 ? null : RandomMarkets.Forecasts(random, bars);
                var options = RandomMarkets.Options(random) with { RunsOptimistically = random.Next(2) == 0 };
                var seed = random.Next();
                var (alone, inPortfolio) = (new WhimsicalStrategy(seed), new WhimsicalStrategy(seed));
                var backtester = new Backtester(options);
                var single = forecasts is null ? backtester.Run(bars, alone) : backtester.Run(bars, forecasts, alone);
                var (account, market) = PortfolioCases.Split(options, bars, forecasts, inPortfolio);
                if (random.Next(2) == 0)
                {
                    // The limits of the one market are then those of the account.
                    account = account with { MaxDailyLoss = options.Trade.MaxDailyLoss, MaxDrawdown = options.Trade.MaxDrawdown };
                    market = market with { Trade = market.Trade with { MaxDailyLoss = null, MaxDrawdown = null } };
                }

                var portfolio = new PortfolioBacktester(account).Run([market]);

                inPortfolio.Notes.Should().Equal(alone.Notes);
                Compare(portfolio, single);
                trades += single.Trades.Count;
                liquidations += single.Fills.Count(fill => fill.IsLiquidation);
                twice += single.Optimistic is null ? 0 : 1;
                trips += single.Trades.Any(trade => trade.ExitReason?.EndsWith("has tripped", StringComparison.Ordinal) == true) ? 1 : 0;
            },
            runs: 150);

        trades.Should().BeGreaterThan(1_000);
        liquidations.Should().BeGreaterThan(20);
        twice.Should().BeGreaterThan(3);
        trips.Should().BeGreaterThan(5);
    }

    [Fact]
    public void Run_OneMarketWithFinerBars_EqualsItsBacktest()
    {
        var (trades, ambiguous, missing, stops, differing) = (0, 0, 0, 0, 0);
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var hours = RandomMarkets.Bars(random, 1_000);
                var bars = RandomMarkets.Joined(hours, random.Next(2) == 0 ? Interval.FourHours : Interval.OneDay);
                var options = RandomMarkets.Options(random, leverage: random.Next(1, 20)) with { FinerBars = FromElsewhere(hours, random) };
                options = options with { Trade = options.Trade with { StopLoss = random.Next(3) == 0 ? null : 0.008m } };
                var forecasts = RandomMarkets.Forecasts(random, bars);
                var seed = random.Next();
                var (alone, inPortfolio) = (new WhimsicalStrategy(seed), new WhimsicalStrategy(seed));
                var single = new Backtester(options).Run(bars, forecasts, alone);
                var (account, market) = PortfolioCases.Split(options, bars, forecasts, inPortfolio);

                var portfolio = new PortfolioBacktester(account).Run([market]);

                inPortfolio.Notes.Should().Equal(alone.Notes);
                Compare(portfolio, single);
                portfolio.Warnings.Select(warning => warning.Replace("BTCUSDT: ", "", StringComparison.Ordinal)).Should().Equal(single.Warnings);
                trades += single.Trades.Count;
                ambiguous += single.Optimistic is null ? 0 : 1;
                missing += single.Warnings.Count(warning => warning.StartsWith("The finer bars do not cover", StringComparison.Ordinal));
                stops += single.Fills.Count(fill => fill.ClientOrderId.EndsWith("-s", StringComparison.Ordinal));
                differing += new Backtester(options with { FinerBars = null }).Run(bars, forecasts, new WhimsicalStrategy(seed)).Fills.SequenceEqual(single.Fills) ? 0 : 1;
            },
            runs: 100);

        trades.Should().BeGreaterThan(1_500);
        ambiguous.Should().BeGreaterThan(20);
        missing.Should().BeGreaterThan(60);
        stops.Should().BeGreaterThan(500);
        differing.Should().BeGreaterThan(60);
    }

    [SharedDataFact]
    public void Run_RealDailyBars_EqualsTheirBacktest() => CompareOnRealBars("btcusdt-perp-1d.csv", leverage: 2, stopLoss: 0.03m);

    [SharedDataFact]
    public void Run_RealFourHourBars_EqualsTheirBacktest() => CompareOnRealBars("btcusdt-perp-4h.csv", leverage: 5, stopLoss: 0.01m);

    // With prices that differ by less than is allowed, and without some of the bars.
    private static BarSeries FromElsewhere(BarSeries bars, Random random)
    {
        var left = random.NextDouble() / 20;
        return BarSeries.Create(bars.Symbol, bars.Interval, GapPolicy.Flag, bars.Where(_ => random.NextDouble() > left).Select(bar =>
        {
            var factor = 1 + ((random.NextDouble() - 0.5) * 1e-5);
            return new Bar(bar.OpenTime, bar.Length, factor * bar.Open, factor * bar.High, factor * bar.Low, factor * bar.Close, bar.Volume);
        }));
    }

    private static void CompareOnRealBars(string file, int leverage, decimal stopLoss)
    {
        var bars = BarCsv.Read(SharedData.Path(file), new BarCsvOptions { Symbol = Symbol.Parse("BTCUSDT"), GapPolicy = GapPolicy.Reject });
        var forecasts = RandomMarkets.Forecasts(new Random(8), bars);
        var options = new BacktestOptions
        {
            Trade = new TradeSettings { SymbolInfo = SampleSymbols.For(bars.Symbol), PositionFraction = 0.4m, Leverage = leverage, StopLoss = stopLoss, MaxDrawdown = 0.9m },
        };
        var strategy = new RestlessStrategy();
        var single = new Backtester(options).Run(bars, forecasts, strategy);
        var (account, market) = PortfolioCases.Split(options, bars, forecasts, strategy);

        var portfolio = new PortfolioBacktester(account).Run([market]);

        single.Trades.Should().HaveCountGreaterThan(bars.Count / 20);
        Compare(portfolio, single);
    }

    private static void Compare(PortfolioResult portfolio, BacktestResult single)
    {
        var market = portfolio.Markets.Should().ContainSingle().Which;
        portfolio.Fills.Should().Equal(single.Fills);
        portfolio.Ledger.Should().Equal(single.Ledger);
        portfolio.CloseTimes.ToArray().Should().Equal(single.Bars.Select(bar => bar.CloseTime.ToUnixTimeMilliseconds()));
        portfolio.Equity.ToArray().Select(BitConverter.DoubleToInt64Bits).Should().Equal(single.Equity.ToArray().Select(BitConverter.DoubleToInt64Bits));
        portfolio.Statistics.Should().Be(single.Statistics);
        market.Trades.Should().Equal(single.Trades);
        market.AmbiguousBars.Should().Equal(single.AmbiguousBars);
        portfolio.Optimistic?.Statistics.Should().Be(single.Optimistic?.Statistics);
        (portfolio.Optimistic is null).Should().Be(single.Optimistic is null);
        market.Denials.Should().BeEquivalentTo(single.Denials);
        market.BreakEven.Should().Be(single.BreakEven);
        market.NetProfit.Should().Be(single.Trades.Sum(trade => trade.NetProfit));
        market.Exposure.Should().Be(single.Statistics.Exposure);
    }
}
