using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Core.Tests.Prediction;

public sealed class TrainingOverlapTests
{
    private static readonly BarSeries Bars = ModelBars.Walk(40);

    [Theory]
    [InlineData(-10, 0, 0)] // ends where the bars begin
    [InlineData(40, 50, 0)] // begins where the bars end
    [InlineData(-10, 10, 10)]
    [InlineData(30, 90, 10)]
    [InlineData(5, 6, 1)]
    [InlineData(-10, 90, 40)]
    public void OverlapWith_TrainingPart_CountsTheBarsInside(int fromDay, int toDay, int bars)
    {
        var overlap = CardOf(ModelBars.Start.AddDays(fromDay), ModelBars.Start.AddDays(toDay)).OverlapWith(Bars)!;

        overlap.Bars.Should().Be(bars);
        overlap.Count.Should().Be(40);
        overlap.Fraction.Should().Be(bars / 40d);
        (overlap.Warning is null).Should().Be(bars == 0);
    }

    [Fact]
    public void OverlapWith_PartThatCutsThroughBars_CountsThemAsSeen() =>
        CardOf(ModelBars.Start.AddHours(30), ModelBars.Start.AddHours(49)).OverlapWith(Bars)!.Bars.Should().Be(2);

    [Fact]
    public void OverlapWith_UnknownBeginning_CountsAllBeforeTheEnd() =>
        CardOf(null, ModelBars.Start.AddDays(3)).OverlapWith(Bars)!.Bars.Should().Be(3);

    [Fact]
    public void OverlapWith_UnknownEnd_IsNotKnown() => CardOf(ModelBars.Start, null).OverlapWith(Bars).Should().BeNull();

    [Fact]
    public void OverlapWith_NoBars_HasNoFraction() => CardOf(ModelBars.Start, ModelBars.Start.AddDays(3)).OverlapWith(ModelBars.Walk(0))!.Fraction.Should().BeNull();

    [Fact]
    public void Warning_Overlap_SaysHowMuch()
    {
        var overlap = CardOf(ModelBars.Start.AddDays(-1), ModelBars.Start.AddDays(10)).OverlapWith(Bars)!;

        overlap.Warning.Should().Be(
            "The model 'test-model' was trained on 10 of these 40 bars (25.0 %): its training part, of BTCUSDT, begins at 2023-12-31 00:00:00Z and ends at 2024-01-11 00:00:00Z. Results on bars that a model has seen say nothing about the future.");
        overlap.ToString().Should().Be(overlap.Warning);
    }

    private static ModelCard CardOf(DateTimeOffset? from, DateTimeOffset? to) =>
        TestModels.CardOf(1, BarFeature.Close) with { TrainedFrom = from, TrainedTo = to, Symbol = Symbol.Parse("BTCUSDT") };
}
