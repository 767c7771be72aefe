namespace TradingBot.Market;

/// <summary>The exchange's trading rules for one symbol. Prices are in the quote asset, quantities in the base asset.</summary>
public sealed record SymbolInfo
{
    /// <summary>Gets the market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>Gets the step of prices; above 0.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>Gets the step of quantities; above 0.</summary>
    public required decimal StepSize { get; init; }

    /// <summary>Gets the smallest quantity of an order; 0 or more.</summary>
    public required decimal MinQuantity { get; init; }

    /// <summary>Gets the largest quantity of a limit order.</summary>
    public required decimal MaxQuantity { get; init; }

    /// <summary>Gets the largest quantity of a market order; it is <see cref="MaxQuantity"/> unless set.</summary>
    public decimal MaxMarketQuantity { get => field == 0 ? MaxQuantity : field; init; }

    /// <summary>Gets the smallest quantity times price of an order; reduce-only orders are exempt.</summary>
    public required decimal MinNotional { get; init; }

    /// <summary>Fits a wanted quantity to the rules, never upwards.</summary>
    /// <param name="wanted">The wanted quantity; 0 or more.</param>
    /// <returns>The largest multiple of <see cref="StepSize"/> that is neither above <paramref name="wanted"/> nor above
    /// <see cref="MaxMarketQuantity"/>, or <see langword="null"/> when that is 0 or below <see cref="MinQuantity"/>.</returns>
    public decimal? FitQuantity(decimal wanted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        var capped = Math.Min(wanted, MaxMarketQuantity);
        var fitted = capped - (capped % StepSize);
        return fitted > 0 && fitted >= MinQuantity ? fitted : null;
    }

    /// <summary>Fits a limit price to the tick so that it is never worse for the owner: down for a buy, up for a sell.</summary>
    public decimal FitPrice(decimal wanted, Side side)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(wanted);
        var down = wanted - (wanted % TickSize);
        return side == Side.Buy || down == wanted ? down : down + TickSize;
    }
}
