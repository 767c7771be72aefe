using System.Net;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Tests;

public sealed class AccountTests
{
    [Fact]
    public async Task Account_HoldingCross_AddsUpAsTheExchangeDoes()
    {
        await using var rig = await Rig.StartAsync();
        await rig.BuyAsync("0.1");
        rig.Server.AdvanceBar();
        var (exchange, risk) = (rig.Server.Exchange, rig.Server.Exchange.RiskOf(rig.Server.Bars.Symbol));
        foreach (var version in new[] { "v3", "v2" })
        {
            var account = (await rig.SignedAsync("GET", $"/fapi/{version}/account")).ShouldBeOk();
            account.Decimal("totalWalletBalance").Should().Be(exchange.Balance).And.Be(10_000 - 3.05061m);
            account.Decimal("totalUnrealizedProfit").Should().Be(0.1m * (61_100 - 61_012.2m));
            account.Decimal("totalMarginBalance").Should().Be(exchange.Equity);
            account.Decimal("availableBalance").Should().Be(exchange.AvailableBalance);
            account.Decimal("totalInitialMargin").Should().Be(risk.InitialMargin).And.Be(6_110m / 20);
            account.Decimal("totalMaintMargin").Should().Be(risk.MaintenanceMargin);
            account.Decimal("totalCrossWalletBalance").Should().Be(exchange.Balance);
            var position = account.Json.GetProperty("positions").EnumerateArray().Should().ContainSingle().Subject;
            position.GetProperty("positionAmt").GetString().Should().Be("0.100");
            position.TryGetProperty("leverage", out _).Should().Be(version == "v2");
            var balance = (await rig.SignedAsync("GET", $"/fapi/{version}/balance")).ShouldBeOk().Json[0];
            balance.GetProperty("balance").GetString().Should().Be("9996.94939000");
        }
    }

