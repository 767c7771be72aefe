using TradingBot.Binance;
using TradingBot.Testing.Contracts;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Tests.Client;

public sealed class BinanceOrdererContractTests : OrdererContract, IAsyncLifetime
{
    private BinanceRig _rig = null!;

    protected override decimal Price => 61_000;

    public async Task InitializeAsync() => _rig = await BinanceRig.StartAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    protected override IOrderer CreateOrderer() => new BinanceOrderer(_rig.Client);
}
