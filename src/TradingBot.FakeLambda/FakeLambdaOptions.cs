namespace TradingBot.FakeLambda;

/// <summary>How a fake Lambda service is set.</summary>
public sealed class FakeLambdaOptions
{
    /// <summary>Gets the largest answer that is accepted, in bytes.</summary>
    /// <value>The default is 6,291,556, as at the service. At least 1.</value>
    public int MaxAnswerBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    = 6_291_556;

    /// <summary>Gets the clock of deadlines and durations.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
