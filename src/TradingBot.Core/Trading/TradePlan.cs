using System.Runtime.InteropServices;
using TradingBot.Strategies;

namespace TradingBot.Trading;

/// <summary>What a cycle is to do: at most one exit, to be followed by at most one entry.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TradePlan
{
    /// <summary>Gets the strategy's decision, or the closing that a tripped limit put in its place.</summary>
    public Decision Decision { get; init; }

    /// <summary>Gets the order that closes what is held, or <see langword="null"/>. It is a reduce-only market order.</summary>
    public OrderRequest? Exit { get; init; }

    /// <summary>Gets the order that opens a position, or <see langword="null"/>. It may be sent only when nothing is held any more.</summary>
    public OrderRequest? Entry { get; init; }

    /// <summary>Gets why an order that the decision asked for is not made, or <see langword="null"/>.</summary>
    public string? Denial { get; init; }

    /// <summary>Gets what the limits are to remember.</summary>
    public RiskState Risk { get; init; }
}
