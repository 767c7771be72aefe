using System.Text.Json;
using TradingBot.Simulation;
using TradingBot.Tests.Shared;

namespace TradingBot.Conformance;

/// <summary>What ccxt makes of the server's answers, compared with what the server knows.</summary>
public sealed class CcxtTests(CcxtRun run) : IClassFixture<CcxtRun>
{
    [NpmFact]
    public void Ccxt_Version_IsThePinnedOne() => run.Version.Should().Be("4.5.84");

    [NpmFact]
    public void LoadMarkets_OneSymbol_HasTheRulesOfTheExchange()
    {
        var (market, info) = (run.Result("market"), run.Server.Exchange.ListingOf(run.Server.Bars.Symbol).Info);
        run.Result("symbols").EnumerateArray().Select(symbol => symbol.GetString()).Should().Equal("BTC/USDT:USDT");
        Text(market, "id").Should().Be("BTCUSDT");
        market.GetProperty("swap").GetBoolean().Should().BeTrue();
        market.GetProperty("linear").GetBoolean().Should().BeTrue();
        market.GetProperty("active").GetBoolean().Should().BeTrue();
        Number(market, "precision", "price").Should().Be(info.TickSize);
        Number(market, "precision", "amount").Should().Be(info.StepSize);
        Number(market, "limits", "amount", "min").Should().Be(info.MinQuantity);
        Number(market, "limits", "amount", "max").Should().Be(info.MaxQuantity);
        Number(market, "limits", "market", "max").Should().Be(info.MaxMarketQuantity);
        Number(market, "limits", "cost", "min").Should().Be(info.MinNotional);
    }

    [NpmFact]
    public void FetchTime_RunningServer_LiesInTheRunningBar() =>
        Number(run.Result("time")).Should().BeInRange(run.Server.Bars.OpenTimes[55], Number(run.State("time"), "time"));

    [NpmFact]
    public void FetchOHLCV_NoTimes_GivesEveryBarAndTheRunningOne()
    {
        var rows = Rows(run.Result("ohlcv"));
        rows.Should().HaveCount(56);
        for (var i = 0; i < 55; i++)
        {
            rows[i].Should().Equal(RowOf(i), "of bar {0}", i);
        }

        var open = run.Server.Bars.Opens[55];
        rows[55].Should().Equal(run.Server.Bars.OpenTimes[55], open, open, open, open, 0);
    }

    [NpmFact]
    public void FetchOHLCV_Pages_JoinWithoutGapOrOverlap()
    {
        var pages = run.Result("pages").EnumerateArray().Select(Rows).ToArray();
        pages.Should().OnlyContain(page => page.Length <= 7);
        var rows = pages.SelectMany(page => page).ToArray();
        rows.Should().HaveCount(30);
        for (var i = 0; i < rows.Length - 1; i++)
        {
            rows[i].Should().Equal(RowOf(26 + i));
        }

        rows[^1][0].Should().Be(run.Server.Bars.OpenTimes[55]);
    }

    [NpmFact]
    public void FetchOHLCV_LongerInterval_JoinsTheBars()
    {
        var rows = Rows(run.Result("daily"));
        var day = run.Server.Bars.Slice(24, 24);
        rows.Should().HaveCount(2);
        rows[0].Should().Equal(day.OpenTimes[0], day.Opens[0], day.Highs.ToArray().Max(), day.Lows.ToArray().Min(), day.Closes[23], day.Volumes.ToArray().Sum());
        rows[1][..2].Should().Equal(run.Server.Bars.OpenTimes[48], run.Server.Bars.Opens[48]);
        rows[1][4].Should().Be(run.Server.Bars.Opens[55]);
    }

    [NpmFact]
    public void FetchPrices_EveryKind_AreTheLastKnownPrice()
    {
        var price = Number(run.State("ticker"), "price");
        price.Should().Be((decimal)run.Server.Bars.Opens[55]);
        Number(run.Result("ticker"), "last").Should().Be(price);
        Number(run.Result("lastPrices"), "price").Should().Be(price);
        Number(run.Result("fundingRate"), "markPrice").Should().Be(price);
        Number(run.Result("watchMarkPrice"), "markPrice").Should().Be(price);
        foreach (var step in new[] { "bidsAsks", "watchBidsAsks" })
        {
            Number(run.Result(step), "bid").Should().Be(price);
            Number(run.Result(step), "ask").Should().Be(price + 0.1m);
        }

        var (bids, asks) = (Rows(run.Result("orderBook").GetProperty("bids")), Rows(run.Result("orderBook").GetProperty("asks")));
        bids.Should().HaveCount(5);
        bids[0][0].Should().Be((double)price);
        asks.Should().HaveCount(5);
        asks[0][0].Should().Be((double)(price + 0.1m));
    }

