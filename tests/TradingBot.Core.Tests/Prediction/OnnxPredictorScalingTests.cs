using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Core.Tests.Prediction;

/// <summary>Each scaling, number by number, against a computation of its own.</summary>
public sealed class OnnxPredictorScalingTests
{
    private const int Window = 4;
    private static readonly BarFeature[] Features = [BarFeature.Volume, BarFeature.Close, BarFeature.High];
    private static readonly BarSeries Bars = ModelBars.Walk(30);

    public static TheoryData<string> Scalings => new("none", "min-max", "rolling", "z-score", "log-return");

    [Theory]
    [MemberData(nameof(Scalings))]
    public void PredictSeries_Scaling_FeedsTheModelTheScaledBars(string name)
    {
        var file = TestModels.Echo(Window, Features.Length);
        var bar = BarOf(name);
        for (var t = 0; t < Window; t++)
        {
            for (var f = 0; f < Features.Length; f++)
            {
                // A log return takes any number through, and back out of the price without loss.
                var options = new OnnxPredictorOptions
                {
                    Card = TestModels.CardOf(Window, Features) with { Scaling = ScalingOf(name), Output = ModelOutput.LogReturn },
                    OutputStep = (t * Features.Length) + f + 1,
                };
                if (name == "none")
                {
                    // Raw numbers are too large to be a log return; above 0 they pass for prices.
                    options.Card = options.Card with { Output = ModelOutput.Price };
                }

                using var predictor = new OnnxPredictor(file, options);
                var live = predictor.Predict(Bars.Slice(0, bar + 1))!.Value;
                var input = name == "none" ? live.Price : Math.Log(live.Return + 1);

                input.Should().BeApproximately((float)Expected(name, t, f), 1e-13, $"of feature {Features[f]} at {t}");
            }
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("min-max")]
    [InlineData("rolling")]
    [InlineData("z-score")]
    public void PredictSeries_ScaledPrice_IsScaledBackWithTheScaleOfTheClose(string name)
    {
        // The last scaled close, put out as it is, must come back as the close.
        var options = new OnnxPredictorOptions
        {
            Card = TestModels.CardOf(Window, Features) with { Scaling = ScalingOf(name), Output = ModelOutput.ScaledPrice },
            OutputStep = ((Window - 1) * Features.Length) + Array.IndexOf(Features, BarFeature.Close) + 1,
        };
        using var predictor = new OnnxPredictor(TestModels.Echo(Window, Features.Length), options);

        var forecasts = predictor.PredictSeries(Bars);

        for (var i = predictor.Card.RequiredBars - 1; i < Bars.Count; i++)
        {
            forecasts.Prices[i].Should().BeApproximately(Bars.Closes[i], Bars.Closes[i] * 1e-6);
        }
    }

    [Fact]
    public void Predict_ScaledPriceOfLogReturns_GrowsFromTheLastClose()
    {
        var card = TestModels.CardOf(Window, BarFeature.Close) with { Scaling = new ModelScaling.LogReturn(), Output = ModelOutput.ScaledPrice };
        using var predictor = new OnnxPredictor(TestModels.Always(0.25, card), new OnnxPredictorOptions { Card = card });

        predictor.Predict(Bars)!.Value.Price.Should().BeApproximately(Bars.Closes[^1] * Math.Exp(0.25), 1e-6);
        predictor.Predict(Bars.Slice(0, Window)).Should().BeNull("a window of returns needs one bar more");
        predictor.Predict(Bars.Slice(0, Window + 1)).Should().NotBeNull();
    }

    [Theory]
    [InlineData(ModelOutput.Price, 0.5, 0.5)]
    [InlineData(ModelOutput.ScaledPrice, 0.5, 0.5)] // raw bars: the scale is 1
    [InlineData(ModelOutput.Return, 0.5, 150)]
    [InlineData(ModelOutput.LogReturn, 0, 100)]
    [InlineData(ModelOutput.Direction, 0.5, 101)]
    [InlineData(ModelOutput.Direction, -1, 98)]
    public void Predict_Output_BecomesAPrice(ModelOutput output, double value, double price)
    {
        var card = TestModels.CardOf(1, BarFeature.Close) with { Output = output };
        using var predictor = new OnnxPredictor(TestModels.Always(value, card), new OnnxPredictorOptions { Card = card, DirectionReturn = 0.02 });

        predictor.Predict(ModelBars.Flat(3, 100)).Should().Be(new Forecast(price, 100, 1));
    }

    [Fact]
    public void Predict_RollingRangeOfNothing_ScalesToTheMinimum()
    {
        var card = TestModels.CardOf(2, BarFeature.Close) with { Scaling = new ModelScaling.RollingMinMax(3), Output = ModelOutput.ScaledPrice };
        using var predictor = new OnnxPredictor(TestModels.Echo(2, 1), new OnnxPredictorOptions { Card = card, OutputStep = 2 });

        predictor.Predict(ModelBars.Flat(3, 100)).Should().Be(new Forecast(100, 100, 1));
    }

    [Fact]
    public void Predict_RollingLimits_ReadTheBarsBeforeTheWindowButNoneAfterIt()
    {
        var card = TestModels.CardOf(1, BarFeature.Close) with { Scaling = new ModelScaling.RollingMinMax(10), Output = ModelOutput.LogReturn };
        using var predictor = new OnnxPredictor(TestModels.Echo(1, 1), new OnnxPredictorOptions { Card = card });

        predictor.Predict(Bars.Slice(0, 9)).Should().BeNull();
        var whole = predictor.PredictSeries(Bars);
        for (var i = 9; i < Bars.Count; i++)
        {
            var last = Bars.Closes[(i - 9)..(i + 1)].ToArray();
            var expected = (float)((last[^1] - last.Min()) / (last.Max() - last.Min()));
            Math.Log(whole[i]!.Value.Return + 1).Should().BeApproximately(expected, 1e-13);
        }
    }

    // Bar 15 has no volume, which is no price; the logarithm of a volume must bear it.
    private static int BarOf(string name) => name == "none" ? 21 : 17;

    private static ModelScaling ScalingOf(string name) => name switch
    {
        "none" => ModelScaling.None,
        "min-max" => new ModelScaling.MinMax([10, 30_000, 30_000], [900, 50_000, 60_000]),
        "rolling" => new ModelScaling.RollingMinMax(7),
        "z-score" => new ModelScaling.ZScore([500, 40_000, 41_000], [300, 2_000, 2_100]),
        _ => new ModelScaling.LogReturn(),
    };

    private static double Expected(string name, int t, int f)
    {
        double[] column = [.. Bars.Take(BarOf(name) + 1).Select(bar => Features[f] switch { BarFeature.Volume => bar.Volume, BarFeature.High => bar.High, _ => bar.Close })];
        var at = BarOf(name) - Window + 1 + t;
        var x = column[at];
        return name switch
        {
            "none" => x,
            "min-max" => f == 0 ? (x - 10) / 890 : f == 1 ? (x - 30_000) / 20_000 : (x - 30_000) / 30_000,
            "rolling" => column[^7..] is var last ? (x - last.Min()) / (last.Max() - last.Min()) : 0,
            "z-score" => f == 0 ? (x - 500) / 300 : f == 1 ? (x - 40_000) / 2_000 : (x - 41_000) / 2_100,
            _ => x == 0 || column[at - 1] == 0 ? 0 : Math.Log(x / column[at - 1]),
        };
    }
}
