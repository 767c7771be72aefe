namespace TradingBot.Reporting;

/// <summary>A mark at a point of the axis.</summary>
/// <param name="X">The point.</param>
/// <param name="IsEntry">Whether a position was opened, or closed.</param>
/// <param name="IsLong">Whether the position was long.</param>
internal sealed record ChartMark(double X, bool IsEntry, bool IsLong);