    [NpmFact]
    public void FetchTicker_LastDay_IsThatOfTheBars()
    {
        var (ticker, day) = (run.Result("ticker"), run.Server.Bars.Slice(31, 24));
        Number(ticker, "open").Should().Be((decimal)day.Opens[0]);
        Number(ticker, "high").Should().Be((decimal)day.Highs.ToArray().Max());
        Number(ticker, "low").Should().Be((decimal)day.Lows.ToArray().Min());
        Number(ticker, "baseVolume").Should().Be((decimal)day.Volumes.ToArray().Sum());
    }

    [NpmFact]
    public void FetchFundingRate_FixedSchedule_GivesRatesAndTimes()
    {
        var boundary = run.Server.Bars.OpenTimes[56];
        Number(run.Result("fundingRate"), "fundingRate").Should().Be(0.0001m);
        Number(run.Result("fundingRate"), "fundingTimestamp").Should().Be(boundary);
        var history = run.Result("fundingRateHistory").EnumerateArray().ToArray();
        history.Select(row => Number(row, "timestamp")).Should().Equal(boundary - (24 * 3_600_000), boundary - (16 * 3_600_000), boundary - (8 * 3_600_000));
        history.Should().OnlyContain(row => Number(row, "fundingRate") == 0.0001m);
    }

    [NpmTheory]
    [InlineData("balance")]
    [InlineData("balanceHolding")]
    [InlineData("balanceAtEnd")]
    public void FetchBalance_AtEachPoint_IsTheAccountOfTheExchange(string step)
    {
        var (balance, state) = (run.Result(step).GetProperty("USDT"), run.State(step));
        Number(balance, "total").Should().Be(Number(state, "equity"));
        Number(balance, "free").Should().Be(Number(state, "available"));
        Number(balance, "used").Should().Be(
            Number(state, "position", "quantity") * Number(state, "price") / Number(state, "leverage"));
    }

    [NpmFact]
    public void SetLeverageAndMarginMode_NewValues_AreThoseOfTheExchange()
    {
        run.Result("setMarginMode").TryGetProperty("error", out _).Should().BeFalse();
        ErrorOf("setMarginModeAgain").Should().Be("MarginModeAlreadySet");
        Text(run.State("setMarginMode"), "marginMode").Should().Be("Isolated");
        Number(run.State("setLeverage"), "leverage").Should().Be(5);
        Number(run.Result("leverage"), "longLeverage").Should().Be(5);
        Text(run.Result("leverage"), "marginMode").Should().Be("isolated");
        run.Result("positionMode").GetProperty("hedged").GetBoolean().Should().BeFalse();
        run.Result("setPositionMode").GetProperty("message").GetString().Should().Contain("-4059");
        Number(run.Result("tradingFee"), "maker").Should().Be(run.Server.Exchange.Options.MakerFeeRate);
        Number(run.Result("tradingFee"), "taker").Should().Be(run.Server.Exchange.Options.TakerFeeRate);
    }

    [NpmFact]
    public void CreateOrder_Market_FillsAtTheRunningBarsOpenWithSlippage()
    {
        var (sent, found, fill) = (run.Result("marketBuy"), run.Result("marketBuyFetched"), run.Server.Exchange.Fills[0]);
        Text(sent, "status").Should().Be("closed");
        Number(sent, "filled").Should().Be(0.02m);
        sent.TryGetProperty("average", out var average).Should().BeFalse("the answer to a sent order has no fill price since 2026-06-30, found {0}", average);
        var open = (decimal)run.Server.Bars.Opens[55];
        fill.Price.Should().Be(Math.Ceiling((open + Slippage(fill, open)) * 10) / 10);
        Number(found, "average").Should().Be(fill.Price);
        Number(found, "cost").Should().Be(fill.Price * fill.Quantity);
        Text(found, "clientOrderId").Should().Be(fill.ClientOrderId);
        Text(found, "id").Should().Be(Text(sent, "id"));
        Number(found, "timestamp").Should().Be(fill.Time.ToUnixTimeMilliseconds());
    }

