using System.Text.Json;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Endpoints;

/// <summary>Balances and positions.</summary>
internal sealed class AccountEndpoints(FakeVenue venue)
{
    internal void AddTo(EndpointTable table)
    {
        table.Signed("GET", "/fapi/v3/account", 5, (_, json) => Account(json, isOld: false));
        table.Signed("GET", "/fapi/v2/account", 5, (_, json) => Account(json, isOld: true));
        table.Signed("GET", "/fapi/v3/balance", 5, Balance);
        table.Signed("GET", "/fapi/v2/balance", 5, Balance);
        table.Signed("GET", "/fapi/v3/positionRisk", 5, (request, json) => PositionRisk(request, json, isOld: false));
        table.Signed("GET", "/fapi/v2/positionRisk", 5, (request, json) => PositionRisk(request, json, isOld: true));
    }

    private PositionRisk Risk => venue.Exchange.RiskOf(venue.Symbol);

    private decimal MaxWithdraw(PositionRisk risk) => Math.Max(0, Math.Min(
        venue.Exchange.AvailableBalance, venue.Exchange.AvailableBalance - (risk.MarginMode == MarginMode.Cross ? Math.Max(0, risk.UnrealizedProfit) : 0)));

    private static decimal Notional(PositionRisk risk) => risk.Position.Quantity * (risk.MarkPrice ?? 0);

    private static decimal IsolatedMargin(PositionRisk risk) =>
        risk.MarginMode == MarginMode.Isolated && !risk.Position.IsFlat ? risk.IsolatedWallet + risk.UnrealizedProfit : 0;

    private bool IsListed(PositionRisk risk) => !risk.Position.IsFlat || venue.Exchange.OpenOrdersOf(venue.Symbol).Count > 0;

    private long UpdateTime => venue.Journal.Trades.Count == 0 ? venue.StartTime : venue.Journal.Trades[^1].Time;

