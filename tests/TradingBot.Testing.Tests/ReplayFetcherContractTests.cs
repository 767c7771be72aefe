using TradingBot.Simulation;
using TradingBot.Testing.Contracts;
using TradingBot.Trading;

namespace TradingBot.Testing.Tests;

public sealed class ReplayFetcherContractTests : FetcherContract
{
    private readonly ManualTimeProvider _time = new(SampleBars.Start.AddHours(30).AddMinutes(17));

    protected override DateTimeOffset Now => _time.GetUtcNow();

    protected override IFetcher CreateFetcher() => new ReplayFetcher(SampleBars.RandomWalk(40, seed: 4), SampleSymbols.BtcUsdt, _time);
}
