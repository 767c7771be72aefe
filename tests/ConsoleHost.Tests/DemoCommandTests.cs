using TradingBot.Prediction;

namespace ConsoleHost.Tests;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task Demo_Nothing_TrainsJudgesSavesAndBacktests()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.RunAsync("demo", "--out", folder.File("demo"));

        run.Error.Should().BeEmpty();
        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("SYNTHETIC MARKET, not real data").And.Contain("epoch 1 of 15, loss ").And.Contain("Trained conv-lstm on the first 2000 bars")
            .And.Contain("Forecasts of the bars after those").And.Contain("SYNTHETIC market, 1000 bars that the model has not seen").And.Contain("Fees / funding / slippage");
        folder.Files.Should().Equal("bars.csv", "conv-lstm.onnx", "equity.csv", "report.html", "trades.csv", "workbook.xlsx");
        using var predictor = new OnnxPredictor(new ModelFile("demo", await File.ReadAllBytesAsync(folder.File(Path.Combine("demo", "conv-lstm.onnx")))));
        predictor.Card.Skill!.Samples.Should().Be(1_000);
        // The market was made with a momentum; see SyntheticMarket.
        predictor.Card.Skill.Verdict.Should().Be(ForecastVerdict.Skill);
        (await File.ReadAllLinesAsync(folder.File(Path.Combine("demo", "equity.csv")))).Should().HaveCountGreaterThan(1_000);
    }
}
