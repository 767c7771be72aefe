namespace TradingBot.Reporting;

/// <summary>What a portfolio's report says beyond the result.</summary>
public sealed record PortfolioReportOptions
{
    /// <summary>Gets the heading.</summary>
    /// <value>The default is <see langword="null"/>: "Portfolio of" and the symbols.</value>
    public string? Title { get; init; }

    /// <summary>Gets further settings by name that one needs to repeat the backtest, such as the strategies and their options; they are printed in ordinal order.</summary>
    /// <value>The default is none; the report then says that the strategies' settings are not recorded.</value>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
