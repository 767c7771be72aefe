using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Prediction;
using TradingBot.Strategies;

namespace TradingBot.Optimization;

/// <summary>What a search runs, on what, and where it is written down.</summary>
public sealed record SweepOptions
{
    /// <summary>Gets the strategy's name, under which the ledger counts its trials. A strategy whose code changed needs a new one, or old results stand for it.</summary>
    public required string StrategyName { get; init; }

    /// <summary>Gets what makes the strategy of a trial. It is called on several threads at once.</summary>
    public required Func<ParameterSet, IStrategy> CreateStrategy { get; init; }

    /// <summary>Gets how every trial trades and what it pays.</summary>
    public required BacktestOptions Backtest { get; init; }

    /// <summary>Gets what changes the options for a trial, such as its leverage; called on several threads at once.</summary>
    /// <value>The default is <see langword="null"/>, the same options for all.</value>
    public Func<ParameterSet, BacktestOptions, BacktestOptions>? AdjustBacktest { get; init; }

    /// <summary>Gets the bars, which all trials share.</summary>
    public required BarSeries Bars { get; init; }

    /// <summary>Gets the forecasts for these bars, which all trials share, or <see langword="null"/> for none.</summary>
    public ForecastSeries? Forecasts { get; init; }

    /// <summary>Gets the description of the model that made the forecasts, for the results of <see cref="Sweep.Backtest"/> and their warnings.</summary>
    /// <value>The default is <see langword="null"/>, unknown.</value>
    public ModelCard? Model { get; init; }

    /// <summary>Gets where every trial is recorded.</summary>
    public required TrialLedger Ledger { get; init; }

    /// <summary>Gets by which figure the best trial is chosen.</summary>
    /// <value>The default is <see cref="Objective.Sharpe"/>.</value>
    public Objective Objective { get; init; }

    /// <summary>Gets how many trials run at once.</summary>
    /// <value>The default is the number of processors; more than that is cut down to it. 1 or more.</value>
    public int MaxParallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Gets the clock for the time that is left.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Refuses options with which no trial could run.</summary>
    internal void ThrowIfFaulty()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(StrategyName);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxParallelism, 1);
        if (!Enum.IsDefined(Objective))
        {
            throw new ArgumentOutOfRangeException(nameof(Objective), Objective, $"Expected one of {string.Join(", ", Enum.GetNames<Objective>())}.");
        }

        if (Bars.Count == 0)
        {
            throw new ArgumentException("A search needs at least one bar, found none.");
        }

        if (Bars.Symbol != Backtest.Trade.SymbolInfo.Symbol)
        {
            throw new ArgumentException($"Expected bars of {Backtest.Trade.SymbolInfo.Symbol}, as in the trading rules, found bars of {Bars.Symbol}.");
        }

        if (Forecasts is { } forecasts && !forecasts.Bars.OpenTimes.SequenceEqual(Bars.OpenTimes))
        {
            throw new ArgumentException($"Expected forecasts for these bars ({Bars}), found forecasts for others ({forecasts.Bars}).");
        }
    }
}
