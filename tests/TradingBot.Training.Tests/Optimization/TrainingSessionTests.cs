using TradingBot.Training.Networks;
using TradingBot.Training.Optimization;

namespace TradingBot.Training.Tests.Optimization;

public sealed class TrainingSessionTests
{
    private static readonly (float X, float Y)[] Points = [(0.5f, 2), (-1, 0.3f), (2, -1)];

    [Theory]
    [InlineData(null)]
    [InlineData(0.5)]
    public void Step_LinearNetwork_FollowsAdamComputedByHand(double? norm)
    {
        var options = new TrainingOptions { GradientNorm = norm };
        var plan = NetworkPlan.Create(new LinearArchitecture(), new NetworkShape(1, 1, 1), 1, 3);
        using var session = new TrainingSession(plan, options, 3);
        Points.Select(point => point.X).ToArray().CopyTo(session.Samples);
        Points.Select(point => point.Y).ToArray().CopyTo(session.Targets);
        session.Weights.Fill(1f / 3);
        using var state = new TrainingState(1, 2);
        session.Attach(state);
        (state.Parameters.Span[0], state.Parameters.Span[1]) = (0.7f, -0.2f);

        double[] parameters = [0.7f, -0.2f];
        var (first, second) = (new double[2], new double[2]);
        for (var step = 1; step <= 5; step++)
        {
            session.Step(Adam.Rate(0.05, step));

            var errors = Points.Select(point => (parameters[0] * point.X) + parameters[1] - point.Y).ToArray();
            session.Loss[0].Should().BeApproximately((float)errors.Average(error => error * error), 1e-5f);
            double[] gradient = [errors.Zip(Points, (error, point) => 2 * error * point.X).Average(), 2 * errors.Average()];
            var length = Math.Sqrt(gradient.Sum(element => element * element));
            for (var i = 0; i < 2; i++)
            {
                var element = norm < length ? gradient[i] * norm.Value / length : gradient[i];
                first[i] = (0.9 * first[i]) + (0.1 * element);
                second[i] = (0.999 * second[i]) + (0.001 * element * element);
                var (unbiasedFirst, unbiasedSecond) = (first[i] / (1 - Math.Pow(0.9, step)), second[i] / (1 - Math.Pow(0.999, step)));
                parameters[i] -= 0.05 * unbiasedFirst / Math.Sqrt(unbiasedSecond);
                state.Parameters.Span[i].Should().BeApproximately((float)parameters[i], 2e-5f);
            }
        }
    }

    [Theory]
    [InlineData(LossFunction.MeanSquaredError, (0.25 + 0 + 9) / 3)]
    [InlineData(LossFunction.MeanAbsoluteError, (0.5 + 0 + 3) / 3)]
    [InlineData(LossFunction.Huber, (0.125 + 0 + 2.5) / 3)]
    public void Step_Loss_IsTheMeanOfTheFunctionOfTheErrors(LossFunction loss, double expected)
    {
        var plan = NetworkPlan.Create(new LinearArchitecture(), new NetworkShape(1, 1, 1), 1, 3);
        using var session = new TrainingSession(plan, new TrainingOptions { Loss = loss }, 3);
        (session.Targets[0], session.Targets[1], session.Targets[2]) = (0.5f, 0, -3);
        session.Weights.Fill(1f / 3);

        using var state = new TrainingState(1, 2);
        session.Attach(state);
        session.Step(0);

        session.Loss[0].Should().BeApproximately((float)expected, 1e-6f);
    }

    [Fact]
    public void Step_WeightOfZero_LeavesTheSampleOut()
    {
        var plan = NetworkPlan.Create(new LinearArchitecture(), new NetworkShape(1, 1, 1), 1, 2);
        using var session = new TrainingSession(plan, new TrainingOptions(), 2);
        (session.Targets[0], session.Targets[1]) = (0.5f, 1e6f);
        session.Weights[0] = 1;
        using var state = new TrainingState(1, 2);
        session.Attach(state);

        session.Step(0.1);

        session.Loss[0].Should().BeApproximately(0.25f, 1e-6f);
    }

    [Fact]
    public void Step_TwoRounds_DoNotTouchEachOther()
    {
        var plan = NetworkPlan.Create(new LinearArchitecture(), new NetworkShape(1, 1, 1), 2, 1);
        using var session = new TrainingSession(plan, new TrainingOptions { Rounds = 2 }, 1);
        session.Samples.Fill(1);
        session.Targets[1] = 3;
        session.Weights.Fill(1);
        using var state = new TrainingState(2, 2);
        session.Attach(state);

        session.Step(0.1);

        session.Loss.ToArray().Should().Equal(0, 9);
        state.Parameters.Span[..2].ToArray().Should().Equal(0, 0);
        state.Parameters.Span[2..].ToArray().Should().OnlyContain(parameter => parameter > 0.1f);
    }

    [Fact]
    public void Attach_StatesInTurns_TrainsEachAsIfAlone()
    {
        var plan = NetworkPlan.Create(new LinearArchitecture(), new NetworkShape(1, 1, 1), 1, 1);
        using var session = new TrainingSession(plan, new TrainingOptions(), 1);
        using var alone = new TrainingState(1, 2);
        using var first = new TrainingState(1, 2);
        using var second = new TrainingState(1, 2);
        session.Weights.Fill(1);
        void Step(TrainingState state, float target, int step)
        {
            session.Attach(state);
            (session.Samples[0], session.Targets[0]) = (1, target);
            session.Step(Adam.Rate(0.1, step));
        }

        for (var step = 1; step <= 3; step++)
        {
            Step(alone, 3, step);
        }

        for (var step = 1; step <= 3; step++)
        {
            Step(first, 3, step);
            Step(second, -7, step);
        }

        first.Parameters.Span.ToArray().Should().Equal(alone.Parameters.Span.ToArray());
        second.Parameters.Span.ToArray().Should().OnlyContain(parameter => parameter < -0.2f);
    }

    [Fact]
    public void Step_Rate_ScalesTheFirstMoveToTheLearningRate()
    {
        // At the first step the corrected moments are g and g squared, so that Adam moves by the learning rate itself.
        Adam.Rate(0.01, 1).Should().BeApproximately(0.01 * Math.Sqrt(0.001) / 0.1, 1e-12);
    }

    [Fact]
    public void Fill_Masks_DropTheRateAndKeepTheMean()
    {
        var data = SampleData.Waves(64, 6, 1);
        var plan = NetworkPlan.Create(new Transformer(), new NetworkShape(6, 2, 1), 1, 64);
        using var session = new TrainingSession(plan, new TrainingOptions(), 64);
        var batches = new Batches(data, 64, plan, 64, new TrainingOptions(), 0);

        batches.Fill(session, 0);

        // Two masks a block, of all 6 steps in the first two blocks and of the last step in the last one.
        session.Masks.Length.Should().Be(2 * (6 + 6 + 1) * 64 * 64);
        var masks = session.Masks.ToArray();
        masks.Should().OnlyContain(element => element == 0 || element == (float)(1 / 0.9));
        masks.Average().Should().BeApproximately(1, 0.005f);
        batches.Fill(session, 0);
        session.Masks.ToArray().Should().NotEqual(masks);
    }
}
