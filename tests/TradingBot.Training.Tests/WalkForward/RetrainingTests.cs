using TradingBot.Prediction;
using TradingBot.Training.Data;
using TradingBot.Training.Onnx;
using TradingBot.Training.WalkForward;

namespace TradingBot.Training.Tests.WalkForward;

public sealed class RetrainingTests : IDisposable
{
    private static readonly WalkForwardOptions Walk = new() { TrainBars = 200, TestBars = 50 };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tradingbot-");

    private string Live => Path.Combine(_folder.FullName, "live.onnx");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task RunAsync_Signal_PutsAModelOfTheLatestBarsLive()
    {
        var bars = SampleBars.FromCloses(SampleBars.Closes(SampleBars.Autoregression(500, 0, 0.6, 0, 0.02, seed: 3)));

        var result = await new Retraining(new AutoregressiveRecipe(1), Walk).RunAsync(bars, Live);

        result.WentLive.Should().BeTrue();
        var card = OnnxModelFile.ReadCard(await File.ReadAllBytesAsync(Live))!;
        card.TrainedFrom.Should().Be(bars.OpenTimeAt(bars.Count - 200));
        card.TrainedTo.Should().Be(bars.CloseTimeAt(bars.Count - 1));
        card.Skill.Should().Be(result.Report.ToSkill());
        card.Skill!.Verdict.Should().Be(ForecastVerdict.Skill);
    }

    [Fact]
    public async Task RunAsync_NoSignal_LeavesTheLiveModel()
    {
        await File.WriteAllTextAsync(Live, "old");
        var bars = SampleBars.FromCloses(SampleBars.Closes(SampleBars.Autoregression(500, 0, 0, 0, 0.02, seed: 3)));

        var result = await new Retraining(new AutoregressiveRecipe(1), Walk).RunAsync(bars, Live);

        result.WentLive.Should().BeFalse();
        result.Report.Verdict.Should().NotBe(ForecastVerdict.Skill);
        (await File.ReadAllTextAsync(Live)).Should().Be("old");
        _folder.GetFiles().Should().ContainSingle();
    }

    [Fact]
    public async Task RunAsync_Canceled_LeavesTheLiveModel()
    {
        await File.WriteAllTextAsync(Live, "old");
        var bars = SampleBars.FromCloses(SampleBars.Closes(SampleBars.Autoregression(500, 0, 0.6, 0, 0.02, seed: 3)));

        var run = () => new Retraining(new AutoregressiveRecipe(1), Walk).RunAsync(bars, Live, cancellationToken: new CancellationToken(canceled: true));

        await run.Should().ThrowAsync<OperationCanceledException>();
        (await File.ReadAllTextAsync(Live)).Should().Be("old");
    }
}
