using System.Runtime.InteropServices;

namespace TradingBot.Market;

/// <summary>A position in one-way mode: one signed quantity per symbol.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Position
{
    private readonly FastDecimal _quantity;
    private readonly FastDecimal _entryPrice;

    // Asked at every bar.
    private readonly sbyte _sign;

    /// <summary>Initializes a position.</summary>
    /// <param name="quantity">The amount of the base asset: above 0 long, below 0 short, 0 flat.</param>
    /// <param name="entryPrice">The average price of the fills that opened it, in the quote asset; 0 when flat.</param>
    public Position(decimal quantity, decimal entryPrice) => (Quantity, EntryPrice) = (quantity, entryPrice);

    private Position(FastDecimal quantity, FastDecimal entryPrice, sbyte sign) => (_quantity, _entryPrice, _sign) = (quantity, entryPrice, sign);

    /// <summary>Gets no position.</summary>
    public static Position Flat => default;

    /// <summary>Gets the amount of the base asset: above 0 long, below 0 short, 0 flat.</summary>
    public decimal Quantity
    {
        get => _quantity;
        init
        {
            _quantity = value;
            _sign = (sbyte)_quantity.Sign;
        }
    }

    /// <summary>Gets the average price of the fills that opened it, in the quote asset; 0 when flat.</summary>
    public decimal EntryPrice
    {
        get => _entryPrice;
        init => _entryPrice = value;
    }

    /// <summary>Gets a value indicating whether nothing is held.</summary>
    public bool IsFlat => _sign == 0;

    /// <summary>Gets a value indicating whether the position gains when the price rises.</summary>
    public bool IsLong => _sign > 0;

    /// <summary>Gets a value indicating whether the position gains when the price falls.</summary>
    public bool IsShort => _sign < 0;

    /// <summary>Gets the side of an order that shrinks the position.</summary>
    /// <exception cref="InvalidOperationException">There is no position.</exception>
    public Side ClosingSide =>
        IsLong ? Side.Sell : IsShort ? Side.Buy : throw new InvalidOperationException("A flat position has no closing side.");

    /// <summary>Computes the profit that closing at a price would realise, fees apart, in the quote asset.</summary>
    public decimal ProfitAt(decimal price) => FastProfitAt(price);

    internal FastDecimal FastQuantity => _quantity;

    internal FastDecimal FastEntryPrice => _entryPrice;

    internal static Position Of(FastDecimal quantity, FastDecimal entryPrice) => new(quantity, entryPrice, (sbyte)quantity.Sign);

    internal FastDecimal FastProfitAt(FastDecimal price) => _quantity * (price - _entryPrice);

    /// <summary>Returns the quantity and the entry price, or "flat".</summary>
    public override string ToString() => IsFlat ? "flat" : FormattableString.Invariant($"{Quantity} at {EntryPrice}");
}
