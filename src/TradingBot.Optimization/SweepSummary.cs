using System.Globalization;
using MathNet.Numerics.Statistics;
using TradingBot.Market;
using TradingBot.Optimization.Ledger;
using TradingBot.Statistics;

namespace TradingBot.Optimization;

/// <summary>How much of the best result of a search is luck. Sharpe ratios are annualised; what cannot be computed is <see langword="null"/>.</summary>
public sealed record SweepSummary
{
    private const double Bar = 0.95;

    /// <summary>Gets how many trials of the strategy the ledger holds for this data, of earlier searches too.</summary>
    public required long TrialCount { get; init; }

    /// <summary>Gets the Sharpe ratio of the best trial.</summary>
    public required double? BestSharpe { get; init; }

    /// <summary>Gets the Sharpe ratio that luck alone is expected to give the best of so many trials, see <see cref="DeflatedSharpe.ExpectedMaximum"/>.</summary>
    /// <value><see langword="null"/> when more than one trial was made and fewer than two have a Sharpe ratio.</value>
    public required double? LuckSharpe { get; init; }

    /// <summary>Gets the probability that the best trial's true Sharpe ratio lies above 0, as if it were the only one.</summary>
    /// <value>From 0 to 1.</value>
    public required double? ProbabilisticSharpe { get; init; }

    /// <summary>Gets the probability that the best trial's true Sharpe ratio lies above what luck alone gives.</summary>
    /// <value>From 0 to 1; 0.95 is the customary bar.</value>
    public required double? DeflatedSharpe { get; init; }

    /// <summary>Gets how often the best of one half of the time disappointed in the other half.</summary>
    /// <value><see langword="null"/> with fewer than two trials or 32 bars, or when nothing was chosen.</value>
    public required OverfittingResult? Overfitting { get; init; }

    /// <summary>Gets how long a record like the best trial's would have to be to lie above luck with a probability of 0.95.</summary>
    /// <value><see langword="null"/> when it does not lie above luck at all, or that would take longer than the calendar lasts.</value>
    public required TimeSpan? MinimumTrackRecord { get; init; }

    /// <summary>Gets what a person must know before believing the best result; never empty after a search.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Computes the figures.</summary>
    /// <param name="interval">The length of the bars.</param>
    /// <param name="best">The trial that was chosen, or <see langword="null"/> when there is none.</param>
    /// <param name="searched">The trials that it was chosen from.</param>
    /// <param name="recorded">All recorded trials on the same bars, whose Sharpe ratios tell how far luck scatters.</param>
    /// <param name="trialCount">How many trials were made on the data.</param>
    internal static SweepSummary Create(
        Interval interval, TrialOutcome? best, IReadOnlyList<TrialOutcome> searched, IReadOnlyList<TrialOutcome> recorded, long trialCount)
    {
        var estimate = best?.Moments?.ToSharpeEstimate();
        double[] sharpes = [.. recorded.Select(outcome => outcome.Moments?.Sharpe).OfType<double>()];
        double? luck = trialCount < 2 ? 0 : sharpes.Length < 2 ? null : Statistics.DeflatedSharpe.ExpectedMaximum(trialCount, sharpes.Variance());
        var blocks = searched.Select(outcome => outcome.Blocks).OfType<IReadOnlyList<ReturnMoments>>().ToArray();
        var annual = Math.Sqrt(interval.BarsPerYear);
        var summary = new SweepSummary
        {
            TrialCount = trialCount,
            BestSharpe = estimate?.Sharpe * annual,
            LuckSharpe = luck * annual,
            ProbabilisticSharpe = estimate?.ProbabilityAbove(0),
            DeflatedSharpe = luck is { } benchmark ? estimate?.ProbabilityAbove(benchmark) : null,
            Overfitting = best is null ? null : OverfittingProbability.Compute(blocks),
            MinimumTrackRecord = luck is { } above && estimate?.MinimumTrackRecordLength(above, Bar) is { } length ? TimeOf(length, interval) : null,
            Warnings = [],
        };
        return summary with { Warnings = [.. summary.Sentences(best is not null, searched.Count(outcome => outcome.Refusal is not null), searched.Count)] };
    }

    private static TimeSpan? TimeOf(double bars, Interval interval) =>
        Math.Ceiling(bars) * interval.Length.Ticks is var ticks && ticks < TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)ticks) : null;

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    private IEnumerable<string> Sentences(bool hasBest, int refused, int searched)
    {
        var (subject, found) = searched == 1 ? ("this one", "this one has") : ("the best one", "the best found is");
        var trials = TrialCount == 1 ? "1 trial" : string.Create(CultureInfo.InvariantCulture, $"{TrialCount} trials");
        if (BestSharpe is not { } best)
        {
            yield return hasBest ? $"After {trials} {subject} has no Sharpe ratio to judge it by." : $"After {trials} there is no best one: none could be judged.";
        }
        else if (LuckSharpe is not { } luck)
        {
            yield return $"After {trials}, {subject} has a Sharpe ratio of {Text(best)}; what luck gives cannot be told, as fewer than two trials have a Sharpe ratio.";
        }
        else
        {
            var verdict = DeflatedSharpe is not { } deflated ? ""
                : deflated >= Bar ? $" The probability that more than luck is behind it is {Percent(deflated)}."
                : $" The probability that more than luck is behind it is {Percent(Math.Floor(deflated * 100) / 100)}, below the customary {Percent(Bar)}: do not believe it yet.";
            yield return TrialCount == 1
                ? $"This is the first trial, with a Sharpe ratio of {Text(best)}.{verdict}"
                : $"After {trials}, luck alone gives a Sharpe ratio of {Text(luck)}; {found} {Text(best)}.{verdict}";
        }

        if (Overfitting is { Probability: >= 0.5 } overfitting)
        {
            yield return $"In {Percent(overfitting.Probability)} of {overfitting.Logits.Count} ways to cut the time in two, the best of one half was in the lower half of the other: choosing the best is overfitting.";
        }

        if (refused > 0)
        {
            yield return $"{refused} of {searched} combinations were refused because they cannot pay their own costs.";
        }
    }
}