    [NpmFact]
    public void FetchPositions_Holding_IsThePositionOfTheExchange()
    {
        run.Result("noPositions").GetArrayLength().Should().Be(0);
        run.Result("positionsAtEnd").GetArrayLength().Should().Be(0);
        var (position, state) = (run.Result("positions").EnumerateArray().Should().ContainSingle().Subject, run.State("positions"));
        Text(position, "side").Should().Be("long");
        Text(position, "marginMode").Should().Be("isolated");
        Number(position, "contracts").Should().Be(Number(state, "position", "quantity"));
        Number(position, "entryPrice").Should().Be(Number(state, "position", "entryPrice"));
        Number(position, "markPrice").Should().Be(Number(state, "price"));
        Number(position, "unrealizedPnl").Should().Be(Number(state, "position", "unrealizedProfit"));
        Number(position, "collateral").Should().Be(Number(state, "position", "isolatedWallet") + Number(state, "position", "unrealizedProfit"));
        Number(position, "notional").Should().Be(Number(state, "position", "quantity") * Number(state, "price"));
        Number(position, "liquidationPrice").Should().BeApproximately(
            MarginTiers.Typical.LiquidationPrice(0.02m, Number(state, "position", "entryPrice"), Number(state, "position", "isolatedWallet"))!.Value, 1e-9m);
    }

    [NpmFact]
    public void CreateOrder_Conditional_IsKeptApartUntilItFires()
    {
        var (stop, target) = (run.Result("stop"), run.Result("target"));
        Number(stop, "triggerPrice").Should().Be(Number(run.State("stop"), "price") - 5_000);
        Text(stop, "status").Should().Be("open");
        Conditional("target").Should().Equal((Text(stop, "clientOrderId"), "StopMarket"), (Text(target, "clientOrderId"), "TakeProfitMarket"));
        Ids("openTriggers").Should().Equal(Text(stop, "id"), Text(target, "id"));
        Number(run.Result("stopFetched"), "triggerPrice").Should().Be(Number(stop, "triggerPrice"));
        ErrorOf("wouldTrigger").Should().Be("OrderImmediatelyFillable");
        Ids("openTriggersAfterCancel").Should().Equal(Text(target, "id"));
        Conditional("openTriggersAfterCancel").Should().Equal((Text(target, "clientOrderId"), "TakeProfitMarket"));
        Text(run.Result("targetFetched"), "status").Should().Be("closed");
    }

    [NpmFact]
    public void CreateOrder_Limit_CanBeChangedAndCanceled()
    {
        var (sent, changed) = (run.Result("limit"), run.Result("editOrderFetched"));
        var price = Number(run.State("limit"), "price");
        Text(sent, "status").Should().Be("open");
        Ids("openOrders").Should().Equal(Text(sent, "id"));
        Number(run.State("openOrders").GetProperty("openOrders")[1], "price").Should().Be(price - 2_000);
        Text(changed, "id").Should().Be(Text(sent, "id"));
        Number(changed, "price").Should().Be(price - 1_500);
        Number(changed, "amount").Should().Be(0.015m);
        Number(run.State("editOrder").GetProperty("openOrders")[1], "price").Should().Be(price - 1_500);
        Text(run.Result("cancelOrder"), "status").Should().Be("canceled");
        run.State("cancelOrder").GetProperty("openOrders").GetArrayLength().Should().Be(1);
        ErrorOf("cancelAgain").Should().Be("OrderNotFound");
        ErrorOf("postOnlyTaking").Should().Be("OrderNotFillable");
    }

    [NpmFact]
    public void CreateOrders_Batch_IsPlacedAndCanceled()
    {
        Ids("createOrders").Should().HaveCount(2).And.OnlyHaveUniqueItems();
        run.State("createOrders").GetProperty("openOrders").EnumerateArray().Skip(1).Select(order => Number(order, "price"))
            .Should().Equal(Number(run.State("limit"), "price") - 1_000, Number(run.State("limit"), "price") - 1_100);
        run.Result("cancelOrders").EnumerateArray().Should().OnlyContain(order => Text(order, "status") == "canceled");
        run.Result("openOrdersAtEnd").GetArrayLength().Should().Be(0);
        run.State("openOrdersAtEnd").GetProperty("openOrders").GetArrayLength().Should().Be(1, "the target is still there");
    }

    [NpmFact]
    public void Refusals_ByCode_BecomeTheirErrorClasses()
    {
        ErrorOf("insufficient").Should().Be("InsufficientFunds");
        ErrorOf("unknownOrder").Should().Be("OrderNotFound");
    }

