using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training.Onnx;

namespace TradingBot.Core.Tests.Prediction;

/// <summary>The same numbers to the last bit: live, along a series, from many threads, and whatever comes later.</summary>
public sealed class OnnxPredictorParityTests
{
    private const int Window = 12;
    private static readonly BarSeries Bars = ModelBars.Walk(331);

    [Theory]
    [InlineData(GraphBuilder.AnySize, 16, 1)]
    [InlineData(GraphBuilder.AnySize, 1, 1)]
    [InlineData(GraphBuilder.AnySize, 64, 2)]
    [InlineData(1, 16, 1)]
    [InlineData(7, 16, 1)]
    [InlineData(32, 16, 1)]
    public void Predict_EveryBar_EqualsPredictSeriesBitForBit(long batchInFile, int batchSize, int threads)
    {
        using var predictor = new OnnxPredictor(
            TestModels.Recurrent(Window, batchInFile), new OnnxPredictorOptions { BatchSize = batchSize, IntraOpThreads = threads });

        var series = predictor.PredictSeries(Bars);

        series.Prices[..(Window - 1)].ToArray().Should().OnlyContain(price => double.IsNaN(price));
        for (var i = Window - 1; i < Bars.Count; i++)
        {
            predictor.Predict(Bars.Slice(0, i + 1))!.Value.Price.Should().Be(series.Prices[i], $"at bar {i}");
        }

        series.Prices[Window..].ToArray().Distinct().Should().HaveCountGreaterThan(300, "the model must not be a constant");
    }

    [Theory]
    [InlineData(true, GraphBuilder.AnySize)]
    [InlineData(false, GraphBuilder.AnySize)]
    [InlineData(false, 10)]
    [InlineData(false, 48)]
    public void PredictSeries_ShiftedByAnyNumberOfBars_GivesTheSameBits(bool recurrent, long batchInFile)
    {
        // A shift puts each window into another row of its run. A logarithm that is written straight into the output shows whether rows are computed alike.
        var card = TestModels.CardOf(Window, BarFeature.Close) with { Output = ModelOutput.LogReturn };
        using var predictor = new OnnxPredictor(recurrent
            ? TestModels.Recurrent(Window, batchInFile)
            : TestModels.Of(
                [batchInFile, Window, 1],
                (g, x) => g.Log(g.Div(g.ReduceMean(x, [1]), g.Squeeze(g.Slice(x, 1, Window - 1, 1), 2))),
                card));
        var whole = predictor.PredictSeries(Bars);

        for (var shift = 1; shift <= 33; shift++)
        {
            predictor.PredictSeries(Bars.Slice(shift, Bars.Count - shift)).Prices[(Window - 1)..].ToArray()
                .Should().Equal(whole.Prices[(shift + Window - 1)..].ToArray());
        }
    }

    [Fact]
    public void PredictSeries_FutureCutOff_ChangesNothing()
    {
        var card = TestModels.CardOf(Window, BarFeature.Close) with { Scaling = new ModelScaling.RollingMinMax(30), Output = ModelOutput.ScaledPrice };
        using var predictor = new OnnxPredictor(TestModels.Echo(Window, 1), new OnnxPredictorOptions { Card = card, OutputStep = 3 });
        var whole = predictor.PredictSeries(Bars);

        for (var count = 0; count <= Bars.Count; count += 23)
        {
            predictor.PredictSeries(Bars.Slice(0, count)).Prices.ToArray().Should().Equal(whole.Prices[..count].ToArray());
        }
    }

    [Fact]
    public void Predict_FromManyThreads_EqualsOneThread()
    {
        using var predictor = new OnnxPredictor(TestModels.Recurrent(Window));
        var expected = predictor.PredictSeries(Bars);

        Parallel.For(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, call =>
        {
            var bar = Window - 1 + (call % (Bars.Count - Window + 1));
            predictor.Predict(Bars.Slice(0, bar + 1))!.Value.Price.Should().Be(expected.Prices[bar]);
            if (call % 100 == 0)
            {
                predictor.PredictSeries(Bars).Prices[(Window - 1)..].SequenceEqual(expected.Prices[(Window - 1)..]).Should().BeTrue();
            }
        });
    }

    [Fact]
    public void Dispose_WhileOthersPredict_LetsThemEnd()
    {
        for (var round = 0; round < 5; round++)
        {
            using var predictor = new OnnxPredictor(TestModels.Recurrent(Window));
            var expected = predictor.Predict(Bars);
            using var begun = new CountdownEvent(3);
            var callers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                begun.Signal();
                try
                {
                    while (true)
                    {
                        predictor.Predict(Bars).Should().Be(expected);
                    }
                }
                catch (ObjectDisposedException)
                {
                    // The only way out of the loop.
                }
            })).ToArray();

            begun.Wait();
            predictor.Dispose();

            var waiting = () => Task.WaitAll(callers);
            waiting.Should().NotThrow();
        }
    }

    [Fact]
    public void Predict_OnceWarm_AllocatesNothing()
    {
        using var predictor = new OnnxPredictor(TestModels.Recurrent(Window));
        for (var i = 0; i < 100; i++)
        {
            predictor.Predict(Bars);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            predictor.Predict(Bars);
        }

        // ONNX Runtime's managed code itself allocates nothing on this path. A byte per call would be 1,000.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000);
    }

    [Fact]
    public void PredictSeries_OnceWarm_AllocatesTheResultOnly()
    {
        using var predictor = new OnnxPredictor(TestModels.Recurrent(Window));
        predictor.PredictSeries(Bars);

        var before = GC.GetAllocatedBytesForCurrentThread();
        predictor.PredictSeries(Bars);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeInRange(Bars.Count * sizeof(double), (Bars.Count * sizeof(double)) + 500);
    }
}
