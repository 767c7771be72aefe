using CustomStrategy;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using TradingBot.Market;
using TradingBot.Prediction;

using TradingBot.Testing;
using TradingBot.Trading;
using Xunit;

namespace CustomStrategySamples.Tests;

public sealed class BreakoutStrategyTests
{
    // <test>
    [Fact]
    public async Task RunCycleAsync_PriceBreaksOutUpwards_BuysAtTheNextOpen()
    {
        double[] closes = [.. Enumerable.Repeat(100d, 20), 110, 111, 112];
        var exchange = new FakeExchange(SampleBars.FromCloses(closes), closedBars: 20);
        var trader = CreateTrader(exchange);

        await trader.RunCycleAsync();
        exchange.Fills.Should().BeEmpty("the price has not left the channel");
        exchange.AdvanceToNextBar();
        await trader.RunCycleAsync();

        exchange.Fills.Should().ContainSingle().Which.Side.Should().Be(Side.Buy);
        exchange.Position.IsLong.Should().BeTrue();
    }
    // </test>

    [Fact]
    public async Task RunCycleAsync_PriceBreaksOutDownwardsWhileLong_Closes()
    {
        double[] closes = [.. Enumerable.Repeat(100d, 20), 110, 111, .. Enumerable.Repeat(111d, 20), 90, 90, 90];
        var exchange = new FakeExchange(SampleBars.FromCloses(closes), closedBars: 20);
        var trader = CreateTrader(exchange);

        do
        {
            await trader.RunCycleAsync();
        }
        while (exchange.AdvanceToNextBar());

        exchange.Fills.Select(fill => fill.Side).Should().Equal(Side.Buy, Side.Sell);
        exchange.Position.Should().Be(Position.Flat);
    }

    [Fact]
    public void Decide_FutureCutOffOrChanged_DecidesTheSame() =>
        LookAheadCheck.Find(new BreakoutStrategy(), SampleBars.RandomWalk(count: 300, seed: 5)).Should().BeNull();

    private static Trader CreateTrader(FakeExchange exchange)
    {
        var services = new ServiceCollection();
        services.AddTradingBot(options => { options.Symbol = "BTCUSDT"; options.Interval = Interval.OneHour; })
            .UseStrategy<BreakoutStrategy>()
            .UsePredictor(new PersistencePredictor(Interval.OneHour))
            .UseFakeExchange(exchange);
        return services.BuildServiceProvider().GetRequiredService<Trader>();
    }
}
