using TradingBot.Testing.Contracts;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Tests.Client;

public sealed class BinanceFetcherContractTests : FetcherContract, IAsyncLifetime
{
    private BinanceRig _rig = null!;

    protected override DateTimeOffset Now => _rig.Server.Time;

    public async Task InitializeAsync()
    {
        _rig = await BinanceRig.StartAsync();
        _rig.Server.AdvanceBars(20);
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    protected override IFetcher CreateFetcher() => _rig.Fetcher;
}
