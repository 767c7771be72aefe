using TradingBot.Binance.Protocol;
using TradingBot.Testing;

namespace TradingBot.Core.Tests.Binance;

public sealed class ExchangeClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _time = new(Noon);

    [Fact]
    public void HasPassed_InstantAheadOfTheMeasurement_MovesTheClockOn()
    {
        var clock = Measured(Noon - TimeSpan.FromMilliseconds(40));

        clock.HasPassed(Noon);
        _time.Advance(TimeSpan.FromSeconds(1));

        clock.GetUtcNow().Should().Be(Noon.AddSeconds(1));
        clock.Offset.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void HasPassed_InstantThatIsPast_ChangesNothing()
    {
        var clock = Measured(Noon);

        clock.HasPassed(Noon.AddSeconds(-1));

        clock.GetUtcNow().Should().Be(Noon);
    }

    [Fact]
    public void HasPassed_NeverMeasured_LeavesTheMeasurementDue()
    {
        var clock = new ExchangeClock(_time);

        clock.HasPassed(Noon.AddHours(1));

        clock.IsStale.Should().BeTrue();
        clock.GetUtcNow().Should().Be(Noon);
    }

    private ExchangeClock Measured(DateTimeOffset exchangeTime)
    {
        var clock = new ExchangeClock(_time);
        clock.Set(exchangeTime, _time.GetTimestamp(), _time.GetTimestamp());
        return clock;
    }
}
