using System.Text.Json;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Endpoints;

/// <summary>Leverage, margin mode, position mode, and what the account is set to.</summary>
internal sealed class SettingEndpoints(FakeVenue venue)
{
    private PositionRisk Risk => venue.Exchange.RiskOf(venue.Symbol);

    internal void AddTo(EndpointTable table)
    {
        table.Signed("GET", "/fapi/v1/accountConfig", 5, AccountConfig);
        table.Signed("GET", "/sapi/v1/account/apiRestrictions", 0, KeyRestrictions);
        table.Signed("GET", "/fapi/v1/symbolConfig", 5, SymbolConfig);
        table.Signed("GET", "/fapi/v1/positionSide/dual", 30, static (_, json) => One(json, "dualSidePosition"));
        table.Signed("POST", "/fapi/v1/positionSide/dual", 1, static (request, json) =>
            ChangeMode(json, request, "dualSidePosition", new ApiError(-4059, "No need to change position side.")));
        table.Signed("GET", "/fapi/v1/multiAssetsMargin", 30, static (_, json) => One(json, "multiAssetsMargin"));
        table.Signed("POST", "/fapi/v1/multiAssetsMargin", 1, static (request, json) =>
            ChangeMode(json, request, "multiAssetsMargin", new ApiError(-4171, "No need to change the multi-assets mode.")));
        table.Signed("GET", "/fapi/v1/feeBurn", 30, static (_, json) => One(json, "feeBurn"));
        table.Signed("POST", "/fapi/v1/leverage", 1, SetLeverage);
        table.Signed("POST", "/fapi/v1/marginType", 1, SetMarginType);
        table.Signed("POST", "/fapi/v1/positionMargin", 1, static (_, _) => throw ApiError.NotSupported());
        table.Signed("GET", "/fapi/v1/leverageBracket", 1, Brackets);
        table.Signed("GET", "/fapi/v1/commissionRate", 20, CommissionRate);
    }

    internal static void Done(Utf8JsonWriter json, string message = "success")
    {
        json.WriteStartObject();
        json.WriteNumber("code", 200);
        json.WriteString("msg", message);
        json.WriteEndObject();
    }

    private static void One(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteBoolean(name, false);
        json.WriteEndObject();
    }

    // One-way mode and a single margin asset are all that the simulated exchange knows.
    private static void ChangeMode(Utf8JsonWriter json, ApiRequest request, string name, ApiError already)
    {
        request.Required(name);
        throw request.Flag(name) ? ApiError.NotSupported() : already;
    }

    private static void AccountConfig(ApiRequest request, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("feeTier", 0);
        json.WriteBoolean("canTrade", true);
        json.WriteBoolean("canDeposit", true);
        json.WriteBoolean("canWithdraw", true);
        json.WriteBoolean("dualSidePosition", false);
        json.WriteNumber("updateTime", 0);
        json.WriteBoolean("multiAssetsMargin", false);
        json.WriteNumber("tradeGroupId", -1);
        json.WriteEndObject();
    }

    // Of the spot market, whose limits are its own. The exchange allows withdrawals to keys of fixed addresses alone.
    private void KeyRestrictions(ApiRequest request, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("ipRestrict", venue.Options.KeyMayWithdraw);
        json.WriteNumber("createTime", venue.StartTime);
        json.WriteBoolean("enableReading", true);
        json.WriteBoolean("enableWithdrawals", venue.Options.KeyMayWithdraw);
        json.WriteBoolean("enableInternalTransfer", false);
        json.WriteBoolean("enableMargin", false);
        json.WriteBoolean("enableFutures", true);
        json.WriteBoolean("permitsUniversalTransfer", false);
        json.WriteBoolean("enableVanillaOptions", false);
        json.WriteBoolean("enableSpotAndMarginTrading", false);
        json.WriteBoolean("enablePortfolioMarginTrading", false);
        json.WriteEndObject();
    }

