using TradingBot.Market;
using TradingBot.Trading;
using static TradingBot.Core.Tests.Trading.CycleBars;

namespace TradingBot.Core.Tests.Trading;

public sealed class RiskStateTests
{
    private static readonly TradeSettings TenPerCentADay = new() { SymbolInfo = Rules, MaxDailyLoss = 0.1m };

    [Fact]
    public void Onto_StoredByAnEarlierBar_IsReplacedButForItsTrippedLimit()
    {
        var stored = OfBar(1) with { Tripped = RiskLimit.Drawdown, TrippedAt = Start, PeakEquity = 5 };

        (OfBar(2) with { PeakEquity = 7 }).Onto(stored).Should().Be(OfBar(2) with { PeakEquity = 7, Tripped = RiskLimit.Drawdown, TrippedAt = Start });
    }

    [Fact]
    public void Onto_StoredByALaterBar_StaysButForANewTrippedLimit()
    {
        var stored = OfBar(2) with { PeakEquity = 7 };

        OfBar(1).Onto(stored).Should().Be(stored);
        (OfBar(1) with { Tripped = RiskLimit.DailyLoss, TrippedAt = Start }).Onto(stored).Should().Be(stored with { Tripped = RiskLimit.DailyLoss, TrippedAt = Start });
    }

    [Fact]
    public void Onto_NothingStored_IsItself() => OfBar(1).Onto(RiskState.Initial).Should().Be(OfBar(1));

    [Fact]
    public void Observe_LossOverMidnight_IsMeasuredFromTheStartOfTheNewDay()
    {
        var state = Observe(TenPerCentADay, Interval.OneHour, (22, 1_000m), (23, 950m), (24, 900m), (25, 856m));

        // 950 at midnight; 856 is a loss of 9.9 per cent since then, though 14.4 per cent since the day before.
        state.IsTripped.Should().BeFalse();
        state.DayStartEquity.Should().Be(950m);
        Observe(TenPerCentADay, Interval.OneHour, (22, 1_000m), (23, 950m), (24, 855m)).Tripped.Should().Be(RiskLimit.DailyLoss);
    }

    [Fact]
    public void Observe_DailyBars_MeasureOneBarsLoss()
    {
        var state = Observe(TenPerCentADay, Interval.OneDay, (0, 1_000m), (24, 901m), (48, 811m));
        state.IsTripped.Should().BeFalse();

        Observe(TenPerCentADay, Interval.OneDay, (0, 1_000m), (24, 900m)).Tripped.Should().Be(RiskLimit.DailyLoss);
    }

    [Fact]
    public void Observe_LimitTripped_SaysWhenAndStays()
    {
        var state = Observe(TenPerCentADay, Interval.OneHour, (1, 1_000m), (2, 899m), (3, 5_000m));

        state.Tripped.Should().Be(RiskLimit.DailyLoss);
        state.TrippedAt.Should().Be(Start.AddHours(3));
    }

    [Fact]
    public void Observe_DrawdownFromThePeak_Trips()
    {
        var settings = new TradeSettings { SymbolInfo = Rules, MaxDrawdown = 0.5m };

        Observe(settings, Interval.OneDay, (0, 1_000m), (24, 3_000m), (48, 1_501m)).IsTripped.Should().BeFalse();
        Observe(settings, Interval.OneDay, (0, 1_000m), (24, 3_000m), (48, 1_500m)).Tripped.Should().Be(RiskLimit.Drawdown);
    }

    [Fact]
    public void Reset_AfterATrip_MeasuresFromTheEquityLastSeen()
    {
        var settings = new TradeSettings { SymbolInfo = Rules, MaxDrawdown = 0.5m };
        var reset = Observe(settings, Interval.OneDay, (0, 1_000m), (24, 400m)).Reset();

        reset.IsTripped.Should().BeFalse();
        reset.TrippedAt.Should().BeNull();
        reset.PeakEquity.Should().Be(400m);
        reset.Observe(390m, Start.AddDays(2), Start.AddDays(3), settings).IsTripped.Should().BeFalse();
    }

    private static RiskState Observe(TradeSettings settings, Interval interval, params (int OpenHour, decimal Equity)[] bars) =>
        bars.Aggregate(RiskState.Initial, (state, bar) =>
        {
            var open = Start.AddHours(bar.OpenHour);
            return state.Observe(bar.Equity, open, open + interval.Length, settings);
        });

    private static RiskState OfBar(int hour) => new() { Intent = new CycleIntent { BarOpenTime = Start.AddHours(hour) } };
}
