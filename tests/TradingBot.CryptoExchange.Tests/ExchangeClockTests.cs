using System.Globalization;
using CryptoExchange.Net.Objects;
using TradingBot.Testing;

namespace TradingBot.CryptoExchange.Tests;

public sealed class ExchangeClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    // The answer arrives at 12:00:00.700 of this machine's clock and took 0.2 seconds.
    [Theory]
    [InlineData("12:00:00", "12:00:00.5", "the machine's clock fits the date, so the answer was made at or after it was asked for")]
    [InlineData("12:00:01", "12:00:00.8", "the machine's clock is behind")]
    [InlineData("11:59:59", "11:59:58.8", "the machine's clock is ahead")]
    [InlineData("09:30:00", "09:29:59.8", "the machine's clock is hours ahead")]
    [InlineData(null, "12:00:00.5", "there is no date")]
    public void MadeAt_DateOfTheAnswer_IsTheEarliestInstantItCanHaveBeenMade(string? date, string expected, string because)
    {
        var time = new ManualTimeProvider(Noon + TimeSpan.FromMilliseconds(700));
        var clock = new ExchangeClock(time);

        clock.MadeAt(Answer(date)).Should().Be(At(expected), because);

        clock.Now.Should().Be(At(expected) + TimeSpan.FromMilliseconds(200), "it goes on from there");
        time.Advance(TimeSpan.FromHours(1));
        clock.Now.Should().Be(At(expected) + TimeSpan.FromMilliseconds(200) + TimeSpan.FromHours(1));
    }

    private static HttpResult<string> Answer(string? date)
    {
        using var response = new HttpResponseMessage();
        response.Headers.Date = date is null ? null : At(date);
        return new HttpResult<string>("Binance", "", null) { ResponseHeaders = response.Headers, ResponseTime = TimeSpan.FromMilliseconds(200) };
    }

    private static DateTimeOffset At(string time) => new(Noon.Date + TimeSpan.Parse(time, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