    private void SymbolConfig(ApiRequest request, Utf8JsonWriter json)
    {
        CheckOptionalSymbol(request);
        var risk = Risk;
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteString("marginType", risk.MarginMode == MarginMode.Isolated ? "ISOLATED" : "CROSSED");
        json.WriteBoolean("isAutoAddMargin", false);
        json.WriteNumber("leverage", risk.Leverage);
        json.Decimal("maxNotionalValue", risk.MaxNotional, 0);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void SetLeverage(ApiRequest request, Utf8JsonWriter json)
    {
        venue.CheckSymbol(request);
        request.Required("leverage");
        var (leverage, risk) = (request.Whole("leverage")!.Value, Risk);
        if (leverage < 1 || leverage > venue.Listing.MarginTiers.MaxLeverage)
        {
            throw new ApiError(-4028, $"Leverage {leverage} is not valid");
        }

        if (risk.MarginMode == MarginMode.Isolated && !risk.Position.IsFlat && leverage < risk.Leverage)
        {
            throw new ApiError(-4161, "Leverage reduction is not supported in Isolated Margin Mode with open positions");
        }

        try
        {
            venue.Exchange.SetLeverage(venue.Symbol, (int)leverage);
        }
        catch (ExchangeException) when (leverage > risk.Leverage)
        {
            throw new ApiError(-2027, "Exceeded the maximum allowable position at current leverage.");
        }
        catch (ExchangeException)
        {
            throw new ApiError(-2028, "Leverage is smaller than permitted: insufficient margin balance.");
        }

        venue.Journal.Events.LeverageChanged((int)leverage, venue.Now);
        json.WriteStartObject();
        json.WriteNumber("leverage", leverage);
        json.Decimal("maxNotionalValue", Risk.MaxNotional, 0);
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteEndObject();
    }

    private void SetMarginType(ApiRequest request, Utf8JsonWriter json)
    {
        venue.CheckSymbol(request);
        var mode = request.Required("marginType") switch
        {
            "ISOLATED" => MarginMode.Isolated,
            "CROSSED" => MarginMode.Cross,
            _ => throw ApiError.Malformed("marginType"),
        };
        var risk = Risk;
        if (risk.MarginMode == mode)
        {
            throw new ApiError(-4046, "No need to change margin type.");
        }

        if (!risk.Position.IsFlat)
        {
            throw new ApiError(-4048, "Margin type cannot be changed if there exists position.");
        }

        if (venue.Exchange.OpenOrdersOf(venue.Symbol).Count > 0)
        {
            throw new ApiError(-4047, "Margin type cannot be changed if there exists open orders.");
        }

        venue.Exchange.SetMarginMode(venue.Symbol, mode);
        Done(json);
    }

    private void Brackets(ApiRequest request, Utf8JsonWriter json)
    {
        CheckOptionalSymbol(request);
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteStartArray("brackets");
        var number = 0;
        foreach (var tier in venue.Listing.MarginTiers.Tiers)
        {
            json.WriteStartObject();
            json.WriteNumber("bracket", ++number);
            json.WriteNumber("initialLeverage", tier.MaxLeverage);
            json.WriteNumber("notionalCap", tier.NotionalCap);
            json.WriteNumber("notionalFloor", tier.NotionalFloor);
            json.WriteNumber("maintMarginRatio", tier.MaintenanceRate);
            json.WriteNumber("cum", tier.MaintenanceAmount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void CommissionRate(ApiRequest request, Utf8JsonWriter json)
    {
        venue.CheckSymbol(request);
        json.WriteStartObject();
        json.WriteString("symbol", venue.Symbol.Id);
        json.Decimal("makerCommissionRate", venue.Exchange.Options.MakerFeeRate, 6);
        json.Decimal("takerCommissionRate", venue.Exchange.Options.TakerFeeRate, 6);
        json.Decimal("rpiCommissionRate", venue.Exchange.Options.MakerFeeRate, 6);
        json.WriteEndObject();
    }

    private void CheckOptionalSymbol(ApiRequest request)
    {
        if (request.Text("symbol") is not null)
        {
            venue.CheckSymbol(request);
        }
    }
}
