using FsCheck;
using FsCheck.Fluent;
using NSubstitute;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Simulation;

public sealed class PaperOrdererTests
{
    private static readonly Gen<int> Seeds = Gen.Choose(0, int.MaxValue - 1);

    [Fact]
    public void SubmitAsync_AnyOrdersAtTheCloses_FillsAreThoseOfFeedingTheBars()
    {
        var fills = 0;
        Properties.ForAll(
            Seeds,
            seed =>
            {
                var bars = SampleBars.RandomWalk(50, seed);
                var orders = bars.Select((bar, i) => OrdersAt(new Random(unchecked(seed + i)), bar, i, marketOnly: false).ToArray()).ToArray();
                fills += ShouldTradeAlike(bars, orders, leverage: 20);
            },
            runs: 300);

        fills.Should().BeGreaterThan(5_000);
    }

    [Fact]
    public void SubmitAsync_MarketOrdersAndGaps_FillsAreThoseOfFeedingTheBars() => Properties.ForAll(
        Seeds,
        seed =>
        {
            // Every second bar is left out of the path of prices, so that opens jump away from the closes before them.
            var walk = SampleBars.RandomWalk(100, seed);
            var length = walk.Interval.Length;
            var bars = BarSeries.Create(walk.Symbol, walk.Interval, GapPolicy.Reject, walk.Where((_, i) => i % 2 == 0).Select((bar, i) =>
                new Bar(walk.OpenTimeAt(0) + (i * length), length, bar.Open, bar.High, bar.Low, bar.Close, 1)));
            var orders = bars.Select((bar, i) => OrdersAt(new Random(unchecked(seed + i)), bar, i, marketOnly: true).ToArray()).ToArray();
            ShouldTradeAlike(bars, orders, leverage: 20).Should().BePositive();
        },
        runs: 100);

    [Fact]
    public async Task GetAccountAsync_AfterManyBars_HonoursWhatRested()
    {
        var (orderer, time, bars) = Create(SampleBars.FromCloses(50_000, 50_000, 49_000, 48_000, 52_000));
        await orderer.SubmitAsync(Order("entry", Side.Buy, 0.1m));
        await orderer.SubmitAsync(Order("stop", Side.Sell, 0) with { Type = OrderType.StopMarket, TriggerPrice = 48_500, ClosePosition = true });

        time.SetUtcNow(bars.CloseTimeAt(4));
        var account = await orderer.GetAccountAsync(bars.Symbol);

        account.Position.IsFlat.Should().BeTrue();
        account.OpenOrders.Should().BeEmpty();
        var fills = await orderer.GetFillsAsync();
        fills.Select(fill => (fill.Price, fill.Time)).Should().Equal((50_005m, bars.OpenTimeAt(1)), (48_495.1m, bars.CloseTimeAt(3).AddMilliseconds(-1)));
        (await orderer.GetLedgerAsync()).Sum(entry => entry.Amount).Should().Be(account.Balance - 10_000);
    }

    [Fact]
    public async Task SubmitAsync_PriceDoesNotCome_LeavesNoOrderBehind()
    {
        var bars = SampleBars.Flat(3);
        var fetcher = Substitute.For<IFetcher>();
        fetcher.FetchSymbolInfoAsync(bars.Symbol, default).ReturnsForAnyArgs(SampleSymbols.BtcUsdt);
        fetcher.FetchBarsAsync(null!, default).ReturnsForAnyArgs(bars, bars.Slice(0, 0));
        fetcher.FetchPriceAsync(bars.Symbol, default).ReturnsForAnyArgs<MarketPrice>(_ => throw new ExchangeException(ExchangeErrorKind.Transient, "down"));
        using var orderer = new PaperOrderer(fetcher, new PaperExchangeOptions { Symbol = bars.Symbol, Interval = bars.Interval });

        var submit = () => orderer.SubmitAsync(Order("a", Side.Buy, 0.1m));

        await submit.Should().ThrowAsync<ExchangeException>().WithMessage("down");
        (await orderer.FindAsync(new OrderQuery(bars.Symbol, "a"))).Should().BeNull();
    }

