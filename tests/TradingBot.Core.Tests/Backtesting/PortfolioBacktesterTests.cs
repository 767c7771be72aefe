using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using static TradingBot.Core.Tests.Backtesting.PortfolioCases;

namespace TradingBot.Core.Tests.Backtesting;

public sealed class PortfolioBacktesterTests
{
    private static readonly BarSeries Bars = Hours(Btc, Flat(100), Flat(100));

    [Fact]
    public void Run_NoMarkets_SaysSo() => Refused([]).WithMessage("A portfolio needs at least one market, found none.*");

    [Fact]
    public void Run_SymbolTwice_SaysSo() =>
        Refused([Scripted(Bars, 1, 1), Scripted(Hours(Eth, Flat(1)), 1, 1), Scripted(Bars, 1, 1)]).WithMessage("Expected every symbol once, found BTCUSDT 2 times.*");

    [Fact]
    public void Run_OtherSettlementAsset_SaysSo() =>
        Refused([Scripted(Bars, 1, 1), Scripted(Hours(Symbol.Parse("ETHUSDC"), Flat(1)), 1, 1)])
            .WithMessage("Expected markets that settle in one asset, as one account pays for all, found BTCUSDT in USDT and ETHUSDC in USDC.*");

    [Fact]
    public void Run_NoBars_SaysSo() =>
        Refused([Scripted(Bars, 1, 1), Scripted(Hours(Eth), 1, 1)]).WithMessage("Every market of a portfolio needs at least one bar, found none of ETHUSDT.*");

    [Fact]
    public void Run_BarsOfAnotherSymbol_SaysSo() =>
        Refused([Scripted(Bars, 1, 1) with { Trade = SettingsOf(Eth) }]).WithMessage("Expected bars of ETHUSDT, as in the trading rules, found bars of BTCUSDT.*");

    [Fact]
    public void Run_ForecastsOfOtherBars_SaysSo() =>
        Refused([Scripted(Bars, 1, 1) with { Forecasts = new ForecastSeries(Bars[1..], [100], 1) }]).WithMessage("Expected forecasts for these bars*");

    [Fact]
    public void Run_SettingsOutsideTheirRange_SaysSo() =>
        Refused([Scripted(Bars, 2, 1)]).WithMessage("PositionFraction must be above 0 and at most 1, found 2.*");

    [Fact]
    public void Run_StopBeyondTheLiquidationPrice_SaysSo() =>
        Refused([Scripted(Bars, 1, 10) with { Trade = SettingsOf(Btc) with { Leverage = 10, StopLoss = 0.2m } }]).WithMessage("StopLoss must be nearer than the liquidation price*");

    [Fact]
    public void Run_ThresholdBelowCosts_IsRefusedUnlessOverriddenByName()
    {
        PortfolioMarket[] markets = [Scripted(Bars, 0.1m, 1) with { Strategy = new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = 0.001 }) }];

        FluentActions.Invoking(() => new PortfolioBacktester(new PortfolioOptions()).Run(markets)).Should().Throw<UnprofitableSettingsException>();
        new PortfolioBacktester(new PortfolioOptions { AllowThresholdBelowCosts = true }).Run(markets).Markets[0].BreakEven!.IsPayable.Should().BeFalse();
    }

    [Theory]
    [InlineData(0, 0.1, "*InitialBalance*")]
    [InlineData(1, 1.5, "MaxDrawdown must be above 0 and at most 1*")]
    public void Constructor_OptionOutsideItsRange_SaysSo(int balance, double maxDrawdown, string message) =>
        FluentActions.Invoking(() => new PortfolioBacktester(new PortfolioOptions { InitialBalance = balance, MaxDrawdown = (decimal)maxDrawdown }))
            .Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void WithForecastsOf_Model_ForecastsEveryBar()
    {
        var market = Scripted(Bars, 0.1m, 1).WithForecastsOf(new PersistencePredictor(Bars.Interval));

        market.Forecasts!.Prices.ToArray().Should().Equal(100, 100);
        market.Model!.Name.Should().Be("persistence");
    }

    [Fact]
    public void Run_CostsPaid_ArePartOfTheMarketThatPaidThem()
    {
        // 10 bitcoins in and out at 100 and 20 ethers in at 50, at a fee of 0.1 per cent.
        var result = new PortfolioBacktester(Free with { TakerFee = 0.001m }).Run(
        [
            Scripted(Hours(Btc, Flat(100), Flat(100), Flat(110)), 0.1m, 1, (0, Decision.Long), (1, Decision.Close)),
            Scripted(Hours(Eth, Flat(50), Flat(50), Flat(50)), 0.1m, 1, (0, Decision.Long)),
        ]);

        result.Markets.Select(market => (market.Edge, market.TotalFees, market.NetProfit, market.WinRate)).Should().Equal(
            (100m, 2.1m, 97.9m, 1), (0m, 1m, -1m, 0));
        result.Statistics.TotalFees.Should().Be(3.1m);
        result.Statistics.TradeCount.Should().Be(2);
        result.Equity.Span[^1].Should().Be(10_096.9);
        (result.Options.InitialBalance + result.Ledger.Sum(entry => entry.Amount)).Should().Be(result.Statistics.FinalBalance);
    }

    [Fact]
    public void Run_StrategiesWithoutAllocations_AllocateLittleMoreThanTheCurves()
    {
        var random = new Random(5);
        PortfolioMarket[] markets = [.. new[] { Btc, Eth }.Select(symbol => new PortfolioMarket
        {
            Bars = RandomMarkets.Bars(random, 20_000, symbol),
            Strategy = new SmaCrossoverStrategy(new SmaCrossoverOptions()),
            Trade = SettingsOf(symbol),
        })];
        var backtester = new PortfolioBacktester(new PortfolioOptions());
        backtester.Run(markets);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = backtester.Run(markets);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        result.Markets.Should().OnlyContain(market => market.Trades.Count > 500);
        (allocated / 40_000d).Should().BeLessThan(150);
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Refused(PortfolioMarket[] markets) =>
        FluentActions.Invoking(() => new PortfolioBacktester(Free).Run(markets)).Should().Throw<ArgumentException>();
}
