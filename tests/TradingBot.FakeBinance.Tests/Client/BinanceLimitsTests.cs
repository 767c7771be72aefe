using TradingBot.Binance;
using TradingBot.Core.Tests.Binance;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Tests.Client;

/// <summary>The client stays below limits that the server counts, also those that others on the same address use up.</summary>
public sealed class BinanceLimitsTests
{
    private const int WeightLimit = 100;

    [Fact]
    public async Task UsedWeight_OthersOnTheAddressToo_IsWhatTheServerCounts()
    {
        await using var rig = await StartAsync();
        await UseUpAsync(rig, 40);

        await rig.Fetcher.FetchPriceAsync(BinanceRig.Symbol);

        rig.Client.UsedWeight.Should().Be(rig.Server.Venue.Limits.UsedWeight(rig.Server.Time.ToUnixTimeMilliseconds())).And.BeGreaterThan(40);
    }

    [Fact]
    public async Task Reading_NoRoomBelowTheReserve_WaitsForTheNextMinute_AndAnOrderDoesNot()
    {
        await using var rig = await StartAsync();
        var orderer = new BinanceOrderer(rig.Client);
        await orderer.GetAccountAsync(BinanceRig.Symbol);
        await rig.Fetcher.FetchSymbolInfoAsync(BinanceRig.Symbol);
        await UseUpAsync(rig, 89);
        await rig.Client.Market.GetLastPriceAsync(BinanceRig.Symbol);
        rig.Client.UsedWeight.Should().Be(90, "that is nine tenths of the limit");

        var reading = rig.Fetcher.FetchPriceAsync(BinanceRig.Symbol);
        var order = await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));
        var found = await orderer.FindAsync(new OrderQuery(BinanceRig.Symbol, "a"));
        var canceled = await orderer.CancelAsync(new OrderQuery(BinanceRig.Symbol, "a"));

        (order.Status, found!.Status, canceled!.Status).Should().Be((OrderStatus.Filled, OrderStatus.Filled, OrderStatus.Filled));
        reading.IsCompleted.Should().BeFalse();
        rig.Time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(100));
        (await reading).Last.Should().Be(61_000);
        Refusals(rig).Should().Be(0);
    }

    [Fact]
    public async Task Orders_AsManyAsTheLimitAllows_TheNextWaitsForItsWindow()
    {
        await using var rig = await StartAsync(ordersPerTenSeconds: 2);
        var orderer = new BinanceOrderer(rig.Client);
        await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));
        await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "b"));

        var third = orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "c"));
        await ClockDriving.SoonAsync(() => rig.Time.UntilNextTimer == TimeSpan.FromSeconds(10.1));
        rig.Server.Exchange.Fills.Should().HaveCount(2);
        rig.Time.Advance(TimeSpan.FromSeconds(10.1));

        (await third).Status.Should().Be(OrderStatus.Filled);
        rig.Server.Exchange.Fills.Should().HaveCount(3);
    }

    [Fact]
    public async Task Orders_OfOthersOnTheAccount_AreCountedFromTheHeaders()
    {
        await using var rig = await StartAsync(ordersPerTenSeconds: 3);
        var orderer = new BinanceOrderer(rig.Client);
        await rig.Protocol.BuyAsync(id: "theirs-1");
        await rig.Protocol.BuyAsync(id: "theirs-2");
        await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));

        var next = orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "b"));
        await ClockDriving.SoonAsync(() => rig.Time.UntilNextTimer == TimeSpan.FromSeconds(10.1));
        rig.Time.Advance(TimeSpan.FromSeconds(10.1));

        (await next).Status.Should().Be(OrderStatus.Filled);
    }

    [Fact]
    public async Task Funding_LimitPassedByOthers_IsRateLimitedUntilTheServerSays()
    {
        await using var rig = await StartAsync(fundingRequests: 1);
        var from = rig.Server.Time.AddHours(-9);
        (await rig.Client.Market.GetFundingAsync(BinanceRig.Symbol, from)).Should().ContainSingle();

        var read = () => rig.Client.Market.GetFundingAsync(BinanceRig.Symbol, from);

        var error = (await read.Should().ThrowAsync<ExchangeException>()).Which;
        (error.Kind, error.RetryAfter).Should().Be((ExchangeErrorKind.RateLimited, TimeSpan.FromMinutes(5)));
        error.Message.Should().Contain("current limit is 1 requests per 5 minutes");
    }

    private static int Refusals(BinanceRig rig) =>
        Math.Max(0, rig.Server.Venue.Limits.UsedWeight(rig.Server.Time.ToUnixTimeMilliseconds()) - WeightLimit);

    private static Task<BinanceRig> StartAsync(int ordersPerTenSeconds = 300, int fundingRequests = 500) => BinanceRig.StartAsync(
        options => options.RequestTimeout = TimeSpan.FromMinutes(1),
        time => new FakeBinanceOptions
        {
            Bars = Rig.Bars(),
            ClosedBars = Rig.Closed,
            ApiKey = Rig.Key,
            ApiSecret = Rig.Secret,
            TimeProvider = time,
            Exchange = Rig.Exchange(),
            RequestWeightPerMinute = WeightLimit,
            OrdersPerTenSeconds = ordersPerTenSeconds,
            FundingRequestsPerFiveMinutes = fundingRequests,
        });

    // Another program behind the same address.
    private static async Task UseUpAsync(BinanceRig rig, int weight)
    {
        while (rig.Server.Venue.Limits.UsedWeight(rig.Server.Time.ToUnixTimeMilliseconds()) < weight)
        {
            (await rig.Protocol.GetAsync("/fapi/v1/time")).ShouldBeOk();
        }
    }
}
