using System.Runtime.InteropServices;

namespace TradingBot.Strategies;

/// <summary>A strategy's decision at a bar's close and, for people, its reason.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Reason">Why, in a few words; it appears in logs and results. Constant texts keep a backtest free of allocations.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Decision(DecisionAction Action, string? Reason = null)
{
    /// <summary>Gets the decision to leave everything as it is.</summary>
    public static Decision None => default;

    /// <summary>Gets the decision to hold a long position.</summary>
    public static Decision Long => new(DecisionAction.Long);

    /// <summary>Gets the decision to hold a short position.</summary>
    public static Decision Short => new(DecisionAction.Short);

    /// <summary>Gets the decision to hold nothing.</summary>
    public static Decision Close => new(DecisionAction.Close);

    /// <summary>Gets the limit price of an entry, in the quote asset, or <see langword="null"/> for a market order. Exits are always market orders.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>Adds the reason.</summary>
    public Decision Because(string reason) => this with { Reason = reason };
}
