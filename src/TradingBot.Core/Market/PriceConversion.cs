namespace TradingBot.Market;

/// <summary>Turns prices of bars into decimals.</summary>
internal static class PriceConversion
{
    private const double MostCents = 1e13;

    /// <summary>Converts a price exactly as a cast does, to fifteen digits and without zeros at the end; faster where it has two decimals or fewer.</summary>
    public static decimal ToDecimal(double price)
    {
        var cents = price * 100;
        if (cents is >= 1 and < MostCents)
        {
            // Fewer than fifteen digits: what is the nearest double to so many cents is converted to them.
            var whole = (long)(cents + 0.5);
            if (whole / 100d == price)
            {
                return whole % 10 != 0 ? Scaled(whole, 2) : whole % 100 != 0 ? Scaled(whole / 10, 1) : Scaled(whole / 100, 0);
            }
        }

        return (decimal)price;
    }

    private static decimal Scaled(long whole, byte scale) => new(unchecked((int)whole), (int)(whole >> 32), 0, isNegative: false, scale);
}
