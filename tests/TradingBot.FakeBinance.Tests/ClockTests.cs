using TradingBot.Market;

namespace TradingBot.FakeBinance.Tests;

public sealed class ClockTests
{
    [Fact]
    public async Task Manual_TimePasses_FlowsButNotBeyondTheRunningBar()
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.Time.Should().Be(Rig.Start.AddHours(10));
        rig.Time.Advance(TimeSpan.FromMinutes(5));
        rig.Server.Time.Should().Be(Rig.Start.AddHours(10).AddMinutes(5));
        rig.Time.Advance(TimeSpan.FromHours(5));
        rig.Server.Time.Should().Be(Rig.Start.AddHours(11).AddMilliseconds(-1));
        rig.Server.ClosedBars.Should().Be(10);
        rig.Server.AdvanceBar();
        rig.Server.Time.Should().Be(Rig.Start.AddHours(11));
    }

    [Fact]
    public async Task SetTime_LaterTime_ClosesTheBarsUntilThen()
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.SetTime(Rig.Start.AddHours(12).AddMinutes(30));
        rig.Server.ClosedBars.Should().Be(12);
        rig.Server.Time.Should().Be(Rig.Start.AddHours(12).AddMinutes(30));
        rig.Invoking(r => r.Server.SetTime(Rig.Start)).Should().Throw<InvalidOperationException>().WithMessage("*cannot go back*");
    }

    [Fact]
    public async Task AdvanceBar_NoneLeft_ThrowsAndTheLastCloseIsThePrice()
    {
        await using var rig = await Rig.StartAsync(time => Rig.Options(time, Rig.Bars(12)));
        rig.Server.AdvanceBars(2);
        rig.Invoking(r => r.Server.AdvanceBar()).Should().Throw<InvalidOperationException>().WithMessage("All 12 bars are closed*");
        (await rig.GetAsync("/fapi/v2/ticker/price", "symbol=BTCUSDT")).Text("price").Should().Be("61200.00");
        (await rig.GetAsync("/fapi/v1/klines", "symbol=BTCUSDT&interval=1h")).Json.GetArrayLength().Should().Be(12);
        (await rig.BuyAsync()).ShouldBeOk().Text("status").Should().Be("FILLED");
    }

    [Fact]
    public async Task Orders_InsideTheBar_FillAtTheTimeOfTheRequest()
    {
        await using var rig = await Rig.StartAsync();
        rig.Time.Advance(TimeSpan.FromMinutes(7));
        await rig.BuyAsync();
        rig.Server.Exchange.Fills[0].Time.Should().Be(Rig.Start.AddHours(10).AddMinutes(7));
        rig.Server.AdvanceBar();
        rig.Server.Exchange.Time.Should().Be(Rig.Start.AddHours(11));
    }

    [Fact]
    public async Task Real_TimePasses_AdvancesTheMovedBars()
    {
        await using var rig = await Rig.StartAsync(time => new FakeBinanceOptions
        {
            Bars = Rig.Bars(),
            ClosedBars = Rig.Closed,
            ApiKey = Rig.Key,
            ApiSecret = Rig.Secret,
            TimeProvider = time,
            Clock = ClockMode.Real,
        });
        var now = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        rig.Server.Time.Should().Be(now);
        rig.Server.ClosedBars.Should().Be(12, "the bars are moved by whole days, from 10 o'clock of the first on");
        rig.Server.Bars.OpenTimeAt(12).Should().Be(now);
        rig.Server.Bars[12].Open.Should().Be(61_200);
        rig.Time.Advance(TimeSpan.FromMinutes(121));
        (await rig.GetAsync("/fapi/v2/ticker/price", "symbol=BTCUSDT")).Text("price").Should().Be("61400.00");
        rig.Server.ClosedBars.Should().Be(14);
        (await rig.BuyAsync()).ShouldBeOk();
        rig.Server.Exchange.Fills[0].Time.Should().Be(now.AddMinutes(121));
        rig.Invoking(r => r.Server.AdvanceBar()).Should().Throw<InvalidOperationException>();
        rig.Invoking(r => r.Server.SetTime(now.AddDays(1))).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task Start_PortTaken_Fails()
    {
        await using var rig = await Rig.StartAsync();
        await FluentActions.Awaiting(() => FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = Rig.Bars(), Port = rig.Server.RestAddress.Port }))
            .Should().ThrowAsync<IOException>();
        (await rig.GetAsync("/fapi/v1/time")).ShouldBeOk();
    }

    [Fact]
    public async Task Start_OptionsThatDoNotFit_AreRefused()
    {
        static Task Start(FakeBinanceOptions options) => FakeBinanceServer.StartAsync(options);
        await FluentActions.Awaiting(() => Start(new FakeBinanceOptions { Bars = Rig.Bars(1) })).Should().ThrowAsync<ArgumentException>().WithMessage("Expected at least two bars*");
        await FluentActions.Awaiting(() => Start(new FakeBinanceOptions { Bars = Rig.Bars(10), ClosedBars = 10 })).Should().ThrowAsync<ArgumentException>().WithMessage("*from 1 to 9, found 10*");
        var gap = BarSeries.Create(Symbol.Parse("BTCUSDT"), Interval.OneHour, GapPolicy.Flag, [Rig.Bar(0), Rig.Bar(2)]);
        await FluentActions.Awaiting(() => Start(new FakeBinanceOptions { Bars = gap })).Should().ThrowAsync<ArgumentException>().WithMessage("*without unfilled gaps*");
        var other = new Simulation.SimulatedExchangeOptions
        {
            Markets = [new Simulation.MarketListing(new SymbolInfo { Symbol = Symbol.Parse("ETHUSDT"), TickSize = 1, StepSize = 1, MinQuantity = 1, MaxQuantity = 1, MinNotional = 1 })],
        };
        await FluentActions.Awaiting(() => Start(new FakeBinanceOptions { Bars = Rig.Bars(), Exchange = other })).Should().ThrowAsync<ArgumentException>().WithMessage("*list BTCUSDT alone, found ETHUSDT*");
        FluentActions.Invoking(() => new FakeBinanceOptions { Bars = gap, Port = 65_536 }).Should().Throw<ArgumentOutOfRangeException>();
    }
}
