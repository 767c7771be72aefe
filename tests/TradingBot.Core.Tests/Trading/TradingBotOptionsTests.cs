using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

public sealed class TradingBotOptionsTests
{
    [Fact]
    public void Configure_EverySetting_IsRead()
    {
        var options = Read(
            ("BotId", "b1"), ("Symbol", "ETH/USDT:USDT"), ("Interval", "4h"), ("GapPolicy", "fill"), ("Mode", "Live"), ("AllowLiveTrading", "true"),
            ("PositionFraction", "0.5"), ("Leverage", "3"), ("MarginMode", "Cross"), ("MaxNotional", "1000"), ("MaxDailyLoss", "0.05"),
            ("MaxDrawdown", "0.2"), ("PaperBalance", "500"), ("TakerFee", "0.0004"), ("MakerFee", "0.0001"), ("Slippage", "0.0002"),
            ("AllowThresholdBelowCosts", "True"), ("AllowUnskilledModel", "true"), ("ModelPath", "m.onnx"), ("Threshold:Threshold", "0.02"), ("Threshold:StopLoss", "0.1"));

        options.Should().BeEquivalentTo(new
        {
            BotId = "b1",
            Symbol = "ETH/USDT:USDT",
            Interval = Interval.FourHours,
            GapPolicy = GapPolicy.Fill,
            Mode = TradingMode.Live,
            AllowLiveTrading = true,
            PositionFraction = 0.5m,
            Leverage = 3,
            MarginMode = MarginMode.Cross,
            MaxNotional = 1000m,
            MaxDailyLoss = 0.05m,
            MaxDrawdown = 0.2m,
            PaperBalance = 500m,
            TakerFee = 0.0004m,
            MakerFee = 0.0001m,
            Slippage = 0.0002m,
            AllowThresholdBelowCosts = true,
            AllowUnskilledModel = true,
            ModelPath = "m.onnx",
            Threshold = new { Threshold = 0.02, StopLoss = 0.1 },
        });
        FaultsOf(options).Should().BeEmpty();
    }

    [Fact]
    public void Configure_EveryPublicSetting_HasANameInTheConfiguration()
    {
        // A setting that the reader forgets would be reported as unknown.
        var names = typeof(TradingBotOptions).GetProperties().Where(p => p.Name != "Threshold").Select(p => (p.Name, "x")).ToArray();

        FaultsOf(Read(names)).Should().NotContain(fault => fault.Contains("is not a setting", StringComparison.Ordinal));
    }

    [Fact]
    public void Defaults_AreTheSafeChoices()
    {
        var options = new TradingBotOptions();

        options.Mode.Should().Be(TradingMode.Paper);
        options.AllowLiveTrading.Should().BeFalse();
        options.AllowUnskilledModel.Should().BeFalse();
        options.MarginMode.Should().Be(MarginMode.Isolated);
        options.Leverage.Should().Be(1);
        options.GapPolicy.Should().Be(GapPolicy.Reject);
    }

    [Fact]
    public void Validate_ManyFaults_AreReportedTogetherWithTheirRanges()
    {
        var faults = FaultsOf(Read(
            ("Symbol", "bitcoin"), ("Interval", "7m"), ("Leverage", "many"), ("PositionFraction", "2"), ("MarginMode", "2"),
            ("Treshold", "0.01"), ("TakerFee", "0,1"), ("Slippage", "0.5"), ("Threshold:Threshold", "0")));

        faults.Should().BeEquivalentTo(
            "Interval must be one of 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w, found '7m'.",
            "Leverage must be a whole number, found 'many'.",
            "MarginMode must be Isolated or Cross, found '2'.",
            "TakerFee must be a number such as 0.1, found '0,1'.",
            "'Treshold' is not a setting; expected one of AllowLiveTrading, AllowModelOfOtherSymbol, AllowThresholdBelowCosts, AllowUnskilledModel, BotId, GapPolicy, Interval, KillSwitch, KillSwitchAction, KillSwitchFile, Leverage, MakerFee, MarginMode, MaxBalanceChange, MaxBarAge, MaxClockOffset, MaxDailyLoss, MaxDecisionAge, MaxDrawdown, MaxForecastMove, MaxNotional, MaxPriceDeviation, Mode, ModelPath, PaperBalance, PartialFillPolicy, PositionFraction, Slippage, StopLoss, StopPlacementTimeout, Symbol, TakerFee, UnknownExposurePolicy.",
            "Symbol must be a symbol such as BTCUSDT or BTC/USDT:USDT, found 'bitcoin'.",
            "Interval must be one of 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w, found nothing.",
            "Slippage must be from 0 to 0.05, found 0.5.",
            "PositionFraction must be above 0 and at most 1, found 2.",
            "Threshold: Threshold must be above 0 and below 1, found 0.");
    }

    [Fact]
    public void Validate_LiveWithoutTheSecondSwitch_IsRefused() =>
        FaultsOf(Read(("Symbol", "BTCUSDT"), ("Interval", "1d"), ("Mode", "Live"))).Should().ContainSingle()
            .Which.Should().StartWith("Mode is Live, which trades real money; set AllowLiveTrading");

    private static TradingBotOptions Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        var options = new TradingBotOptions();
        new TradingBotOptionsReader(configuration).Configure(options);
        return options;
    }

    private static IEnumerable<string> FaultsOf(TradingBotOptions options) =>
        new TradingBotOptionsValidator().Validate(Options.DefaultName, options).Failures ?? [];
}
