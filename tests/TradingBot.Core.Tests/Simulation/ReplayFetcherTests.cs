using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Simulation;

public sealed class ReplayFetcherTests
{
    private static readonly BarSeries Bars = SampleBars.FromCloses(100, 110, 120, 130);
    private readonly ManualTimeProvider _time = new(SampleBars.Start - TimeSpan.FromHours(1));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(59.99, 0)]
    [InlineData(60, 1)]
    [InlineData(119.99, 1)]
    [InlineData(240, 4)]
    [InlineData(2_400, 4)]
    public async Task FetchBarsAsync_AtAnInstant_ServesWhatHasClosed(double minutes, int expected)
    {
        _time.SetUtcNow(SampleBars.Start.AddMinutes(minutes));

        (await Fetch(new BarRequest { Symbol = Bars.Symbol, Interval = Bars.Interval, GapPolicy = GapPolicy.Reject })).Should().Equal(Bars.Take(expected));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(59, 100)]
    [InlineData(60, 100)]
    [InlineData(120, 110)]
    [InlineData(239, 120)]
    [InlineData(240, 130)]
    [InlineData(9_999, 130)]
    public async Task FetchPriceAsync_AtAnInstant_IsTheOpenOfTheRunningBarOrTheLastClose(int minutes, int expected)
    {
        _time.SetUtcNow(SampleBars.Start.AddMinutes(minutes));

        (await Create(Bars).FetchPriceAsync(Bars.Symbol)).Should().Be(new MarketPrice(_time.GetUtcNow(), expected, expected));
    }

    [Fact]
    public async Task FetchPriceAsync_BeforeTheFirstBar_IsRefused()
    {
        var read = () => Create(Bars).FetchPriceAsync(Bars.Symbol);

        await read.Should().ThrowAsync<ExchangeException>().WithMessage("There is no price of BTCUSDT at 2023-12-31 23:00:00Z yet*");
    }

    [Fact]
    public async Task FetchBarsAsync_OtherInterval_IsRefused()
    {
        var read = () => Fetch(new BarRequest { Symbol = Bars.Symbol, Interval = Interval.OneDay, GapPolicy = GapPolicy.Reject });

        await read.Should().ThrowAsync<ExchangeException>().WithMessage("Bars of 1h are replayed, asked for were bars of 1d.");
    }

    [Fact]
    public async Task FetchBarsAsync_GapInside_FollowsThePolicyOfTheRequest()
    {
        var holed = BarSeries.Create(Bars.Symbol, Bars.Interval, GapPolicy.Flag, Bars.Where((_, i) => i != 1));
        _time.SetUtcNow(SampleBars.Start.AddDays(1));
        Task<BarSeries> Get(GapPolicy policy) => Create(holed).FetchBarsAsync(new BarRequest { Symbol = Bars.Symbol, Interval = Bars.Interval, GapPolicy = policy });

        (await Get(GapPolicy.Flag)).Should().HaveCount(3);
        (await Get(GapPolicy.Fill)).Closes.ToArray().Should().Equal(100, 100, 120, 130);
        var reject = () => Get(GapPolicy.Reject);
        await reject.Should().ThrowAsync<BarDataException>().WithMessage("1 bar(s) missing from 2024-01-01 01:00:00Z; the gap policy is Reject");
    }

    [Fact]
    public async Task FetchPriceAsync_InAGap_IsTheLastClose()
    {
        var holed = BarSeries.Create(Bars.Symbol, Bars.Interval, GapPolicy.Flag, Bars.Where((_, i) => i != 1));
        _time.SetUtcNow(SampleBars.Start.AddMinutes(90));

        (await Create(holed).FetchPriceAsync(Bars.Symbol)).Last.Should().Be(100);
    }

    [Fact]
    public void Create_RulesOfAnotherSymbol_IsRefused()
    {
        var create = () => new ReplayFetcher(Bars, SampleSymbols.For(Symbol.Parse("ETHUSDT")), _time);

        create.Should().Throw<ArgumentException>().WithMessage("Expected the rules of BTCUSDT, as the bars are of it, found those of ETHUSDT.*");
    }

    private Task<BarSeries> Fetch(BarRequest request) => Create(Bars).FetchBarsAsync(request);

    private ReplayFetcher Create(BarSeries bars) => new(bars, SampleSymbols.BtcUsdt, _time);
}
