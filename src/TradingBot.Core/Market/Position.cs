using System.Runtime.InteropServices;

namespace TradingBot.Market;

/// <summary>A position in one-way mode: one signed quantity per symbol.</summary>
/// <param name="Quantity">The amount of the base asset: above 0 long, below 0 short, 0 flat.</param>
/// <param name="EntryPrice">The average price of the fills that opened it, in the quote asset; 0 when flat.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Position(decimal Quantity, decimal EntryPrice)
{
    /// <summary>Gets no position.</summary>
    public static Position Flat => default;

    /// <summary>Gets a value indicating whether nothing is held.</summary>
    public bool IsFlat => Quantity == 0;

    /// <summary>Gets a value indicating whether the position gains when the price rises.</summary>
    public bool IsLong => Quantity > 0;

    /// <summary>Gets a value indicating whether the position gains when the price falls.</summary>
    public bool IsShort => Quantity < 0;

    /// <summary>Gets the side of an order that shrinks the position.</summary>
    /// <exception cref="InvalidOperationException">There is no position.</exception>
    public Side ClosingSide =>
        IsLong ? Side.Sell : IsShort ? Side.Buy : throw new InvalidOperationException("A flat position has no closing side.");

    /// <summary>Computes the profit that closing at a price would realise, fees apart, in the quote asset.</summary>
    public decimal ProfitAt(decimal price) => Quantity * (price - EntryPrice);
}
