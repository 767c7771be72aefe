using TradingBot.Simulation;

namespace TradingBot.Backtesting;

/// <summary>All that a portfolio did and what came of it. Amounts of money are in the settlement asset.</summary>
public sealed record PortfolioResult
{
    /// <summary>Gets how the account was set.</summary>
    public required PortfolioOptions Options { get; init; }

    /// <summary>Gets the markets, in the order in which they were given.</summary>
    public required IReadOnlyList<PortfolioMarketResult> Markets { get; init; }

    /// <summary>Gets the instants at which bars closed, of any market, ascending, in milliseconds since 1970-01-01 UTC.</summary>
    public required ReadOnlyMemory<long> CloseTimes { get; init; }

    /// <summary>Gets the account's equity at each of <see cref="CloseTimes"/>: the balance plus the unrealised profit of every position at the last known price of
    /// its market, which is the close of its last bar, or the open of the bar that is under way; of the finer ones where it is traded by them.</summary>
    public required ReadOnlyMemory<double> Equity { get; init; }

    /// <summary>Gets, at each of <see cref="CloseTimes"/>, what the initial balance would be worth if it had been split equally over the markets, and each
    /// part had bought at the first open of its market and been held, without costs. A part is money until its market begins, and stays at the last close once it has ended.</summary>
    public required ReadOnlyMemory<double> BuyAndHold { get; init; }

    /// <summary>Gets the fills of all markets, in the order in which they happened.</summary>
    public required IReadOnlyList<Fill> Fills { get; init; }

    /// <summary>Gets every change of the balance; with the initial balance they add up to the final one exactly.</summary>
    public required IReadOnlyList<LedgerEntry> Ledger { get; init; }

    /// <summary>Gets the figures of the account, in which of events whose order a bar hides the one that hurts came first.</summary>
    /// <remarks>They are those of a single backtest, with the closes of all markets for the bars: returns are those of the equity from one close to the next. A year has as many
    /// closes as a year has bars where all markets have one interval, and otherwise as many as these 365 days had on average. Exposure is the share of closes at which
    /// anything was held. Buying and holding is <see cref="BuyAndHold"/>.</remarks>
    public required BacktestStatistics Statistics { get; init; }

    /// <summary>Gets what comes of it when in bars that hide the order of events (<see cref="PortfolioMarketResult.AmbiguousBars"/>) what helps came first.</summary>
    /// <value><see langword="null"/> when there was no such bar, so that it would be the same, or when it was not asked for.</value>
    public OptimisticResult? Optimistic { get; init; }

    /// <summary>Gets what a person must know before believing the figures; empty when there is nothing.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Gets a figure with what ambiguous bars leave open: the values of the conservative and the optimistic run, the lower one first.</summary>
    /// <typeparam name="T">The type of the figure.</typeparam>
    /// <param name="figure">Reads the figure.</param>
    /// <returns><see langword="null"/> when the figure cannot be computed for either of them.</returns>
    public Bounds<T>? BoundsOf<T>(Func<BacktestStatistics, T?> figure)
        where T : struct, IComparable<T> => BacktestStatistics.Between(Statistics, Optimistic?.Statistics ?? Statistics, figure);

    /// <summary>Gets the UTC instant of a close.</summary>
    /// <param name="index">Its place in <see cref="CloseTimes"/>.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is negative or not below the number of closes.</exception>
    public DateTimeOffset CloseTimeAt(int index) => DateTimeOffset.FromUnixTimeMilliseconds(CloseTimes.Span[index]);
}
