using TradingBot.Testing.Contracts;
using TradingBot.Trading;

namespace TradingBot.Testing.Tests;

public sealed class FakeExchangeFetcherTests : FetcherContract, IDisposable
{
    private readonly FakeExchange _exchange = new(SampleBars.RandomWalk(40, seed: 3), closedBars: 30);

    protected override DateTimeOffset Now => _exchange.Time.GetUtcNow();

    public void Dispose() => _exchange.Dispose();

    protected override IFetcher CreateFetcher() => _exchange;
}
