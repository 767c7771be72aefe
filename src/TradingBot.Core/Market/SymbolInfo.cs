namespace TradingBot.Market;

/// <summary>The exchange's trading rules for one symbol. Prices are in the quote asset, quantities in the base asset.</summary>
/// <remarks>A rule outside its range is refused with an <see cref="ArgumentOutOfRangeException"/> where it is set.</remarks>
public sealed record SymbolInfo
{
    private readonly decimal? _maxMarketQuantity;

    /// <summary>Gets the market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>Gets the step of prices; above 0.</summary>
    public required decimal TickSize { get; init => field = Positive(value, nameof(TickSize)); }

    /// <summary>Gets the step of quantities; above 0.</summary>
    public required decimal StepSize { get; init => field = Positive(value, nameof(StepSize)); }

    /// <summary>Gets the smallest quantity of an order; 0 or more.</summary>
    public required decimal MinQuantity { get; init => field = NotNegative(value, nameof(MinQuantity)); }

    /// <summary>Gets the largest quantity of a limit order; above 0.</summary>
    public required decimal MaxQuantity { get; init => field = Positive(value, nameof(MaxQuantity)); }

    /// <summary>Gets the largest quantity of a market order; above 0. It is <see cref="MaxQuantity"/> unless set.</summary>
    public decimal MaxMarketQuantity { get => _maxMarketQuantity ?? MaxQuantity; init => _maxMarketQuantity = Positive(value, nameof(MaxMarketQuantity)); }

    /// <summary>Gets the smallest quantity times price of an order, in the quote asset; 0 or more. Reduce-only orders are exempt.</summary>
    public required decimal MinNotional { get; init => field = NotNegative(value, nameof(MinNotional)); }

    /// <summary>Fits a wanted quantity to the rules, never upwards. <see cref="MinNotional"/> needs a price and is not checked here.</summary>
    /// <param name="wanted">The wanted quantity; 0 or more.</param>
    /// <returns>The largest multiple of <see cref="StepSize"/> that is neither above <paramref name="wanted"/> nor above
    /// <see cref="MaxMarketQuantity"/>, or <see langword="null"/> when that is 0 or below <see cref="MinQuantity"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="wanted"/> is negative.</exception>
    public decimal? FitQuantity(decimal wanted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        return Fit(wanted) is { IsZero: false } quantity ? quantity : null;
    }

    /// <summary>Fits a quantity as <see cref="FitQuantity"/> does.</summary>
    /// <returns>0 where <see cref="FitQuantity"/> returns <see langword="null"/>.</returns>
    internal FastDecimal Fit(FastDecimal wanted) => Allowed(StepMath.MultipleBelow(FastDecimal.Min(wanted, MaxMarketQuantity), StepSize));

    /// <summary>Fits the quantity that a notional value buys at a price.</summary>
    /// <param name="notional">Quantity times price; 0 or more.</param>
    /// <param name="price">The price; above 0.</param>
    /// <inheritdoc cref="Fit(FastDecimal)" path="/returns"/>
    internal FastDecimal Fit(FastDecimal notional, FastDecimal price)
    {
        FastDecimal step = StepSize;
        return !notional.IsNegative && FastDecimal.TryDivide(notional, price * step, out var steps) && FastDecimal.Of(steps, 0) * step is var quantity && quantity <= MaxMarketQuantity
            ? Allowed(quantity)
            : Fit(notional / price);
    }

    /// <summary>Fits a limit price to the tick so that it is never worse for the owner: down for a buy, up for a sell.</summary>
    /// <param name="wanted">The wanted price; above 0.</param>
    /// <param name="side">The side of the order.</param>
    /// <returns>A multiple of <see cref="TickSize"/> less than a tick away from <paramref name="wanted"/>, or <see langword="null"/>
    /// for a buy below one tick, as no price lies under it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The price is 0 or negative, or the side is neither.</exception>
    public decimal? FitPrice(decimal wanted, Side side)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(wanted);
        var down = StepMath.MultipleBelow(wanted, TickSize);
        return side switch
        {
            Side.Buy => down > 0 ? down : null,
            Side.Sell => down == wanted ? down : down + TickSize,
            _ => throw new ArgumentOutOfRangeException(nameof(side), side, "Expected Buy or Sell."),
        };
    }

    private FastDecimal Allowed(FastDecimal quantity) => quantity >= MinQuantity ? quantity : default;

    private static decimal Positive(decimal value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Expected a value above 0.");

    private static decimal NotNegative(decimal value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Expected 0 or more.");
}