    [Fact]
    public async Task SubmitAsync_PriceNewerThanTheBars_LaterBarsAreStillTraded()
    {
        // The bar of 03:00 has closed when the price is read, but its bar comes with the next call.
        var bars = SampleBars.FromCloses(50_000, 50_000, 50_000, 50_500, 51_000);
        var fetcher = Substitute.For<IFetcher>();
        fetcher.FetchSymbolInfoAsync(bars.Symbol, default).ReturnsForAnyArgs(SampleSymbols.BtcUsdt);
        fetcher.FetchBarsAsync(null!, default).ReturnsForAnyArgs(bars.Slice(2, 1), bars.Slice(3, 2));
        fetcher.FetchPriceAsync(bars.Symbol, default).ReturnsForAnyArgs(new MarketPrice(bars.CloseTimeAt(3).AddSeconds(1), 50_500, 50_500));
        using var orderer = new PaperOrderer(fetcher, new PaperExchangeOptions { Symbol = bars.Symbol, Interval = bars.Interval, Slippage = SlippageModel.None });

        var order = await orderer.SubmitAsync(Order("a", Side.Buy, 0.1m));
        var account = await orderer.GetAccountAsync(bars.Symbol);

        (order.AveragePrice, order.UpdatedAt).Should().Be((50_500, bars.CloseTimeAt(3).AddMilliseconds(-1)));
        account.Position.Should().Be(new Position(0.1m, 50_500));
    }

    [Fact]
    public async Task GetAccountAsync_Always_AsksForTheBarsSinceTheLast()
    {
        var bars = SampleBars.Flat(3);
        var fetcher = Substitute.For<IFetcher>();
        fetcher.FetchSymbolInfoAsync(bars.Symbol, default).ReturnsForAnyArgs(SampleSymbols.BtcUsdt);
        fetcher.FetchBarsAsync(null!, default).ReturnsForAnyArgs(bars.Slice(2, 1), bars.Slice(0, 0));
        using var orderer = new PaperOrderer(fetcher, new PaperExchangeOptions { Symbol = bars.Symbol, Interval = bars.Interval });

        await orderer.GetAccountAsync(bars.Symbol);
        await orderer.GetAccountAsync(bars.Symbol);

        await fetcher.Received(1).FetchSymbolInfoAsync(bars.Symbol, Arg.Any<CancellationToken>());
        await fetcher.Received(1).FetchBarsAsync(Arg.Is<BarRequest>(request => request.Count == 1 && request.From == null), Arg.Any<CancellationToken>());
        await fetcher.Received(1).FetchBarsAsync(Arg.Is<BarRequest>(request => request.Count == null && request.From == bars.CloseTimeAt(2)), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task PrepareAsync_Settings_AreThoseOfTheAccount()
    {
        var (orderer, _, bars) = Create(SampleBars.Flat(3));

        await orderer.PrepareAsync(new AccountSetup(bars.Symbol, 5, MarginMode.Cross));
        await orderer.SubmitAsync(Order("a", Side.Buy, 0.5m));

        (await orderer.GetAccountAsync(bars.Symbol)).AvailableBalance.Should().BeApproximately(5_000, 25, "25,000 at 5 times binds 5,000");
        var tooHigh = () => orderer.PrepareAsync(new AccountSetup(bars.Symbol, 126, MarginMode.Cross));
        await tooHigh.Should().ThrowAsync<ExchangeException>().WithMessage("Leverage 126 is not valid for BTCUSDT: expected 1 to 125.");
    }

    [Fact]
    public async Task GetAccountAsync_OtherSymbol_IsRefused()
    {
        var (orderer, _, _) = Create(SampleBars.Flat(3));

        var read = () => orderer.GetAccountAsync(Rig.Eth);

        await read.Should().ThrowAsync<ExchangeException>().WithMessage("The paper account trades BTCUSDT, not ETHUSDT.");
    }

    [Fact]
    public async Task SubmitAsync_ManyAtOnce_AllTrade()
    {
        var (orderer, _, bars) = Create(SampleBars.Flat(3));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => orderer.SubmitAsync(Order($"o-{i}", Side.Buy, 0.002m)))));

