using Microsoft.ML.OnnxRuntime;
using TradingBot.Prediction;
using TradingBot.Training.Models;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Tests.Onnx;

public sealed class OnnxModelFileTests
{
    private static readonly ModelSkill Skill = new(ForecastVerdict.Echo, 321)
    {
        TheilU = 1.02,
        DirectionalAccuracy = 0.49,
        From = SampleBars.Start.AddDays(400),
        To = SampleBars.Start.AddDays(721),
    };

    private static readonly AutoregressiveModel Model =
        AutoregressiveModel.Fit(SampleBars.FromCloses(SampleBars.Closes(SampleBars.Autoregression(300, 0, 0.3, 0, 0.02, seed: 7))), 2);

    [Fact]
    public void WriteSkill_FileWithACard_AddsTheVerdictAndNothingElse()
    {
        var judged = OnnxModelFile.WriteSkill(Model.ToOnnx(), Skill);

        OnnxModelFile.ReadCard(judged).Should().BeEquivalentTo(Model.Card with { Skill = Skill });
        using var session = new InferenceSession(judged);
        ModelCardMetadata.FromMetadata(session.ModelMetadata.CustomMetadataMap)!.Skill.Should().Be(Skill);
    }

    [Fact]
    public void WriteSkill_Twice_KeepsTheLaterVerdict()
    {
        var once = OnnxModelFile.WriteSkill(Model.ToOnnx(), Skill);
        var other = new ModelSkill(ForecastVerdict.Skill, 5);

        var twice = OnnxModelFile.WriteSkill(once, other);

        twice.Should().Equal(OnnxModelFile.WriteSkill(Model.ToOnnx(), other));
        OnnxModelFile.ReadCard(twice)!.Skill.Should().Be(other);
    }

    [Fact]
    public void WriteCard_TheSameCard_GivesTheSameForecastsAndKeepsTheGraph()
    {
        var original = Model.ToOnnx();
        var rewritten = OnnxModelFile.WriteCard(original, Model.Card);
        var bars = SampleBars.FromCloses(SampleBars.Closes(SampleBars.Autoregression(50, 0, 0.3, 0, 0.02, seed: 8)));
        using var before = new OnnxPredictor(new ModelFile("before", original));
        using var after = new OnnxPredictor(new ModelFile("after", rewritten));

        after.PredictSeries(bars).Prices.ToArray().Should().Equal(before.PredictSeries(bars).Prices.ToArray());
        rewritten.Length.Should().Be(original.Length);
    }

    [Fact]
    public void WriteCard_FileOfOthers_KeepsWhatIsNotKnownHere()
    {
        // Field 20 of the model, functions, is not in this project's schema; neither are entries of other metadata keys.
        byte[] unknown = [0xA2, 0x01, 0x03, 1, 2, 3];
        var graph = new GraphBuilder("others");
        graph.Output("y", graph.Neg(graph.Input("x", 1)));
        byte[] file = [.. unknown, .. OnnxModelWriter.ToBytes(graph.Build(), new Dictionary<string, string>(StringComparer.Ordinal) { ["author"] = "someone" })];
        OnnxModelFile.ReadCard(file).Should().BeNull();

        var described = OnnxModelFile.WriteCard(file, Model.Card);

        described.AsSpan(0, unknown.Length).ToArray().Should().Equal(unknown);
        OnnxModelFile.ReadCard(described).Should().BeEquivalentTo(Model.Card);
        using var session = new InferenceSession(described[unknown.Length..]);
        session.ModelMetadata.CustomMetadataMap.Should().Contain("author", "someone");
    }

    [Fact]
    public void WriteSkill_FileWithoutACard_SaysWhatIsMissing()
    {
        var graph = new GraphBuilder("bare");
        graph.Output("y", graph.Neg(graph.Input("x", 1)));
        var write = () => OnnxModelFile.WriteSkill(OnnxModelWriter.ToBytes(graph.Build()), Skill);

        write.Should().Throw<ModelException>().WithMessage("A verdict belongs to a card, and the model has none: expected metadata with the key 'tradingbot.card.version'*");
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 8, 10 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x3A, 0x7F, 1 })]
    public void ReadCard_BytesThatAreNoModel_Throws(byte[] bytes)
    {
        var read = () => OnnxModelFile.ReadCard(bytes);

        read.Should().Throw<ModelException>().WithMessage($"The {bytes.Length} bytes are not an ONNX file*");
    }

    [Fact]
    public async Task WriteSkillAsync_FileOnDisk_IsReplaced()
    {
        var directory = Directory.CreateTempSubdirectory("tradingbot-");
        try
        {
            var path = Path.Combine(directory.FullName, "model.onnx");
            await Model.SaveAsync(path);

            await OnnxModelFile.WriteSkillAsync(path, Skill);

            (await File.ReadAllBytesAsync(path)).Should().Equal(OnnxModelFile.WriteSkill(Model.ToOnnx(), Skill));
            directory.GetFiles().Should().ContainSingle();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
