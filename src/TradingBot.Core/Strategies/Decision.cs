using System.Runtime.InteropServices;
using TradingBot.Market;

namespace TradingBot.Strategies;

/// <summary>A strategy's decision at a bar's close and, for people, its reason.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Decision
{
    // The reason alone or, where there is a limit price, both: two words are returned in registers, at every bar.
    private readonly object? _detail;

    /// <summary>Initializes a decision.</summary>
    /// <param name="action">What to do.</param>
    /// <param name="reason">Why, in a few words; it appears in logs and results. Constant texts keep a backtest free of allocations.</param>
    public Decision(DecisionAction action, string? reason = null) => (Action, _detail) = (action, reason);

    /// <summary>Gets the decision to leave everything as it is.</summary>
    public static Decision None => default;

    /// <summary>Gets the decision to hold a long position.</summary>
    public static Decision Long => new(DecisionAction.Long);

    /// <summary>Gets the decision to hold a short position.</summary>
    public static Decision Short => new(DecisionAction.Short);

    /// <summary>Gets the decision to hold nothing.</summary>
    public static Decision Close => new(DecisionAction.Close);

    /// <summary>Gets what to do.</summary>
    public DecisionAction Action { get; init; }

    /// <summary>Gets why, in a few words, or <see langword="null"/>.</summary>
    public string? Reason
    {
        get => _detail is LimitedEntry limited ? limited.Reason : (string?)_detail;
        init => _detail = LimitPrice is { } price ? new LimitedEntry(price, value) : value;
    }

    /// <summary>Gets the limit price of an entry, in the quote asset, or <see langword="null"/> for a market order. Exits are always market orders.</summary>
    public decimal? LimitPrice
    {
        get => (_detail as LimitedEntry)?.Price;
        init => _detail = value is { } price ? new LimitedEntry(price, Reason) : Reason;
    }

    /// <summary>Adds the reason.</summary>
    public Decision Because(string reason) => _detail is null ? new Decision(Action, reason) : this with { Reason = reason };

    /// <summary>Takes the decision apart.</summary>
    public void Deconstruct(out DecisionAction action, out string? reason) => (action, reason) = (Action, Reason);

    /// <summary>Gets the decision's action that a position is already what it asks for.</summary>
    internal static DecisionAction ActionMetBy(in Position position) =>
        position.IsLong ? DecisionAction.Long : position.IsShort ? DecisionAction.Short : DecisionAction.Close;

    /// <summary>Tells whether a position is already what the decision asks for, so that no order follows.</summary>
    internal bool IsMetBy(in Position position) => IsMetBy(ActionMetBy(position));

    /// <inheritdoc cref="IsMetBy(in Position)"/>
    /// <param name="met">The action that the position meets.</param>
    internal bool IsMetBy(DecisionAction met) => Action == DecisionAction.None || Action == met;

    private sealed record LimitedEntry(decimal Price, string? Reason);
}
