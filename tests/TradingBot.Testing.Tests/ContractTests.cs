using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Testing.Contracts;
using TradingBot.Trading;

namespace TradingBot.Testing.Tests;

public sealed class FakeExchangeFetcherTests : FetcherContract
{
    private readonly FakeExchange _exchange = new(SampleBars.RandomWalk(40, seed: 3), closedBars: 30);

    protected override DateTimeOffset Now => _exchange.Time.GetUtcNow();

    protected override IFetcher CreateFetcher() => _exchange;
}

public sealed class ReplayFetcherContractTests : FetcherContract
{
    private readonly ManualTimeProvider _time = new(SampleBars.Start.AddHours(30).AddMinutes(17));

    protected override DateTimeOffset Now => _time.GetUtcNow();

    protected override IFetcher CreateFetcher() => new ReplayFetcher(SampleBars.RandomWalk(40, seed: 4), SampleSymbols.BtcUsdt, _time);
}

public sealed class FakeExchangeOrdererTests : OrdererContract
{
    protected override decimal Price => 50_000;

    protected override IOrderer CreateOrderer() => new FakeExchange(SampleBars.Flat(40), closedBars: 30);
}

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

public sealed class PersistencePredictorContractTests : PredictorContract
{
    protected override IPredictor CreatePredictor() => new PersistencePredictor(Interval.OneHour);
}

public sealed class MeanPredictorContractTests : PredictorContract
{
    protected override IPredictor CreatePredictor() => new MeanPredictor(5, peek: 0);
}
