namespace TradingBot.Reporting;

/// <summary>A part of a chart with its own vertical scale.</summary>
/// <param name="Height">The height in CSS pixels.</param>
/// <param name="Series">What is drawn.</param>
internal sealed record ChartPane(int Height, IReadOnlyList<ChartSeries> Series);
