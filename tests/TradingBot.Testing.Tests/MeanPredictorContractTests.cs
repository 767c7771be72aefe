using TradingBot.Prediction;
using TradingBot.Testing.Contracts;

namespace TradingBot.Testing.Tests;

public sealed class MeanPredictorContractTests : PredictorContract
{
    protected override IPredictor CreatePredictor() => new MeanPredictor(5, peek: 0);
}
