using System.Globalization;
using TradingBot.Backtesting;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Optimization.Tests;

public sealed class FingerprintTests
{
    // What a ledger has recorded must be found by later versions: an option that is added and left at its default must not change this.
    [Fact]
    public void Of_KnownOptions_IsTheHashOfEveryVersion() =>
        HashOf(SampleSearch.Backtest).Should().Be("5094e4022f324468cfce60773c42fbe8de2cd0b659dced3cedad9222682936c7");

    [Fact]
    public void Of_EveryOptionChanged_HasAHashOfItsOwn()
    {
        var (options, trade, rules) = (SampleSearch.Backtest, SampleSearch.Backtest.Trade, SampleSearch.Rules);
        BacktestOptions[] all =
        [
            options,
            options with { InitialBalance = 5_000m },
            options with { MakerFee = 0.001m },
            options with { TakerFee = 0.001m },
            options with { Slippage = 0.001m },
            options with { Funding = FundingSchedule.None },
            options with { Funding = FundingSchedule.Fixed(0.0002m) },
            options with { MarginTiers = MarginTiers.FromRates((1_000_000m, 0.01m, 20)) },
            options with { MarginMode = MarginMode.Cross },
            options with { AllowThresholdBelowCosts = true },
            options with { FinerBars = SampleSearch.Bars(20) },
            options with { FinerBars = SampleSearch.Bars(20, seed: 2) },
            With(trade with { BotId = "another" }),
            With(trade with { BotId = "another, PositionFraction = 0.7" }),
            With(trade with { PositionFraction = 0.7m }),
            With(trade with { Leverage = 2 }),
            With(trade with { MaxNotional = 0.001m }),
            With(trade with { MaxDailyLoss = 0.001m }),
            With(trade with { MaxDrawdown = 0.001m }),
            With(trade with { StopLoss = 0.001m }),
            With(trade with { SymbolInfo = rules with { TickSize = 0.01m } }),
            With(trade with { SymbolInfo = rules with { StepSize = 0.01m } }),
            With(trade with { SymbolInfo = rules with { MinQuantity = 0.01m } }),
            With(trade with { SymbolInfo = rules with { MaxQuantity = 10m } }),
            With(trade with { SymbolInfo = rules with { MaxMarketQuantity = 10m } }),
            With(trade with { SymbolInfo = rules with { MinNotional = 10m } }),
        ];

        all.Select(HashOf).Should().OnlyHaveUniqueItems();

        BacktestOptions With(TradeSettings changed) => options with { Trade = changed };
    }

    [Fact]
    public void Of_OptionThatChangesNoTrial_IsTheSame()
    {
        var options = SampleSearch.Backtest;

        HashOf(options with { RunsOptimistically = false }).Should().Be(HashOf(options));
        HashOf(options with { Trade = options.Trade with { TakerFee = 0.01m } }).Should().Be(HashOf(options), "a backtest takes its own fee");
    }

    [Fact]
    public void Of_AnotherCulture_IsTheSame()
    {
        var options = SampleSearch.Backtest with { Slippage = 0.0015m };
        var (expected, culture) = (HashOf(options), CultureInfo.CurrentCulture);
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ", " } };

            HashOf(options).Should().Be(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string HashOf(BacktestOptions options) => Fingerprint.Of(options, "none", SampleSearch.Bars(20));
}
