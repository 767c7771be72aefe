using System.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.Statistics;

namespace TradingBot.Statistics;

/// <summary>Estimates the probability of backtest overfitting by combinatorially symmetric cross-validation.</summary>
/// <remarks>
/// <para>D. H. Bailey, J. M. Borwein, M. López de Prado and Q. J. Zhu, "The Probability of Backtest Overfitting", Journal of Computational
/// Finance 20 (4), 2017. The time is cut into an even number of runs. Every half of the runs serves once as the sample in which the trial with the
/// highest Sharpe ratio is chosen, and the other half shows where that trial ranks among all.</para>
/// <para>Returns that never vary and are 0, as those of a trial that never trades, have a Sharpe ratio of 0 here; other returns that never
/// vary have an infinite one. Equal trials share their rank; of equally good ones the first is chosen.</para>
/// </remarks>
public static class OverfittingProbability
{
    private const int MaxBlocks = 20;

    /// <summary>Estimates the probability from the returns of all trials.</summary>
    /// <param name="returns">The returns of each trial over the same bars, oldest first; finite.</param>
    /// <param name="blocks">The number of runs, even, from 2 to 20. The paper uses 16.</param>
    /// <returns>The estimate, or <see langword="null"/> when there are fewer than two trials or two returns per run.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a return is not finite, or the number of runs is outside its range.</exception>
    public static OverfittingResult? Compute(IReadOnlyList<ReadOnlyMemory<double>> returns, int blocks = 16)
    {
        ArgumentNullException.ThrowIfNull(returns);
        ThrowUnlessEven(blocks);
        if (returns.FirstOrDefault(trial => trial.Length != returns[0].Length) is { Length: > 0 } other)
        {
            throw new ArgumentException($"Expected as many returns of every trial as of the first, {returns[0].Length}, found {other.Length}.", nameof(returns));
        }

        return Compute([.. returns.Select(trial => (IReadOnlyList<ReturnMoments>)ReturnMoments.OfBlocks(trial.Span, blocks))]);
    }

    /// <summary>Estimates the probability from the moments of every run, which are all that it needs of the returns.</summary>
    /// <param name="blocks">For each trial the moments of each run, as <see cref="ReturnMoments.OfBlocks"/> gives them; as many runs for each trial, an even number from 2 to 20.</param>
    /// <returns>The estimate, or <see langword="null"/> when there are fewer than two trials or two returns per run.</returns>
    /// <exception cref="ArgumentException">The trials were cut differently, or the number of runs is outside its range.</exception>
    public static OverfittingResult? Compute(IReadOnlyList<IReadOnlyList<ReturnMoments>> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        if (blocks.Count == 0)
        {
            return null;
        }

        ThrowUnlessEven(blocks[0].Count);
        var counts = blocks[0].Select(block => block.Count).ToArray();
        if (blocks.Any(trial => !trial.Select(block => block.Count).SequenceEqual(counts)))
        {
            throw new ArgumentException("Expected the returns of every trial to be cut into the same runs.", nameof(blocks));
        }

        return blocks.Count < 2 || counts.Min() < 2 ? null : CrossValidate(blocks, counts.Length);
    }

    private static void ThrowUnlessEven(int blocks)
    {
        if (blocks is < 2 or > MaxBlocks || blocks % 2 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(blocks), blocks, $"Expected an even number of runs from 2 to {MaxBlocks}.");
        }
    }

    private static OverfittingResult CrossValidate(IReadOnlyList<IReadOnlyList<ReturnMoments>> blocks, int blockCount)
    {
        var all = (1u << blockCount) - 1;
        var trials = blocks.Select(trial => trial.ToArray()).ToArray();
        var (first, second) = (new double[trials.Length], new double[trials.Length]);
        var (logits, inSample, outOfSample) = (new List<double>(), new List<double>(), new List<double>());

        // Half of the sets, those with the first run, together with their complements are all of them.
        for (var set = 1u; set <= all; set += 2)
        {
            if (BitOperations.PopCount(set) == blockCount / 2)
            {
                MeasureSharpes(trials, set, first);
                MeasureSharpes(trials, all & ~set, second);
                Judge(first, second);
                Judge(second, first);
            }
        }

        return new OverfittingResult
        {
            Probability = (double)logits.Count(logit => logit <= 0) / logits.Count,
            ProbabilityOfLoss = (double)outOfSample.Count(sharpe => sharpe < 0) / outOfSample.Count,
            PerformanceDegradation = SlopeOf([.. inSample], [.. outOfSample]),
            Logits = logits,
            TrialCount = trials.Length,
            BlockCount = blockCount,
        };

        void Judge(double[] chosenBy, double[] judgedBy)
        {
            var best = Array.IndexOf(chosenBy, chosenBy.Max());
            var rank = RelativeRank(judgedBy, best);
            logits.Add(Math.Log(rank / (1 - rank)));
            inSample.Add(chosenBy[best]);
            outOfSample.Add(judgedBy[best]);
        }
    }

    private static void MeasureSharpes(ReturnMoments[][] trials, uint set, double[] sharpes)
    {
        for (var i = 0; i < trials.Length; i++)
        {
            var (count, sum) = (0, 0d);
            for (var left = set; left != 0; left &= left - 1)
            {
                ref var block = ref trials[i][BitOperations.TrailingZeroCount(left)];
                count += block.Count;
                sum += block.Count * block.Mean;
            }

            var (mean, square) = (sum / count, 0d);
            for (var left = set; left != 0; left &= left - 1)
            {
                ref var block = ref trials[i][BitOperations.TrailingZeroCount(left)];
                square += block.Square + (block.Count * (block.Mean - mean) * (block.Mean - mean));
            }

            sharpes[i] = new ReturnMoments(count, mean, square, 0, 0).Sharpe
                ?? (mean == 0 ? 0 : mean > 0 ? double.PositiveInfinity : double.NegativeInfinity);
        }
    }

    private static double RelativeRank(double[] values, int index)
    {
        var (below, equal) = (0, 0);
        foreach (var value in values)
        {
            below += value < values[index] ? 1 : 0;
            equal += value == values[index] ? 1 : 0;
        }

        return (below + ((equal + 1) / 2d)) / (values.Length + 1);
    }

    private static double? SlopeOf(double[] x, double[] y) =>
        Array.TrueForAll(x, double.IsFinite) && Array.TrueForAll(y, double.IsFinite) && x.PopulationStandardDeviation() > 0 ? Fit.Line(x, y).B : null;
}
