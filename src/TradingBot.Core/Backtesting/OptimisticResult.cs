namespace TradingBot.Backtesting;

/// <summary>What came of the same backtest when inside every bar what helps the account came first.</summary>
public sealed record OptimisticResult
{
    /// <summary>Gets the figures.</summary>
    public required BacktestStatistics Statistics { get; init; }

    /// <summary>Gets the balance plus unrealised profit at every bar's close, in the settlement asset.</summary>
    public required ReadOnlyMemory<double> Equity { get; init; }
}
