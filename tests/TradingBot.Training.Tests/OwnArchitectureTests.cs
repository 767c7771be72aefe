using TradingBot.Training.Data;
using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Tests;

public sealed class OwnArchitectureTests
{
    // <own-network>
    public sealed class ConvBdLstm : NetworkArchitecture
    {
        public override string Name => "conv-bd-lstm";

        public override OnnxValue Build(NetworkBuilder network, OnnxValue window, int steps)
        {
            var filtered = network.Conv1D(window, filters: 16, kernelSize: 2, Activation.Relu);
            var state = network.Dropout(network.BidirectionalLstm(filtered, units: 8), rate: 0.1);
            return network.Dense(state, steps);
        }
    }
    // </own-network>

    [Fact]
    public void Train_NetworkOfOnesOwn_IsJudgedAndForecastsLikeAnyOther()
    {
        var bars = ModelTrainingTests.MovingBars(160, seed: 5);
        var recipe = new NetworkRecipe(new ConvBdLstm(), new DatasetOptions(), new TrainingOptions { Epochs = 2, Rounds = 2 });

        var judged = ModelTraining.Train(recipe, bars);

        judged.Model.Card.Name.Should().Be("conv-bd-lstm");
        judged.Model.Card.Skill!.Samples.Should().Be(48);
        using var predictor = judged.Model.CreatePredictor();
        predictor.Predict(bars)!.Value.Price.Should().BeInRange(0.5 * bars.Closes[^1], 2 * bars.Closes[^1]);
    }
}
