namespace TradingBot.Optimization;

/// <summary>How a walk-forward test cuts the time. All lengths are in bars.</summary>
/// <remarks>The windows after M. López de Prado, "Advances in Financial Machine Learning", 2018, chapters 7 and 11, for one direction of time.</remarks>
public sealed record WalkForwardOptions
{
    /// <summary>Gets the length of the window in which parameters are chosen, the purged bars included; 2 or more.</summary>
    public required int FitBars { get; init; }

    /// <summary>Gets the length of the window in which they then trade, and by which the windows roll; 1 or more.</summary>
    public required int TradeBars { get; init; }

    /// <summary>Gets how many bars are cut off the end of each fit window, as what is decided there plays out later: the forecast's horizon, or how long a trade lasts.</summary>
    /// <value>The default is 0. Below <see cref="FitBars"/> by 2 at least.</value>
    public int PurgeBars { get; init; }

    /// <summary>Gets how many bars are left out between the end of each fit window and its trade window, as neighbouring bars resemble each other.</summary>
    /// <value>The default is 0. 0 or more.</value>
    public int EmbargoBars { get; init; }

    /// <summary>Gets a value indicating whether every fit window begins at the first bar, and so grows, instead of rolling.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IsAnchored { get; init; }

    /// <summary>Lists the windows that fit a number of bars.</summary>
    /// <returns>At least one; each trade window begins where the one before ended, and the last may be shorter.</returns>
    /// <exception cref="ArgumentException">A length is outside its range, or there are too few bars for one window.</exception>
    internal IReadOnlyList<(Range Fit, Range Trade)> Cut(int bars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(FitBars, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(TradeBars, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(PurgeBars);
        ArgumentOutOfRangeException.ThrowIfNegative(EmbargoBars);
        if (FitBars - PurgeBars < 2)
        {
            throw new ArgumentException($"{nameof(PurgeBars)} must leave 2 bars of {nameof(FitBars)} or more, found {PurgeBars} of {FitBars}.");
        }

        if ((long)FitBars + EmbargoBars >= bars)
        {
            throw new ArgumentException($"A walk-forward test with {nameof(FitBars)} {FitBars} and {nameof(EmbargoBars)} {EmbargoBars} needs more bars than that, found {bars}.");
        }

        var windows = new List<(Range Fit, Range Trade)>();
        for (var fitEnd = FitBars; fitEnd + EmbargoBars < bars; fitEnd = (int)Math.Min((long)fitEnd + TradeBars, bars))
        {
            var trade = fitEnd + EmbargoBars;
            windows.Add((
                (IsAnchored ? 0 : fitEnd - FitBars)..(fitEnd - PurgeBars),
                trade..(int)Math.Min((long)trade + TradeBars, bars)));
        }

        return windows;
    }
}
