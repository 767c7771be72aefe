namespace TradingBot.Market;

/// <summary>Turns prices of bars into decimals.</summary>
internal static class PriceConversion
{
    private const double MostCents = 1e13;

    /// <summary>Converts a price exactly as a cast does, to fifteen digits and without zeros at the end; faster where it has two decimals or fewer.</summary>
    public static FastDecimal ToDecimal(double price)
    {
        var cents = price * 100;
        if (cents is >= 1 and < MostCents)
        {
            // Fewer than fifteen digits: what is the nearest double to so many cents is converted to them.
            var whole = unchecked((ulong)(long)(cents + 0.5));
            if ((long)whole / 100d == price)
            {
                return whole % 10 != 0 ? FastDecimal.Of(whole, 2) : whole % 100 != 0 ? FastDecimal.Of(whole / 10, 1) : FastDecimal.Of(whole / 100, 0);
            }
        }

        return (decimal)price;
    }
}
