namespace TradingBot.Market;

/// <summary>What to do about bars that are missing between others. There is no default: the choice changes results.</summary>
public enum GapPolicy
{
    /// <summary>A missing bar is an error.</summary>
    Reject = 1,

    /// <summary>Missing bars stay missing and are listed in <see cref="BarSeries.Gaps"/>.</summary>
    Flag = 2,

    /// <summary>Missing bars become flat bars at the last close with no volume, and are listed in <see cref="BarSeries.Gaps"/>.</summary>
    Fill = 3,
}