    [NpmFact]
    public void WatchOHLCV_BarCloses_GivesTheClosedBarAndTheNext()
    {
        var rows = Rows(run.Result("watchOHLCV"));
        var closed = RowOf(55);
        rows.Should().Contain(row => row.SequenceEqual(closed), "bar 55 closed while it was watched");
        var (next, open) = (run.Server.Bars.OpenTimes[56], run.Server.Bars.Opens[56]);
        rows.Should().Contain(row => row[0] == next && row[4] == open);
    }

    [NpmFact]
    public void WatchOrders_TargetFires_GivesTheFilledOrder()
    {
        var target = run.Result("target");
        var filled = run.Result("watchOrders").EnumerateArray().Last(order => Text(order, "status") == "closed" && Text(order, "id") != Text(target, "id"));
        var fill = run.Server.Exchange.Fills[1];
        Text(filled, "clientOrderId").Should().Be(Text(target, "clientOrderId"));
        Number(filled, "average").Should().Be(fill.Price);
        Number(filled, "filled").Should().Be(fill.Quantity);
        var trigger = Number(target, "triggerPrice");
        fill.Price.Should().Be(Math.Floor((trigger - Slippage(fill, trigger)) * 10) / 10);
    }

    [NpmFact]
    public void FetchMyTrades_AtTheEnd_AreTheFillsOfTheExchange()
    {
        var (trades, fills) = (run.Result("myTrades").EnumerateArray().ToArray(), run.Server.Exchange.Fills);
        trades.Should().HaveSameCount(fills);
        for (var i = 0; i < trades.Length; i++)
        {
            Number(trades[i], "price").Should().Be(fills[i].Price);
            Number(trades[i], "amount").Should().Be(fills[i].Quantity);
            Number(trades[i], "fee", "cost").Should().Be(fills[i].Fee);
            Number(trades[i], "timestamp").Should().Be(fills[i].Time.ToUnixTimeMilliseconds());
            Text(trades[i], "side").Should().BeEquivalentTo(fills[i].Side.ToString());
            Text(trades[i], "takerOrMaker").Should().Be(fills[i].IsMaker ? "maker" : "taker");
        }
    }

    [NpmFact]
    public void FetchOrders_AtTheEnd_HasEveryNormalOrder()
    {
        var orders = run.Result("orders").EnumerateArray().ToArray();
        orders.Select(order => Text(order, "status")).Should().Equal("closed", "canceled", "canceled", "canceled", "closed");
        orders.Where(order => Text(order, "status") == "closed").Select(order => Number(order, "average"))
            .Should().Equal(run.Server.Exchange.Fills.Select(fill => fill.Price));
    }

    [NpmFact]
    public void FetchFundingHistory_PositionOverAFundingTime_IsInTheLedger()
    {
        var paid = run.Server.Exchange.Ledger.Single(entry => entry.Kind == LedgerEntryKind.Funding);
        var row = run.Result("fundingHistory").EnumerateArray().Should().ContainSingle().Subject;
        Number(row, "amount").Should().Be(paid.Amount).And.BeNegative();
        Number(row, "timestamp").Should().Be(paid.Time.ToUnixTimeMilliseconds()).And.Be(run.Server.Bars.OpenTimes[56]);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static decimal Number(JsonElement element, params string[] path) =>
        path.Aggregate(element, (inner, name) => inner.GetProperty(name)).GetDecimal();

    private static double[][] Rows(JsonElement rows) => [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Where(cell => cell.ValueKind == JsonValueKind.Number).Select(cell => cell.GetDouble()).ToArray())];

    private decimal Slippage(Fill fill, decimal price) => run.Server.Exchange.Options.Slippage.Distance(price, fill.Quantity, fill.Side);

    private double[] RowOf(int index)
    {
        var bars = run.Server.Bars;
        return [bars.OpenTimes[index], bars.Opens[index], bars.Highs[index], bars.Lows[index], bars.Closes[index], bars.Volumes[index]];
    }

    private string ErrorOf(string step) => Text(run.Result(step), "error");

    private IEnumerable<string> Ids(string step) => run.Result(step).EnumerateArray().Select(order => Text(order, "id"));

    private IEnumerable<(string Id, string Type)> Conditional(string step) =>
        run.State(step).GetProperty("openOrders").EnumerateArray().Select(order => (Text(order, "clientOrderId"), Text(order, "type")));
}
