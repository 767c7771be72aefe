namespace TradingBot.Strategies;

/// <summary>Settings that cannot pay their own costs, however often the forecast is right.</summary>
public sealed class UnprofitableSettingsException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="breakEven">The reckoning.</param>
    public UnprofitableSettingsException(BreakEvenResult breakEven)
        : base($"{breakEven.Explanation} Raise the threshold, or set AllowThresholdBelowCosts to run all the same.") => BreakEven = breakEven;

    /// <summary>Gets the reckoning.</summary>
    public BreakEvenResult BreakEven { get; }
}
