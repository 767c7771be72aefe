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
            ("StopLoss", "0.03"), ("StopPlacementTimeout", "00:00:20"), ("PartialFillPolicy", "complete"), ("UnknownExposurePolicy", "Halt"),
            ("MaxDecisionAge", "00:00:05"), ("MaxBarAge", "00:10:00"), ("MaxClockOffset", "00:00:02"), ("MaxPriceDeviation", "0.02"), ("MaxForecastMove", "0.3"),
            ("MaxBalanceChange", "0.01"), ("KillSwitch", "true"), ("KillSwitchFile", "stop"), ("KillSwitchAction", "ClosePosition"), ("AllowModelOfOtherSymbol", "true"),
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
            StopLoss = 0.03m,
            StopPlacementTimeout = TimeSpan.FromSeconds(20),
            PartialFillPolicy = PartialFillPolicy.Complete,
            UnknownExposurePolicy = UnknownExposurePolicy.Halt,
            MaxDecisionAge = TimeSpan.FromSeconds(5),
            MaxBarAge = TimeSpan.FromMinutes(10),
            MaxClockOffset = TimeSpan.FromSeconds(2),
            MaxPriceDeviation = 0.02m,
            MaxForecastMove = 0.3,
            MaxBalanceChange = 0.01m,
            KillSwitch = true,
            KillSwitchFile = "stop",
            KillSwitchAction = KillSwitchAction.ClosePosition,
            AllowModelOfOtherSymbol = true,
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
        options.AllowModelOfOtherSymbol.Should().BeFalse();
        options.Should().BeEquivalentTo(new
        {
            StopLoss = (decimal?)null,
            StopPlacementTimeout = TimeSpan.FromSeconds(10),
            PartialFillPolicy = PartialFillPolicy.Accept,
            UnknownExposurePolicy = UnknownExposurePolicy.Adopt,
            MaxDecisionAge = TimeSpan.FromSeconds(30),
            MaxBarAge = (TimeSpan?)null,
            MaxClockOffset = TimeSpan.FromMinutes(1),
            MaxPriceDeviation = 0.1m,
            MaxForecastMove = 0.5,
            MaxBalanceChange = (decimal?)null,
            KillSwitch = false,
            KillSwitchFile = (string?)null,
            KillSwitchAction = KillSwitchAction.StopEntries,
        });
    }

    [Theory]
    [InlineData("StopLoss", "0", "StopLoss must be above 0 and below 1, or left out for none, found 0.")]
    [InlineData("StopLoss", "1", "StopLoss must be above 0 and below 1, or left out for none, found 1.")]
    [InlineData("StopPlacementTimeout", "00:10:01", "StopPlacementTimeout must be from 00:00:00 to 00:10:00, found 00:10:01.")]
    [InlineData("StopPlacementTimeout", "-00:00:01", "StopPlacementTimeout must be from 00:00:00 to 00:10:00, found -00:00:01.")]
    [InlineData("StopPlacementTimeout", "10", "StopPlacementTimeout must be a time such as 00:00:10, found '10'.")]
    [InlineData("PartialFillPolicy", "Keep", "PartialFillPolicy must be Accept or Complete or Reduce, found 'Keep'.")]
    [InlineData("UnknownExposurePolicy", "Ignore", "UnknownExposurePolicy must be Adopt or Halt, found 'Ignore'.")]
    [InlineData("KillSwitchAction", "Panic", "KillSwitchAction must be StopEntries or ClosePosition, found 'Panic'.")]
    [InlineData("MaxDecisionAge", "00:00:00", "MaxDecisionAge must be above 00:00:00 and at most 01:00:00, found 00:00:00.")]
    [InlineData("MaxDecisionAge", "01:00:01", "MaxDecisionAge must be above 00:00:00 and at most 01:00:00, found 01:00:01.")]
    [InlineData("MaxBarAge", "00:00:00", "MaxBarAge must be above 00:00:00, or left out for one interval, found 00:00:00.")]
    [InlineData("MaxClockOffset", "00:00:00", "MaxClockOffset must be above 00:00:00, found 00:00:00.")]
    [InlineData("MaxPriceDeviation", "0", "MaxPriceDeviation must be above 0 and at most 1, found 0.")]
    [InlineData("MaxPriceDeviation", "1.1", "MaxPriceDeviation must be above 0 and at most 1, found 1.1.")]
    [InlineData("MaxForecastMove", "NaN", "MaxForecastMove must be above 0 and at most 10, found NaN.")]
    [InlineData("MaxForecastMove", "11", "MaxForecastMove must be above 0 and at most 10, found 11.")]
    [InlineData("MaxBalanceChange", "-0.1", "MaxBalanceChange must be from 0 to 1, or left out to compare nothing, found -0.1.")]
    [InlineData("KillSwitch", "on", "KillSwitch must be true or false, found 'on'.")]
    [InlineData("KillSwitchFile", "/no-such-folder/stop", "KillSwitchFile must lie in a folder that exists, found '/no-such-folder/stop'.")]
    public void Validate_SafetySettingOutsideItsRange_SaysWhatWasExpected(string key, string value, string fault) =>
        FaultsOf(Read(("Symbol", "BTCUSDT"), ("Interval", "1h"), (key, value))).Should().Equal(fault);

    [Fact]
    public void Validate_StopBeyondTheLiquidationPrice_IsRefused() =>
        FaultsOf(Read(("Symbol", "BTCUSDT"), ("Interval", "1h"), ("Leverage", "20"), ("StopLoss", "0.05"))).Should().ContainSingle()
            .Which.Should().Be("StopLoss must be nearer than the liquidation price, which leverage 20 in Isolated mode puts at a loss of 0.0458 at most, found 0.05.");

    [Fact]
    public void Validate_UndefinedPolicies_AreRefused()
    {
        var options = new TradingBotOptions { Symbol = "BTCUSDT", Interval = Interval.OneHour, PartialFillPolicy = (PartialFillPolicy)9, UnknownExposurePolicy = (UnknownExposurePolicy)9, KillSwitchAction = (KillSwitchAction)9 };

        FaultsOf(options).Should().Equal(
            "PartialFillPolicy must be Accept, Complete, Reduce, found 9.",
            "UnknownExposurePolicy must be Adopt, Halt, found 9.",
            "KillSwitchAction must be StopEntries, ClosePosition, found 9.");
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
