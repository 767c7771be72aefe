using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Testing.Contracts;

namespace TradingBot.Testing.Tests;

public sealed class PersistencePredictorContractTests : PredictorContract
{
    protected override IPredictor CreatePredictor() => new PersistencePredictor(Interval.OneHour);
}
