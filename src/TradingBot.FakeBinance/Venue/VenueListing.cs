using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Venue;

/// <summary>Checks the exchange's settings, or makes usual ones.</summary>
internal static class VenueListing
{
    internal static SimulatedExchangeOptions Prepare(FakeBinanceOptions options, BarSeries bars, decimal price)
    {
        if (options.Exchange is not { } exchange)
        {
            return Usual(bars.Symbol, price);
        }

        return exchange.Markets.Count == 1 && exchange.Markets[0].Info.Symbol == bars.Symbol
            ? exchange
            : throw new ArgumentException(
                $"Expected the exchange to list {bars.Symbol} alone, found {string.Join(", ", exchange.Markets.Select(market => market.Info.Symbol))}.",
                nameof(options));
    }

    // For a price of 60,000 these are Binance's rules for BTCUSDT: tick 0.1, step 0.001.
    private static SimulatedExchangeOptions Usual(Symbol symbol, decimal price)
    {
        var digits = (int)Math.Floor(Math.Log10((double)price)) + 1;
        var step = PowerOfTen(Math.Clamp(2 - digits, -3, 0));
        var info = new SymbolInfo
        {
            Symbol = symbol,
            TickSize = PowerOfTen(Math.Clamp(digits - 6, -8, 1)),
            StepSize = step,
            MinQuantity = step,
            MaxQuantity = step * 1_000_000,
            MaxMarketQuantity = step * 120_000,
            MinNotional = 50,
        };
        return new SimulatedExchangeOptions
        {
            Markets = [new MarketListing(info) { Funding = FundingSchedule.Fixed(0.0001m) }],
            Leverage = 20,
            MarginMode = MarginMode.Cross,
        };
    }

    private static decimal PowerOfTen(int exponent) => exponent < 0 ? new decimal(1, 0, 0, false, (byte)-exponent) : (decimal)Math.Pow(10, exponent);
}
