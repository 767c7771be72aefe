namespace TradingBot.Strategies;

/// <summary>The settings of <see cref="SmaCrossoverStrategy"/>.</summary>
public sealed record SmaCrossoverOptions
{
    /// <summary>Gets or sets the number of bars of the fast average.</summary>
    /// <value>The default is 10. 1 or more, and below <see cref="Slow"/>.</value>
    public int Fast { get; set; } = 10;

    /// <summary>Gets or sets the number of bars of the slow average.</summary>
    /// <value>The default is 30. Above <see cref="Fast"/>.</value>
    public int Slow { get; set; } = 30;

    /// <summary>Gets or sets a value indicating whether a position is entered only at a bar at which the averages cross.</summary>
    /// <value>The default is <see langword="false"/>: a flat account enters as soon as both averages are known.</value>
    public bool WaitForCross { get; set; }

    /// <summary>Says what is wrong with the settings, one sentence each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Fast < 1)
        {
            yield return $"{nameof(Fast)} must be 1 or more, found {Fast}.";
        }

        if (Slow <= Fast)
        {
            yield return $"{nameof(Slow)} must be above {nameof(Fast)}, {Fast}, found {Slow}.";
        }
    }
}
