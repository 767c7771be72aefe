using System.CommandLine;
using TradingBot.Market;
using TradingBot.Training.Networks;

namespace TradingBot.Benchmarks;

/// <summary>The models and bars of Wu, Zhang, Huang, Zhou and Chandra 2024 (arXiv:2405.11431).</summary>
internal static class PaperModels
{
    /// <summary>The neural networks, with their column in the paper's table and the milliseconds that a step takes in PyTorch 1.13 with OpenBLAS on one thread
    /// of a machine like the one this project was made on (batch 32, window 5, five features; measured before this project and not by this program).</summary>
    public static IReadOnlyList<(NetworkArchitecture Network, string Column, double TorchStep)> Networks { get; } =
    [
        (new Mlp(), "MLP", 0.83),
        (new Cnn(), "CNN", 1.3),
        (new ConvLstm(), "Covn-LSTM", 2.4),
        (new EncoderDecoderLstm(), "ED-LSTM", 3.4),
        (new BidirectionalLstm(), "BD-LSTM", 3.4),
        (new Lstm(), "LSTM", 6.1),
        (new Transformer(), "Transformer", 30),
    ];

    /// <summary>The megabytes that the PyTorch process took.</summary>
    public static double TorchMemory => 250;

    public static Option<DirectoryInfo> Data() => new("--data")
    {
        Description = "The folder with paper-bitcoin-1d.csv and paper-bitcoin-univariate-rmse.csv.",
        DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("..", "shared", "data")),
    };

    public static BarSeries Read(DirectoryInfo data) => BarCsv.Read(
        Path.Combine(data.FullName, "paper-bitcoin-1d.csv"),
        new BarCsvOptions { Symbol = Market.Symbol.Parse("BTCUSDT"), GapPolicy = GapPolicy.Reject });
}
