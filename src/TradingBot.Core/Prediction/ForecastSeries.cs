using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>The forecasts of one model along a series: the entry at a bar was made with that bar and those before it only.</summary>
public sealed class ForecastSeries
{
    private readonly double[] _prices;

    /// <summary>Initializes a series of forecasts.</summary>
    /// <param name="bars">The bars that the forecasts belong to.</param>
    /// <param name="prices">One expected close per bar, in the quote asset; NaN where the model had too little to go on. The series takes the array over.</param>
    /// <param name="horizon">How many bars ahead each expected close lies; 1 or more.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a forecast is infinite, zero or negative.</exception>
    public ForecastSeries(BarSeries bars, double[] prices, int horizon)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentNullException.ThrowIfNull(prices);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (prices.Length != bars.Count)
        {
            throw new ArgumentException($"Expected one forecast per bar, {bars.Count}, found {prices.Length}.", nameof(prices));
        }

        var bad = Array.FindIndex(prices, price => double.IsInfinity(price) || price <= 0);
        if (bad >= 0)
        {
            throw new ArgumentException($"The forecast at {bars.OpenTimeAt(bad):u} is {prices[bad]}; expected a price above 0, or NaN for none.", nameof(prices));
        }

        (Bars, _prices, Horizon) = (bars, prices, horizon);
    }

    /// <summary>Gets the bars that the forecasts belong to.</summary>
    public BarSeries Bars { get; }

    /// <summary>Gets how many bars ahead each expected close lies.</summary>
    public int Horizon { get; }

    /// <summary>Gets the expected closes, one per bar, in the quote asset; NaN where there is none.</summary>
    public ReadOnlySpan<double> Prices => _prices;

    /// <summary>Gets the forecast made at the close of a bar, or <see langword="null"/> where there is none.</summary>
    public Forecast? this[int index] =>
        _prices[index] is var price && double.IsNaN(price) ? null : new Forecast(price, Bars.Closes[index], Horizon);
}
