using TradingBot.Optimization.Parameters;

namespace TradingBot.Optimization;

/// <summary>One step of a walk-forward test.</summary>
public sealed record WalkForwardWindow
{
    /// <summary>Gets the UTC open time of the first bar in which the parameters were chosen.</summary>
    public required DateTimeOffset FitFrom { get; init; }

    /// <summary>Gets the UTC close time of the last bar in which the parameters were chosen.</summary>
    public required DateTimeOffset FitTo { get; init; }

    /// <summary>Gets the UTC open time of the first bar that was traded.</summary>
    public required DateTimeOffset TradeFrom { get; init; }

    /// <summary>Gets the UTC close time of the last bar that was traded.</summary>
    public required DateTimeOffset TradeTo { get; init; }

    /// <summary>Gets the parameters that were best in the fit window, or <see langword="null"/> when none could be judged and nothing was traded.</summary>
    public required ParameterSet? Parameters { get; init; }

    /// <summary>Gets the annualised Sharpe ratio of these parameters in the fit window, or <see langword="null"/> when it cannot be computed.</summary>
    public required double? FitSharpe { get; init; }

    /// <summary>Gets the annualised Sharpe ratio in the trade window, or <see langword="null"/> when it cannot be computed.</summary>
    public required double? TradeSharpe { get; init; }

    /// <summary>Gets the return in the trade window: 0.1 is ten per cent.</summary>
    public required double TradeReturn { get; init; }
}
