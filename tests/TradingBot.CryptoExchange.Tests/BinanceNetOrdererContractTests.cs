using TradingBot.Testing.Contracts;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange.Tests;

public sealed class BinanceNetOrdererContractTests : OrdererContract, IAsyncLifetime
{
    private AdapterRig _rig = null!;

    protected override decimal Price => 62_000;

    public async Task InitializeAsync() => _rig = await AdapterRig.StartAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    protected override IOrderer CreateOrderer() => _rig.Orderer;
}
