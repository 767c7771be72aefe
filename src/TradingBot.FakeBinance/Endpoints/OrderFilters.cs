using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;
using TradingBot.Market;

namespace TradingBot.FakeBinance.Endpoints;

/// <summary>The filters that <c>exchangeInfo</c> tells, with a code for each way to miss them.</summary>
internal sealed class OrderFilters(FakeVenue venue)
{
    private SymbolInfo Info => venue.Listing.Info;

    internal decimal CheckQuantity(decimal quantity, decimal most)
    {
        if (quantity <= 0)
        {
            throw new ApiError(-4003, "Quantity less than zero.");
        }

        CheckDecimals(quantity, venue.Format.QuantityDecimals);
        return quantity < Info.MinQuantity ? throw new ApiError(-4004, "Quantity less than min quantity.")
            : quantity > most ? throw new ApiError(-4005, "Quantity greater than max quantity.")
            : (quantity - Info.MinQuantity) % Info.StepSize != 0 ? throw new ApiError(-4023, "Qty not increased by step size.")
            : quantity;
    }

    internal decimal CheckPrice(decimal price)
    {
        if (price <= 0)
        {
            throw new ApiError(-4001, "Price less than 0.");
        }

        CheckDecimals(price, venue.Format.PriceDecimals);
        return price < venue.Format.MinPrice ? throw new ApiError(-4013, "Price less than min price.")
            : price > venue.Format.MaxPrice ? throw new ApiError(-4002, "Price greater than max price.")
            : (price - venue.Format.MinPrice) % Info.TickSize != 0 ? throw new ApiError(-4014, "Price not increased by tick size.")
            : price;
    }

    internal void CheckPercentPrice(Side side, decimal price)
    {
        var mark = venue.Feed.Price;
        if (side == Side.Buy && price > mark * SymbolFormat.PriceUp)
        {
            throw new ApiError(-4016, $"Limit price can't be higher than {venue.Format.Price(mark * SymbolFormat.PriceUp)}.");
        }

        if (side == Side.Sell && price < mark * SymbolFormat.PriceDown)
        {
            throw new ApiError(-4024, $"Limit price can't be lower than {venue.Format.Price(mark * SymbolFormat.PriceDown)}.");
        }
    }

    internal void CheckNotional(decimal quantity, decimal price, bool reduceOnly)
    {
        if (!reduceOnly && quantity * price < Info.MinNotional)
        {
            throw new ApiError(-4164, $"Order's notional must be no smaller than {Info.MinNotional.Text(1)} (unless you choose reduce only)");
        }
    }

    private static void CheckDecimals(decimal value, int most)
    {
        if (value.Decimals() > most)
        {
            throw new ApiError(-1111, "Precision is over the maximum defined for this asset.");
        }
    }
}
