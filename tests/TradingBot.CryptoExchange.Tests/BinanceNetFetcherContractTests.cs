using TradingBot.Market;
using TradingBot.Testing.Contracts;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange.Tests;

public sealed class BinanceNetFetcherContractTests : FetcherContract, IAsyncLifetime
{
    private AdapterRig _rig = null!;

    protected override Interval Interval => Interval.OneDay;

    protected override DateTimeOffset Now => _rig.Server.Time;

    public async Task InitializeAsync() => _rig = await AdapterRig.StartAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    protected override IFetcher CreateFetcher() => _rig.Fetcher;
}
