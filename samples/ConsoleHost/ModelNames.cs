using TradingBot.Training;
using TradingBot.Training.Data;
using TradingBot.Training.Models;
using TradingBot.Training.Networks;

namespace ConsoleHost;

/// <summary>The models that can be asked for by name.</summary>
internal static class ModelNames
{
    private const string Arima = "arima";

    private static readonly Dictionary<string, NetworkArchitecture> Networks = new(StringComparer.Ordinal)
    {
        ["conv-lstm"] = new ConvLstm(),
        ["lstm"] = new Lstm(),
        ["bd-lstm"] = new BidirectionalLstm(),
        ["ed-lstm"] = new EncoderDecoderLstm(),
        ["cnn"] = new Cnn(),
        ["transformer"] = new Transformer(),
        ["mlp"] = new Mlp(),
    };

    public static IEnumerable<string> All => Networks.Keys.Append(Arima);

    /// <summary>Makes the recipe of a model; an ARIMA has the order (6,1,6) and reads as many closes as matter.</summary>
    public static ModelRecipe ToRecipe(string name, DatasetOptions dataset, TrainingOptions training, int horizon) =>
        name == Arima ? dataset.Exogenous.Count == 0 ? new ArimaRecipe(new ArimaOrder(6, 1, 6), horizon) : throw new ArgumentException("An ARIMA reads the closes alone; leave --series out.")
        : Networks.TryGetValue(name, out var network) ? new NetworkRecipe(network, dataset, training, horizon)
        : throw new ArgumentException($"Expected --model {string.Join(", ", All)}, found '{name}'.");
}
