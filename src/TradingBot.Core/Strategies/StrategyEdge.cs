using System.Runtime.InteropServices;

namespace TradingBot.Strategies;

/// <summary>What a strategy needs to see before it enters, and what it risks: from this follows how often it must be right to pay its costs.</summary>
/// <param name="Threshold">The smallest expected return on which it enters: 0.01 is one per cent.</param>
/// <param name="StopLoss">The loss at which it leaves, as a share of the entry price, or <see langword="null"/> for none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StrategyEdge(double Threshold, double? StopLoss)
{
    /// <summary>Gets the edge with a stop on the exchange as well: the nearer of the two counts.</summary>
    internal StrategyEdge With(decimal? stopLoss) =>
        stopLoss is { } other && (double)other < (StopLoss ?? double.PositiveInfinity) ? this with { StopLoss = (double)other } : this;
}
