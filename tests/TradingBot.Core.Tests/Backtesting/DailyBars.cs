using TradingBot.Core.Tests.Trading;
using TradingBot.Market;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>Bars by open, low and close; the high is the higher of open and close.</summary>
internal static class DailyBars
{
    public static BarSeries Of(params (double Open, double Low, double Close)[] bars) => Of(Interval.OneDay, bars);

    public static BarSeries Of(Interval interval, params (double Open, double Low, double Close)[] bars) => BarSeries.Create(
        CycleBars.Rules.Symbol,
        interval,
        GapPolicy.Reject,
        bars.Select((bar, i) => new Bar(
            CycleBars.Start + (i * interval.Length), interval.Length, bar.Open, Math.Max(bar.Open, bar.Close), bar.Low, bar.Close, 1)));
}
