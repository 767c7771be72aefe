namespace TradingBot.Statistics;

/// <summary>How a strategy did in the bars of one regime.</summary>
public sealed record RegimeResult
{
    /// <summary>Gets the third.</summary>
    public required Tercile Tercile { get; init; }

    /// <summary>Gets the number of bars.</summary>
    public required int BarCount { get; init; }

    /// <summary>Gets the return of the strategy over these bars put together: 0.1 is ten per cent.</summary>
    /// <value><see langword="null"/> without bars.</value>
    public required double? TotalReturn { get; init; }

    /// <summary>Gets the annualised Sharpe ratio of the strategy in these bars.</summary>
    /// <value><see langword="null"/> when there are fewer than two bars, or the returns never varied.</value>
    public required double? Sharpe { get; init; }

    /// <summary>Gets the return of the market, from close to close, over these bars put together.</summary>
    /// <value><see langword="null"/> without bars.</value>
    public required double? MarketReturn { get; init; }
}
