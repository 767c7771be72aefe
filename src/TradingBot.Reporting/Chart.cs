namespace TradingBot.Reporting;

/// <summary>A chart: panes, one below the other, over one axis.</summary>
/// <param name="Id">The element that it is drawn in.</param>
/// <param name="Label">What it shows, for those who cannot see it.</param>
/// <param name="X">The points of the axis, rising: seconds since 1970-01-01 UTC, or plain numbers.</param>
/// <param name="IsTime">Whether the axis is one of time.</param>
/// <param name="Panes">The panes, from above.</param>
internal sealed record Chart(string Id, string Label, IReadOnlyList<double> X, bool IsTime, IReadOnlyList<ChartPane> Panes)
{
    /// <summary>Gets the marks on the first series, by time.</summary>
    public IReadOnlyList<ChartMark> Marks { get; init; } = [];
}
