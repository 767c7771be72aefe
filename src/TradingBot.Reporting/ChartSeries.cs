namespace TradingBot.Reporting;

/// <summary>A series with one value per point of the axis, NaN for none.</summary>
/// <param name="Kind">One of candles, line, area (filled from above) and bars.</param>
/// <param name="Name">The name in the legend.</param>
/// <param name="Color">The name of a colour of the style sheet.</param>
/// <param name="Decimals">The decimals that are shown, or <see langword="null"/> for a share shown in per cent.</param>
/// <param name="Values">The values; the closes of candles.</param>
internal sealed record ChartSeries(string Kind, string Name, string Color, int? Decimals, IReadOnlyList<double> Values)
{
    public IReadOnlyList<double> Opens { get; init; } = [];

    public IReadOnlyList<double> Highs { get; init; } = [];

    public IReadOnlyList<double> Lows { get; init; } = [];
}