        (await orderer.GetAccountAsync(bars.Symbol)).Position.Quantity.Should().Be(0.04m);
    }

    private static int ShouldTradeAlike(BarSeries bars, OrderRequest[][] orders, int leverage)
    {
        var options = new PaperExchangeOptions { Symbol = bars.Symbol, Interval = bars.Interval, InitialBalance = 1_000_000, Leverage = leverage, Funding = FundingSchedule.Fixed(0.0003m) };
        var direct = new SimulatedExchange(options.ToExchangeOptions(SampleSymbols.BtcUsdt));
        var time = new ManualTimeProvider(bars.CloseTimeAt(0));
        using var paper = new PaperOrderer(new ReplayFetcher(bars, SampleSymbols.BtcUsdt, time), options);
        for (var i = 0; i < bars.Count - 1; i++)
        {
            direct.Advance(bars, i);
            time.SetUtcNow(bars.CloseTimeAt(i));
            foreach (var order in orders[i])
            {
                direct.Submit(order);
                paper.SubmitAsync(order).GetAwaiter().GetResult();
            }
        }

        direct.Advance(bars, bars.Count - 1);
        time.SetUtcNow(bars.CloseTimeAt(bars.Count - 1));
        // The exchange's numbers may differ: an order may be refused at once here that is accepted there and expires at the open.
        var fills = paper.GetFillsAsync().GetAwaiter().GetResult();
        fills.Select(Unnumbered).Zip(direct.Fills.Select(Unnumbered)).FirstOrDefault(pair => pair.First != pair.Second).Should().Be(default((Fill, Fill)));
        fills.Should().HaveCount(direct.Fills.Count);
        paper.GetLedgerAsync().GetAwaiter().GetResult().Should().Equal(direct.Ledger);
        return direct.Fills.Count;
    }

    private static Fill Unnumbered(Fill fill) => fill with
    {
        ExchangeOrderId = "",
        ClientOrderId = fill.IsLiquidation ? "autoclose" : fill.ClientOrderId,
    };

    private static IEnumerable<OrderRequest> OrdersAt(Random random, Bar bar, int index, bool marketOnly)
    {
        for (var n = random.Next(3); n > 0; n--)
        {
            var side = (Side)random.Next(1, 3);
            var order = Order($"{index}-{n}", side, random.Next(1, 500) * 0.002m) with { ReduceOnly = random.Next(4) == 0 };
            var level = decimal.Round((decimal)(bar.Close * (1 + ((random.NextDouble() - 0.5) * 0.02))), 1);
            yield return (marketOnly ? 0 : random.Next(4)) switch
            {
                1 => order with { Type = OrderType.Limit, ReduceOnly = false, Price = level, TimeInForce = (TimeInForce)random.Next(1, 4) },
                2 => order with { Type = OrderType.StopMarket, TriggerPrice = level },
                3 => order with { Type = OrderType.TakeProfitMarket, TriggerPrice = level, Quantity = 0, ReduceOnly = false, ClosePosition = true },
                _ => order,
            };
        }
    }

    private static (PaperOrderer Orderer, ManualTimeProvider Time, BarSeries Bars) Create(BarSeries bars)
    {
        var time = new ManualTimeProvider(bars.CloseTimeAt(0));
        var fetcher = new ReplayFetcher(bars, SampleSymbols.BtcUsdt, time);
        return (new PaperOrderer(fetcher, new PaperExchangeOptions { Symbol = bars.Symbol, Interval = bars.Interval }), time, bars);
    }

    private static OrderRequest Order(string id, Side side, decimal quantity) =>
        new() { Symbol = SampleSymbols.BtcUsdt.Symbol, Side = side, Type = OrderType.Market, ClientOrderId = id, Quantity = quantity };
}
