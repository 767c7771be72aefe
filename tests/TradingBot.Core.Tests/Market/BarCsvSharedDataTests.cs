using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class BarCsvSharedDataTests
{
    [SharedDataFact]
    public void Read_DailyPerpetual_HasEveryBar()
    {
        var series = Read("btcusdt-perp-1d.csv", GapPolicy.Reject);
        series.ToString().Should().Be("BTCUSDT 1d: 800 bars from 2024-01-10 00:00:00Z to 2026-03-20 00:00:00Z");
        series[0].Should().Be(new Bar(series.OpenTimeAt(0), TimeSpan.FromDays(1), 46113.9, 47699.3, 44291.5, 46662.9, 668657.474));
    }

    [SharedDataFact]
    public void Read_FourHourPerpetual_HasEveryBar() =>
        Read("btcusdt-perp-4h.csv", GapPolicy.Reject).ToString().Should().Be("BTCUSDT 4h: 4500 bars from 2024-02-28 20:00:00Z to 2026-03-19 20:00:00Z");

    [SharedDataFact]
    public void Read_HourlySpot_LacksTheBarOfTheExchangesHalt()
    {
        var series = Read("btcusdt-spot-1h.csv", GapPolicy.Flag);
        series.ToString().Should().Be("BTCUSDT 1h: 34349 bars from 2022-01-01 00:00:00Z to 2025-12-02 06:00:00Z");
        series.Gaps.Should().Equal(new Gap(new DateTimeOffset(2023, 3, 24, 13, 0, 0, TimeSpan.Zero), 1, Filled: false));
        Read("btcusdt-spot-1h.csv", GapPolicy.Fill).Count.Should().Be(34350);
        var read = () => Read("btcusdt-spot-1h.csv", GapPolicy.Reject);
        read.Should().Throw<BarDataException>().WithMessage("*btcusdt-spot-1h.csv, line 10743: 1 bar(s) missing from 2023-03-24 13:00:00Z to 2023-03-24 14:00:00Z; the gap policy is Reject");
    }

    [SharedDataFact]
    public void Read_DailyOfThePaper_OpensAtTheMidnightBeforeItsDate()
    {
        var series = Read("paper-bitcoin-1d.csv", GapPolicy.Reject);
        series.ToString().Should().Be("BTCUSDT 1d: 2991 bars from 2013-04-29 00:00:00Z to 2021-07-07 00:00:00Z");
        series[0].Should().Be(new Bar(series.OpenTimeAt(0), TimeSpan.FromDays(1), 134.44400024414062, 147.48800659179688, 134, 144.5399932861328, 0));
    }

    [SharedDataFact]
    public void Read_Funding_IsEveryEightHours()
    {
        var rates = FundingCsv.Read(SharedData.Path("btcusdt-perp-funding.csv"), TestBars.BtcUsdt);
        rates.Should().HaveCount(200);
        rates[0].Should().Be(new FundingRate(new DateTimeOffset(2026, 1, 12, 16, 0, 0, TimeSpan.Zero), 0.0000465m));
        rates.Zip(rates.Skip(1), (earlier, later) => later.Time - earlier.Time).Should().OnlyContain(step => step == TimeSpan.FromHours(8));
    }

    private static BarSeries Read(string file, GapPolicy policy) =>
        BarCsv.Read(SharedData.Path(file), new BarCsvOptions { Symbol = TestBars.BtcUsdt, GapPolicy = policy });
}
