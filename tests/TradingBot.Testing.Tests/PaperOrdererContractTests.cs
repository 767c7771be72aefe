using TradingBot.Simulation;
using TradingBot.Testing.Contracts;
using TradingBot.Trading;

namespace TradingBot.Testing.Tests;

public sealed class PaperOrdererContractTests : OrdererContract
{
    protected override decimal Price => 50_000;

    protected override IOrderer CreateOrderer()
    {
        var bars = SampleBars.Flat(40);
        var fetcher = new ReplayFetcher(bars, SampleSymbols.BtcUsdt, new ManualTimeProvider(bars.CloseTimeAt(29).AddMinutes(5)));
        return new PaperOrderer(fetcher, new PaperExchangeOptions { Symbol = bars.Symbol, Interval = bars.Interval });
    }
}
