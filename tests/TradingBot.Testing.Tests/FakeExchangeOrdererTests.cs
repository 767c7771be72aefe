using TradingBot.Testing.Contracts;
using TradingBot.Trading;

namespace TradingBot.Testing.Tests;

public sealed class FakeExchangeOrdererTests : OrdererContract
{
    protected override decimal Price => 50_000;

    protected override IOrderer CreateOrderer() => new FakeExchange(SampleBars.Flat(40), closedBars: 30);
}
