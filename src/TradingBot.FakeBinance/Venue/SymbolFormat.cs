using TradingBot.FakeBinance.Protocol;
using TradingBot.Market;

namespace TradingBot.FakeBinance.Venue;

/// <summary>The decimals and limits that the exchange states for a symbol beside its trading rules.</summary>
internal sealed class SymbolFormat(SymbolInfo info)
{
    internal const decimal PriceUp = 1.05m;
    internal const decimal PriceDown = 0.95m;

    // One more than the tick has, as for most symbols: the precision is not the tick.
    internal int PriceDecimals { get; } = info.TickSize.Decimals() + 1;

    internal int QuantityDecimals { get; } = info.StepSize.Decimals();

    internal decimal MinPrice { get; } = info.TickSize;

    internal decimal MaxPrice { get; } = info.TickSize * 100_000_000;

    internal string Price(decimal price) => price.Text(PriceDecimals);

    internal string Quantity(decimal quantity) => quantity.Text(QuantityDecimals);
}
