namespace TradingBot.Optimization.Tests;

/// <summary>Notes progress on the spot, unlike <see cref="Progress{T}"/>, which posts it elsewhere.</summary>
internal sealed class ProgressLog(Action<SweepProgress>? onReport = null) : IProgress<SweepProgress>
{
    public List<SweepProgress> Reports { get; } = [];

    public void Report(SweepProgress value)
    {
        Reports.Add(value);
        onReport?.Invoke(value);
    }
}
