namespace TradingBot.Reporting;

/// <summary>Says in plain words how much of a result luck explains; nothing where luck is out of the question.</summary>
internal static class LuckFindings
{
    private const double EvenOdds = 0.5;

    public static IEnumerable<string> Of(Luck luck)
    {
        if (luck.Trials is { Count: > 1 } trials)
        {
            if (OfManyTrials(luck, trials) is { } sentence)
            {
                yield return sentence;
            }

            if (trials.OverfittingProbability is >= EvenOdds and var overfitting)
            {
                yield return $"In {Figures.Percent(overfitting)} of the ways to cut the time in two, the best trial of one half was in the lower half of the other: choosing the best is overfitting.";
            }
        }
        else if (luck is { Sharpe: > 0 and var sharpe, Probabilistic: < Luck.Bar and var probability })
        {
            yield return $"A Sharpe ratio of {Figures.Number(sharpe)} in {Figures.Count(luck.Bars)} bars lies above 0 with a probability of {Below(probability)}, below the customary {Figures.Percent(Luck.Bar, 0)}{Needed(luck)}.";
        }
    }

    private static string? OfManyTrials(Luck luck, TrialHistory trials)
    {
        var after = $"After {Figures.Count(trials.Count)} trials";
        return luck switch
        {
            { Sharpe: null } => null,
            { LuckSharpe: null } => $"{after}, what luck alone gives the best of them cannot be told: fewer than two have a Sharpe ratio.",
            { Sharpe: { } sharpe, LuckSharpe: { } expected } when sharpe <= expected =>
                $"{after}, luck alone gives this Sharpe ratio: the best of so many is expected to show {Figures.Number(expected)} without any skill, and this one shows {Figures.Number(sharpe)}.",
            { Deflated: < Luck.Bar and var deflated } =>
                $"{after}, luck alone is expected to give the best of them a Sharpe ratio of {Figures.Number(luck.LuckSharpe)}; this one has {Figures.Number(luck.Sharpe)}. The probability that more than luck is behind it is {Below(deflated)}, below the customary {Figures.Percent(Luck.Bar, 0)}{Needed(luck)}.",
            _ => null,
        };
    }

    // Rounded down, so that it does not read as the bar itself.
    private static string Below(double? probability) => Figures.Percent(Math.Floor((probability ?? 0) * 1_000) / 1_000);

    private static string Needed(Luck luck) => luck.RecordNeeded is { } needed ? $"; it would take {Figures.Days(needed)} like these {Figures.Days(luck.Span)} to reach that" : string.Empty;
}
