using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TradingBot.Binance;
using TradingBot.FakeBinance;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange.Tests;

/// <summary>What is read through Binance.Net is what the default client reads.</summary>
public sealed class BinanceNetBarsTests
{
    private static readonly BarRequest Latest = new() { Symbol = AdapterRig.Symbol, Interval = Interval.OneHour, GapPolicy = GapPolicy.Reject };

    [Theory]
    [InlineData(5)]
    [InlineData(1_000)]
    [InlineData(2_300)]
    public async Task FetchBarsAsync_Count_IsWhatTheDefaultClientReads(int count)
    {
        await using var rig = await AdapterRig.StartAsync(server: AdapterRig.Options(count: 2_500, closed: 2_400, interval: Interval.OneHour));

        var bars = await rig.Fetcher.FetchBarsAsync(Latest with { Count = count });

        bars.Should().HaveCount(count);
        bars.Should().Equal(await DefaultFetcher(rig).FetchBarsAsync(Latest with { Count = count }));
    }

    [Fact]
    public async Task FetchBarsAsync_AllThereAre_StartsWithTheFirst()
    {
        await using var rig = await AdapterRig.StartAsync(server: AdapterRig.Options(count: 2_500, closed: 2_400, interval: Interval.OneHour));

        var bars = await rig.Fetcher.FetchBarsAsync(Latest);

        bars.Count.Should().BeGreaterThan(2_000, "it takes three pages");
        bars.Should().Equal(rig.Server.Bars.Take(rig.Server.ClosedBars));
    }

    [Fact]
    public async Task FetchBarsAsync_MoreThanThereAre_ReturnsAllOfThem()
    {
        await using var rig = await AdapterRig.StartAsync();

        (await rig.Fetcher.FetchBarsAsync(Latest with { Interval = Interval.OneDay, Count = 5_000 })).Should().Equal(rig.Server.Bars.Take(20));
    }

    [Fact]
    public async Task FetchBarsAsync_SpanLongerThanAPage_ReturnsThatSpan()
    {
        await using var rig = await AdapterRig.StartAsync(server: AdapterRig.Options(count: 2_500, closed: 2_400, interval: Interval.OneHour));
        var (from, to) = (rig.Server.Bars.OpenTimeAt(100), rig.Server.Bars.OpenTimeAt(1_700));

        (await rig.Fetcher.FetchBarsAsync(Latest with { From = from, To = to })).Should().Equal(rig.Server.Bars.Skip(100).Take(1_600));
        (await rig.Fetcher.FetchBarsAsync(Latest with { From = from, To = to, Count = 7 })).Should().Equal(rig.Server.Bars.Skip(1_693).Take(7));
    }

    [Fact]
    public async Task FetchBarsAsync_ServerHoursBehindThisMachine_KeepsToTheServersClock()
    {
        await using var rig = await AdapterRig.StartAsync(server: AdapterRig.Options(ClockMode.Manual, count: 60, closed: 30, interval: Interval.OneHour));

        // Where this machine's clock does not help, the exchange's time is known to the second.
        rig.Server.SetTime(rig.Server.Time + TimeSpan.FromSeconds(5));
        var first = await rig.Fetcher.FetchBarsAsync(Latest with { Count = 10 });
        rig.Server.AdvanceBar();
        rig.Server.SetTime(rig.Server.Time + TimeSpan.FromSeconds(5));
        var next = await rig.Fetcher.FetchBarsAsync(Latest with { Count = 10 });

        first.Should().Equal(rig.Server.Bars.Skip(20).Take(10));
        next.Should().Equal(rig.Server.Bars.Skip(21).Take(10));
    }

    [Fact]
    public async Task FetchBarsAsync_LatestBarPublishedLate_IsLeftOut()
    {
        await using var rig = await AdapterRig.StartAsync();
        rig.Server.Inject(ServerFault.StaleBars(1) with { Times = 10 });

        (await rig.Fetcher.FetchBarsAsync(Latest with { Interval = Interval.OneDay, From = rig.Server.Bars.OpenTimeAt(10) }))
            .Should().Equal(rig.Server.Bars.Skip(10).Take(9));
    }

    [Fact]
    public async Task FetchBarsAsync_IntervalThatTheFamilyLacks_SaysSo()
    {
        await using var rig = await AdapterRig.StartAsync();

        var e = (await rig.Fetcher.Awaiting(fetcher => fetcher.FetchBarsAsync(Latest with { Interval = Interval.ThreeDays, Count = 1 })).Should().ThrowAsync<ExchangeException>()).Which;

        (e.Kind, e.Message).Should().Be((ExchangeErrorKind.Rejected, "Binance has no bars of 3d in the shared interfaces."));
    }

    [Fact]
    public async Task FetchSymbolInfoAsync_ListedSymbol_DiffersFromTheDefaultClientsOnlyInTheLargestMarketOrder()
    {
        await using var rig = await AdapterRig.StartAsync();

        var info = await rig.Fetcher.FetchSymbolInfoAsync(AdapterRig.Symbol);

        info.Should().BeEquivalentTo(await DefaultFetcher(rig).FetchSymbolInfoAsync(AdapterRig.Symbol) with { MaxMarketQuantity = 1_000 });
    }

    [Fact]
    public async Task FetchPriceAsync_ListedSymbol_IsTheServersPriceNow()
    {
        await using var rig = await AdapterRig.StartAsync();

        var price = await rig.Fetcher.FetchPriceAsync(AdapterRig.Symbol);

        (price.Last, price.Mark).Should().Be((62_000m, 62_000m));
        price.Time.Should().BeCloseTo(rig.Server.Time, TimeSpan.FromSeconds(30));
    }

    private static BinanceFetcher DefaultFetcher(AdapterRig rig) =>
        new(new BinanceClient(Options.Create(AdapterRig.Settings(rig.Server)), rig.Server.TimeProvider, NullLogger<BinanceClient>.Instance));
}
