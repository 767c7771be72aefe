using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Statistics;

namespace TradingBot.Reporting;

/// <summary>How much of a backtest's result is luck, given how long the record is and how many trials it is one of. Sharpe ratios are annualised.</summary>
internal sealed record Luck
{
    /// <summary>The customary bar of a probability.</summary>
    public const double Bar = 0.95;

    private const int MostBarsToResample = 1_000_000;
    private const int MostDraws = 100_000_000;
    private const int MostResamples = 2_000;
    private const int FewestResamples = 100;

    public required int Bars { get; init; }

    public required TimeSpan Span { get; init; }

    public required TrialHistory? Trials { get; init; }

    public double? Sharpe { get; private init; }

    /// <summary>Gets what luck alone gives: 0 for a single trial; <see langword="null"/> when that is not known.</summary>
    public double? LuckSharpe { get; private init; }

    /// <summary>Gets the probability that the true Sharpe ratio lies above 0.</summary>
    public double? Probabilistic { get; private init; }

    /// <summary>Gets the probability that the true Sharpe ratio lies above what luck alone gives.</summary>
    public double? Deflated { get; private init; }

    /// <summary>Gets how long a record like this one would have to be to lie above luck with the customary probability.</summary>
    public TimeSpan? RecordNeeded { get; private init; }

    public BootstrapResult? Bootstrap { get; private init; }

    public static Luck Of(BacktestResult result, TrialHistory? trials)
    {
        var bars = result.Bars;
        var luck = new Luck { Bars = bars.Count, Span = bars.CloseTimeAt(bars.Count - 1) - bars.OpenTimeAt(0), Trials = trials };
        if (EquityReturns.Compute((double)result.Options.InitialBalance, result.Equity.Span) is not { } returns)
        {
            return luck;
        }

        luck = luck with { Bootstrap = Resample(returns) };
        if (ReturnMoments.Of(returns).ToSharpeEstimate() is not { } estimate)
        {
            return luck;
        }

        var annual = Math.Sqrt(bars.Interval.BarsPerYear);
        var benchmark = trials is { Count: > 1 } ? trials.LuckSharpe / annual : 0;
        return luck with
        {
            Sharpe = estimate.Sharpe * annual,
            LuckSharpe = benchmark * annual,
            Probabilistic = estimate.ProbabilityAbove(0),
            Deflated = benchmark is { } above ? estimate.ProbabilityAbove(above) : null,
            RecordNeeded = benchmark is { } from && estimate.MinimumTrackRecordLength(from, Bar) is { } length ? TimeOf(length, bars.Interval) : null,
        };
    }

    private static BootstrapResult? Resample(double[] returns) => returns.Length > MostBarsToResample
        ? null
        : StationaryBootstrap.Compute(returns, new BootstrapOptions { Resamples = Math.Clamp(MostDraws / returns.Length, FewestResamples, MostResamples) });

    private static TimeSpan? TimeOf(double bars, Interval interval) =>
        Math.Ceiling(bars) * interval.Length.Ticks is var ticks && ticks < TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)ticks) : null;
}
