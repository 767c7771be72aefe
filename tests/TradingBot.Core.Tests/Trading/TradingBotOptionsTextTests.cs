using Microsoft.Extensions.Configuration;
using TradingBot.Market;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

public sealed class TradingBotOptionsTextTests
{
    [Fact]
    public void Of_EverySettingSet_HasEachAndReadsBackTheSame()
    {
        var options = new TradingBotOptions
        {
            Symbol = "BTCUSDT",
            Interval = Interval.FourHours,
            MaxNotional = 5000.5m,
            MaxDailyLoss = 0.05m,
            MaxDrawdown = 0.2m,
            StopLoss = 0.03m,
            MaxBalanceChange = 0.01m,
            MaxBarAge = TimeSpan.FromHours(9),
            KillSwitchFile = "halt",
            ModelPath = "model.onnx",
        };
        (options.Threshold.Threshold, options.Threshold.StopLoss) = (0.0123, 0.1);

        var text = TradingBotOptionsText.Of(options);

        var expected = typeof(TradingBotOptions).GetProperties().Select(property => property.Name).Where(name => name != nameof(options.Threshold))
            .Concat(typeof(ThresholdStrategyOptions).GetProperties().Select(property => $"{nameof(options.Threshold)}:{property.Name}"));
        text.Keys.Should().BeEquivalentTo(expected);
        var read = new TradingBotOptions();
        new TradingBotOptionsReader(new ConfigurationBuilder().AddInMemoryCollection(text.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build())
            .Configure(read);
        read.ReadingFaults.Should().BeEmpty();
        TradingBotOptionsText.Of(read).Should().Equal(text);
    }

    [Fact]
    public void Hash_OneSettingOther_IsOther()
    {
        var (one, other) = (TradingBotOptionsText.Of(new TradingBotOptions()), TradingBotOptionsText.Of(new TradingBotOptions { Leverage = 2 }));

        TradingBotOptionsText.Hash(one).Should().HaveLength(64).And.NotBe(TradingBotOptionsText.Hash(other));
        TradingBotOptionsText.Hash(TradingBotOptionsText.Of(new TradingBotOptions())).Should().Be(TradingBotOptionsText.Hash(one));
    }
}
