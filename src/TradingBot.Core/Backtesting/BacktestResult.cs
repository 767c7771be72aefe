using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Statistics;
using TradingBot.Strategies;

namespace TradingBot.Backtesting;

/// <summary>All that a backtest did and what came of it. Amounts of money are in the settlement asset.</summary>
public sealed record BacktestResult
{
    /// <summary>Gets the bars that were traded.</summary>
    public required BarSeries Bars { get; init; }

    /// <summary>Gets the forecasts that the strategy saw, or <see langword="null"/> if it ran without.</summary>
    public required ForecastSeries? Forecasts { get; init; }

    /// <summary>Gets the description of the model, or <see langword="null"/> if there was none.</summary>
    public required ModelCard? Model { get; init; }

    /// <summary>Gets how it traded and what it paid.</summary>
    public required BacktestOptions Options { get; init; }

    /// <summary>Gets the trades, oldest first; only the last may still be open.</summary>
    public required IReadOnlyList<Trade> Trades { get; init; }

    /// <summary>Gets the fills, oldest first.</summary>
    public required IReadOnlyList<Fill> Fills { get; init; }

    /// <summary>Gets every change of the balance; with the initial balance they add up to the final one exactly.</summary>
    public required IReadOnlyList<LedgerEntry> Ledger { get; init; }

    /// <summary>Gets the balance plus unrealised profit at every bar's close.</summary>
    public required ReadOnlyMemory<double> Equity { get; init; }

    /// <summary>Gets the hit rate that the strategy's costs require, or <see langword="null"/> if the strategy does not state its edge.</summary>
    public required BreakEvenResult? BreakEven { get; init; }

    /// <summary>Gets the reasons for which decisions did not become fills, each with how often.</summary>
    public required IReadOnlyDictionary<string, int> Denials { get; init; }

    /// <summary>Gets the figures, in which of events whose order a bar hides the one that hurts came first.</summary>
    public required BacktestStatistics Statistics { get; init; }

    /// <summary>Gets the open times of the bars whose result could depend on the order of the prices inside them, oldest first.</summary>
    /// <remarks><see cref="SimulatedExchange"/> says which those are. Of a bar that finer bars resolved, it is one of them that hides the order.</remarks>
    public IReadOnlyList<DateTimeOffset> AmbiguousBars { get; init; } = [];

    /// <summary>Gets what comes of it when in such bars what helps came first.</summary>
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

    /// <summary>Cuts the returns of the equity, one per bar, into runs of equal length, but for one return, and computes the moments of each.</summary>
    /// <remarks>Nothing of the length of the equity is made for it, which matters to a search of thousands of backtests.</remarks>
    /// <param name="blocks">The number of runs; 1 or more.</param>
    /// <returns>The moments, oldest first, or <see langword="null"/> when the equity before the last bar was 0 or below, as nothing can be earned on it.</returns>
    /// <exception cref="ArgumentException">The number of runs is below 1.</exception>
    public IReadOnlyList<ReturnMoments>? MeasureReturns(int blocks) => BlockMoments.Of((double)Options.InitialBalance, new CurveValues(Equity), blocks);
}