    [Fact]
    public async Task PositionRisk_ShortIsolated_HasSignsAndMarginOfThePosition()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.SignedAsync("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED")).ShouldBeOk().Code.Should().Be(200);
        (await rig.OrderAsync("side=SELL&type=MARKET&quantity=0.1")).ShouldBeOk();
        var risk = rig.Server.Exchange.RiskOf(rig.Server.Bars.Symbol);
        var row = (await rig.SignedAsync("GET", "/fapi/v3/positionRisk", "symbol=BTCUSDT")).ShouldBeOk().Json[0];
        row.GetProperty("positionAmt").GetString().Should().Be("-0.100");
        row.GetProperty("notional").GetString().Should().Be("-6100");
        row.GetProperty("entryPrice").GetString().Should().Be("60987.8");
        row.GetProperty("unRealizedProfit").GetString().Should().Be("-1.22000000");
        decimal.Parse(row.GetProperty("isolatedWallet").GetString()!, System.Globalization.CultureInfo.InvariantCulture).Should().Be(risk.IsolatedWallet);
        var old = (await rig.SignedAsync("GET", "/fapi/v2/positionRisk")).ShouldBeOk().Json[0];
        old.GetProperty("marginType").GetString().Should().Be("isolated");
        old.GetProperty("leverage").GetString().Should().Be("20");
        old.GetProperty("isAutoAddMargin").GetString().Should().Be("false");
    }

    [Fact]
    public async Task Positions_Flat_AreListedByTheOldVersionsOnly()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.SignedAsync("GET", "/fapi/v3/positionRisk")).ShouldBeOk().Json.GetArrayLength().Should().Be(0);
        (await rig.SignedAsync("GET", "/fapi/v2/positionRisk")).ShouldBeOk().Json.GetArrayLength().Should().Be(1);
        (await rig.SignedAsync("GET", "/fapi/v3/account")).ShouldBeOk().Json.GetProperty("positions").GetArrayLength().Should().Be(0);
        (await rig.SignedAsync("GET", "/fapi/v2/account")).ShouldBeOk().Json.GetProperty("positions").GetArrayLength().Should().Be(1);
        (await rig.SignedAsync("GET", "/fapi/v3/positionRisk", "symbol=ETHUSDT")).ShouldBeError(-1121);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task KeyRestrictions_AreThoseOfTheOptions(bool mayWithdraw)
    {
        await using var rig = await Rig.StartAsync(time => new FakeBinanceOptions
        {
            Bars = Rig.Bars(),
            ClosedBars = Rig.Closed,
            ApiKey = Rig.Key,
            ApiSecret = Rig.Secret,
            TimeProvider = time,
            KeyMayWithdraw = mayWithdraw,
        });
        var restrictions = (await rig.SignedAsync("GET", "/sapi/v1/account/apiRestrictions")).ShouldBeOk().Json;
        restrictions.GetProperty("enableWithdrawals").GetBoolean().Should().Be(mayWithdraw);
        restrictions.GetProperty("ipRestrict").GetBoolean().Should().Be(mayWithdraw);
        restrictions.GetProperty("enableFutures").GetBoolean().Should().BeTrue();
        (await rig.GetAsync("/sapi/v1/account/apiRestrictions")).ShouldBeError(-2014, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Settings_Changed_AreReadBack()
    {
        await using var rig = await Rig.StartAsync();
        var reply = (await rig.SignedAsync("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=5")).ShouldBeOk();
        reply.Json.GetProperty("leverage").GetInt32().Should().Be(5);
        reply.Decimal("maxNotionalValue").Should().Be(MarginTiers.Typical.MaxNotional(5));
        (await rig.SignedAsync("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED")).ShouldBeOk();
        var config = (await rig.SignedAsync("GET", "/fapi/v1/symbolConfig", "symbol=BTCUSDT")).ShouldBeOk().Json[0];
        config.GetProperty("leverage").GetInt32().Should().Be(5);
        config.GetProperty("marginType").GetString().Should().Be("ISOLATED");
        rig.Server.Exchange.RiskOf(rig.Server.Bars.Symbol).MarginMode.Should().Be(MarginMode.Isolated);
        (await rig.SignedAsync("GET", "/fapi/v1/accountConfig")).ShouldBeOk().Json.GetProperty("dualSidePosition").GetBoolean().Should().BeFalse();
        (await rig.SignedAsync("GET", "/fapi/v1/positionSide/dual")).ShouldBeOk().Json.GetProperty("dualSidePosition").GetBoolean().Should().BeFalse();
        (await rig.SignedAsync("GET", "/fapi/v1/multiAssetsMargin")).ShouldBeOk().Json.GetProperty("multiAssetsMargin").GetBoolean().Should().BeFalse();
        (await rig.SignedAsync("GET", "/fapi/v1/feeBurn")).ShouldBeOk().Json.GetProperty("feeBurn").GetBoolean().Should().BeFalse();
    }

    [Theory]
    [InlineData("leverage", "symbol=BTCUSDT&leverage=0", -4028)]
    [InlineData("leverage", "symbol=BTCUSDT&leverage=126", -4028)]
    [InlineData("leverage", "symbol=BTCUSDT", -1102)]
    [InlineData("leverage", "symbol=BTCUSDT&leverage=x", -1102)]
    [InlineData("marginType", "symbol=BTCUSDT&marginType=CROSSED", -4046)]
    [InlineData("marginType", "symbol=BTCUSDT&marginType=cross", -1130)]
    [InlineData("positionSide/dual", "dualSidePosition=false", -4059)]
    [InlineData("positionSide/dual", "dualSidePosition=true", -1020)]
    [InlineData("positionSide/dual", "", -1102)]
    [InlineData("multiAssetsMargin", "multiAssetsMargin=true", -1020)]
    [InlineData("multiAssetsMargin", "multiAssetsMargin=false", -4171)]
    [InlineData("positionMargin", "symbol=BTCUSDT&amount=1&type=1", -1020)]
    public async Task Settings_BadOrUnsupported_AreRefused(string path, string parameters, int code)
    {
        await using var rig = await Rig.StartAsync();
        (await rig.SignedAsync("POST", "/fapi/v1/" + path, parameters)).ShouldBeError(code);
    }

    [Fact]
    public async Task Settings_PositionOrOrderInTheWay_AreRefused()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=60000")).ShouldBeOk();
        (await rig.SignedAsync("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED")).ShouldBeError(-4047);
        (await rig.SignedAsync("DELETE", "/fapi/v1/allOpenOrders", "symbol=BTCUSDT")).ShouldBeOk();
        (await rig.SignedAsync("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED")).ShouldBeOk();
        await rig.BuyAsync("2");
        (await rig.SignedAsync("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=CROSSED")).ShouldBeError(-4048);
        (await rig.SignedAsync("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=5")).ShouldBeError(-4161);
        (await rig.SignedAsync("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=125")).ShouldBeError(-2027);
    }

    [Fact]
    public async Task Leverage_TooLowForThePosition_IsRefused()
    {
        await using var rig = await Rig.StartAsync();
        await rig.BuyAsync("2");
        (await rig.SignedAsync("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=1")).ShouldBeError(-2028);
    }

    [Fact]
    public async Task Tables_BracketsAndFees_AreThoseOfTheExchange()
    {
        await using var rig = await Rig.StartAsync();
        var brackets = (await rig.SignedAsync("GET", "/fapi/v1/leverageBracket", "symbol=BTCUSDT")).ShouldBeOk().Json[0].GetProperty("brackets");
        brackets.GetArrayLength().Should().Be(MarginTiers.Typical.Tiers.Count);
        brackets[1].GetProperty("cum").GetDecimal().Should().Be(100);
        brackets[1].GetProperty("maintMarginRatio").GetDecimal().Should().Be(0.005m);
        var fees = (await rig.SignedAsync("GET", "/fapi/v1/commissionRate", "symbol=BTCUSDT")).ShouldBeOk();
        fees.Text("makerCommissionRate").Should().Be("0.000200");
        fees.Text("takerCommissionRate").Should().Be("0.000500");
        (await rig.SignedAsync("GET", "/fapi/v1/rateLimit/order")).ShouldBeOk().Json.GetArrayLength().Should().Be(2);
    }

    [Fact]
    public async Task History_RoundTripOverFunding_HasTradesAndIncome()
    {
        await using var rig = await Rig.StartAsync();
        await rig.BuyAsync();
        rig.Server.AdvanceBars(7);
        (await rig.OrderAsync("side=SELL&type=MARKET&quantity=0.02&reduceOnly=true&newClientOrderId=exit")).ShouldBeOk();
        var fills = rig.Server.Exchange.Fills;
        var trades = (await rig.SignedAsync("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT")).ShouldBeOk().Json;
        trades.GetArrayLength().Should().Be(2);
        trades[1].GetProperty("price").GetString().Should().Be("61687.60");
        trades[1].GetProperty("realizedPnl").GetString().Should().Be("13.508");
        trades[1].GetProperty("commission").GetString().Should().Be("0.61687600");
        trades[1].GetProperty("time").GetInt64().Should().Be(fills[1].Time.ToUnixTimeMilliseconds());
        var incomes = (await rig.SignedAsync("GET", "/fapi/v1/income")).ShouldBeOk().Json.EnumerateArray().ToArray();
        incomes.Select(income => income.GetProperty("incomeType").GetString()).Should().Equal("COMMISSION", "FUNDING_FEE", "REALIZED_PNL", "COMMISSION");
        incomes.Sum(income => decimal.Parse(income.GetProperty("income").GetString()!, System.Globalization.CultureInfo.InvariantCulture))
            .Should().Be(rig.Server.Exchange.Balance - 10_000);
        incomes[3].GetProperty("tradeId").GetString().Should().Be(trades[1].GetProperty("id").ToString());
        incomes[1].GetProperty("tradeId").GetString().Should().BeEmpty();
        (await rig.SignedAsync("GET", "/fapi/v1/income", "incomeType=FUNDING_FEE")).Json.GetArrayLength().Should().Be(1);
        (await rig.SignedAsync("GET", "/fapi/v1/userTrades", $"symbol=BTCUSDT&fromId={trades[1].GetProperty("id")}")).Json.GetArrayLength().Should().Be(1);
        (await rig.SignedAsync("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT&limit=1")).Json[0].GetProperty("id").ToString().Should().Be(trades[0].GetProperty("id").ToString(), "trades give the oldest");
        (await rig.SignedAsync("GET", "/fapi/v1/allOrders", "symbol=BTCUSDT&limit=1")).Json[0].GetProperty("clientOrderId").GetString().Should().Be("exit", "orders give the newest");
        (await rig.SignedAsync("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT&fromId=1&startTime=1")).ShouldBeError(-1128);
        (await rig.SignedAsync("GET", "/fapi/v1/allOrders", "symbol=BTCUSDT&startTime=1&endTime=604800002")).ShouldBeError(-4165);
        (await rig.SignedAsync("GET", "/fapi/v1/allOrders", "symbol=BTCUSDT&startTime=2&endTime=1")).ShouldBeError(-1128);
    }

    [Fact]
    public async Task Liquidation_BarsFall_IsListedAsAForcedOrder()
    {
        await using var rig = await Rig.StartAsync(time => Rig.Options(time, Rig.Bars(step: -200)));
        (await rig.SignedAsync("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=100")).ShouldBeOk();
        (await rig.SignedAsync("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED")).ShouldBeOk();
        (await rig.BuyAsync("0.1")).ShouldBeOk();
        rig.Server.AdvanceBars(5);
        var fill = rig.Server.Exchange.Fills[^1];
        fill.IsLiquidation.Should().BeTrue();
        var forced = (await rig.SignedAsync("GET", "/fapi/v1/forceOrders", "symbol=BTCUSDT&autoCloseType=LIQUIDATION")).ShouldBeOk().Json.EnumerateArray().Should().ContainSingle().Subject;
        forced.GetProperty("clientOrderId").GetString().Should().StartWith("autoclose-");
        forced.GetProperty("avgPrice").GetString().Should().Be(fill.Price.ToString("0.00000", System.Globalization.CultureInfo.InvariantCulture));
        (await rig.SignedAsync("GET", "/fapi/v1/forceOrders", "autoCloseType=ADL")).Json.GetArrayLength().Should().Be(0);
        (await rig.SignedAsync("GET", "/fapi/v1/income", "incomeType=INSURANCE_CLEAR")).Json.GetArrayLength().Should().BeGreaterThan(0);
    }
}
