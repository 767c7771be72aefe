namespace TradingBot.Reporting;

/// <summary>What a backtest's report says beyond the result.</summary>
public sealed record BacktestReportOptions
{
    /// <summary>Gets the heading.</summary>
    /// <value>The default is <see langword="null"/>: "Backtest of", the symbol and the interval.</value>
    public string? Title { get; init; }

    /// <summary>Gets further settings by name that one needs to repeat the backtest, such as the strategy and its options; they are printed in ordinal order.</summary>
    /// <value>The default is none; the report then says that the strategy's settings are not recorded.</value>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the trials among which the backtest was found.</summary>
    /// <value>The default is <see langword="null"/>; the report then says that they were not counted.</value>
    public TrialHistory? Trials { get; init; }
}
