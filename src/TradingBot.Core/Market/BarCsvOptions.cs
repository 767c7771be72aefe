namespace TradingBot.Market;

/// <summary>How to read a file of bars.</summary>
public sealed record BarCsvOptions
{
    /// <summary>Gets the market of the bars; the file is not asked.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>Gets what to do about missing bars.</summary>
    public required GapPolicy GapPolicy { get; init; }

    /// <summary>Gets the length of the bars, which the file must have, or <see langword="null"/> to take the distance between the first two bars.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public Interval? Interval { get; init; }
}
