namespace TradingBot.Reporting;

/// <summary>The trials among which a backtest was found, as a trial ledger counts them: what its Sharpe ratio must be judged against.</summary>
public sealed record TrialHistory
{
    /// <summary>Gets how many trials of the strategy were made on the data, this one included.</summary>
    /// <value>1 or more.</value>
    public required long Count { get; init; }

    /// <summary>Gets the annualised Sharpe ratio that luck alone is expected to give the best of so many.</summary>
    /// <value>The default is <see langword="null"/>, not known.</value>
    public double? LuckSharpe { get; init; }

    /// <summary>Gets how often, of all the ways to cut the time in two, the best trial of one half was in the lower half of the other.</summary>
    /// <value>From 0 to 1. The default is <see langword="null"/>, not known.</value>
    public double? OverfittingProbability { get; init; }
}