    private void Account(Utf8JsonWriter json, bool isOld)
    {
        var (exchange, risk) = (venue.Exchange, Risk);
        var initial = risk.InitialMargin + risk.OrderMargin;
        var cross = risk.MarginMode == MarginMode.Cross ? risk.UnrealizedProfit : 0;
        json.WriteStartObject();
        if (isOld)
        {
            json.WriteNumber("feeTier", 0);
            json.WriteBoolean("feeBurn", false);
            json.WriteBoolean("canTrade", true);
            json.WriteBoolean("canDeposit", true);
            json.WriteBoolean("canWithdraw", true);
            json.WriteBoolean("multiAssetsMargin", false);
            json.WriteNumber("tradeGroupId", -1);
            json.WriteNumber("updateTime", 0);
        }

        json.Amount("totalInitialMargin", initial);
        json.Amount("totalMaintMargin", risk.MaintenanceMargin);
        json.Amount("totalWalletBalance", exchange.Balance);
        json.Amount("totalUnrealizedProfit", risk.UnrealizedProfit);
        json.Amount("totalMarginBalance", exchange.Equity);
        json.Amount("totalPositionInitialMargin", risk.InitialMargin);
        json.Amount("totalOpenOrderInitialMargin", risk.OrderMargin);
        json.Amount("totalCrossWalletBalance", exchange.Balance - risk.IsolatedWallet);
        json.Amount("totalCrossUnPnl", cross);
        json.Amount("availableBalance", exchange.AvailableBalance);
        json.Amount("maxWithdrawAmount", MaxWithdraw(risk));
        json.WriteStartArray("assets");
        json.WriteStartObject();
        json.WriteString("asset", venue.Asset);
        json.Amount("walletBalance", exchange.Balance);
        json.Amount("unrealizedProfit", risk.UnrealizedProfit);
        json.Amount("marginBalance", exchange.Equity);
        json.Amount("maintMargin", risk.MaintenanceMargin);
        json.Amount("initialMargin", initial);
        json.Amount("positionInitialMargin", risk.InitialMargin);
        json.Amount("openOrderInitialMargin", risk.OrderMargin);
        json.Amount("crossWalletBalance", exchange.Balance - risk.IsolatedWallet);
        json.Amount("crossUnPnl", cross);
        json.Amount("availableBalance", exchange.AvailableBalance);
        json.Amount("maxWithdrawAmount", MaxWithdraw(risk));
        if (isOld)
        {
            json.WriteBoolean("marginAvailable", true);
        }

        json.WriteNumber("updateTime", UpdateTime);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("positions");
        if (isOld || IsListed(risk))
        {
            AccountPosition(json, risk, isOld);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void AccountPosition(Utf8JsonWriter json, PositionRisk risk, bool isOld)
    {
        json.WriteStartObject();
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteString("positionSide", "BOTH");
        json.WriteString("positionAmt", venue.Format.Quantity(risk.Position.Quantity));
        json.Amount("unrealizedProfit", risk.UnrealizedProfit);
        json.Decimal("isolatedMargin", IsolatedMargin(risk), 0);
        json.Amount("notional", Notional(risk));
        json.Decimal("isolatedWallet", risk.IsolatedWallet, 0);
        json.Amount("initialMargin", risk.InitialMargin + risk.OrderMargin);
        json.Amount("maintMargin", risk.MaintenanceMargin);
        if (isOld)
        {
            json.Amount("positionInitialMargin", risk.InitialMargin);
            json.Amount("openOrderInitialMargin", risk.OrderMargin);
            json.Decimal("leverage", risk.Leverage, 0);
            json.WriteBoolean("isolated", risk.MarginMode == MarginMode.Isolated);
            json.Decimal("entryPrice", risk.Position.EntryPrice, 1);
            json.Decimal("breakEvenPrice", PositionFigures.BreakEven(risk.Position, venue.Exchange.Options.TakerFeeRate), 1);
            json.Decimal("maxNotional", risk.MaxNotional, 0);
            json.WriteString("bidNotional", "0");
            json.WriteString("askNotional", "0");
        }

        json.WriteNumber("updateTime", UpdateTime);
        json.WriteEndObject();
    }

    private void Balance(ApiRequest request, Utf8JsonWriter json)
    {
        var (exchange, risk) = (venue.Exchange, Risk);
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("accountAlias", "FakeFake");
        json.WriteString("asset", venue.Asset);
        json.Amount("balance", exchange.Balance);
        json.Amount("crossWalletBalance", exchange.Balance - risk.IsolatedWallet);
        json.Amount("crossUnPnl", risk.MarginMode == MarginMode.Cross ? risk.UnrealizedProfit : 0);
        json.Amount("availableBalance", exchange.AvailableBalance);
        json.Amount("maxWithdrawAmount", MaxWithdraw(risk));
        json.WriteBoolean("marginAvailable", true);
        json.WriteNumber("updateTime", UpdateTime);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void PositionRisk(ApiRequest request, Utf8JsonWriter json, bool isOld)
    {
        if (request.Text("symbol") is not null)
        {
            venue.CheckSymbol(request);
        }

        var risk = Risk;
        json.WriteStartArray();
        if (isOld || IsListed(risk))
        {
            WriteRisk(json, risk, isOld);
        }

        json.WriteEndArray();
    }

    private void WriteRisk(Utf8JsonWriter json, PositionRisk risk, bool isOld)
    {
        json.WriteStartObject();
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteString("positionSide", "BOTH");
        json.WriteString("positionAmt", venue.Format.Quantity(risk.Position.Quantity));
        json.Decimal("entryPrice", risk.Position.EntryPrice, 1);
        json.Decimal("breakEvenPrice", PositionFigures.BreakEven(risk.Position, venue.Exchange.Options.TakerFeeRate), 1);
        json.Amount("markPrice", risk.MarkPrice ?? 0);
        json.Amount("unRealizedProfit", risk.UnrealizedProfit);
        json.Decimal("liquidationPrice", risk.LiquidationPrice ?? 0, 0);
        json.Decimal("notional", Notional(risk), 0);
        if (isOld)
        {
            json.Decimal("leverage", risk.Leverage, 0);
            json.Decimal("maxNotionalValue", risk.MaxNotional, 0);
            json.WriteString("marginType", risk.MarginMode == MarginMode.Isolated ? "isolated" : "cross");
            json.Amount("isolatedMargin", IsolatedMargin(risk));
            json.WriteString("isAutoAddMargin", "false");
        }
        else
        {
            json.WriteString("marginAsset", venue.Asset);
            json.Decimal("isolatedMargin", IsolatedMargin(risk), 0);
            json.Amount("initialMargin", risk.InitialMargin + risk.OrderMargin);
            json.Amount("maintMargin", risk.MaintenanceMargin);
            json.Amount("positionInitialMargin", risk.InitialMargin);
            json.Amount("openOrderInitialMargin", risk.OrderMargin);
            json.WriteNumber("adl", risk.Position.IsFlat ? 0 : 2);
            json.WriteString("bidNotional", "0");
            json.WriteString("askNotional", "0");
        }

        json.Decimal("isolatedWallet", risk.IsolatedWallet, 0);
        json.WriteNumber("updateTime", UpdateTime);
        json.WriteEndObject();
    }
}
