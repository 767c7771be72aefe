using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
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

    /// <summary>Gets the figures.</summary>
    public required BacktestStatistics Statistics { get; init; }

    /// <summary>Gets what a person must know before believing the figures; empty when there is nothing.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
