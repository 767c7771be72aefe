using System.Text.Json;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;

namespace TradingBot.FakeBinance.Endpoints;

/// <summary>Orders as the exchange answers them.</summary>
internal sealed class OrderJson(FakeVenue venue)
{
    /// <summary>Writes the answer to an order that was sent, changed or canceled: without the fill price, since 2026-06-30.</summary>
    /// <param name="json">What to write to.</param>
    /// <param name="order">The order.</param>
    /// <param name="isAcknowledged">Whether only the arrival is told, not what came of it.</param>
    /// <param name="changeId">The number of the change, for a changed order.</param>
    internal void WriteSent(Utf8JsonWriter json, OrderRecord order, bool isAcknowledged = false, long? changeId = null)
    {
        json.WriteStartObject();
        WriteFields(json, order, isAcknowledged);
        json.WriteString("cumQty", venue.Format.Quantity(isAcknowledged ? 0 : order.Executed));
        if (venue.Options.HasOldOrderAnswers)
        {
            WritePrices(json, order, isAcknowledged);
        }

        if (changeId is { } number)
        {
            json.WriteString("pair", venue.Symbol.Id);
            json.WriteNumber("modifyId", number);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes an order that was looked up.</summary>
    internal void WriteFound(Utf8JsonWriter json, OrderRecord order)
    {
        json.WriteStartObject();
        WriteFields(json, order, isAcknowledged: false);
        WritePrices(json, order, isAcknowledged: false);
        json.WriteNumber("time", order.Time);
        json.WriteEndObject();
    }

    private static void WritePrices(Utf8JsonWriter json, OrderRecord order, bool isAcknowledged)
    {
        json.Decimal("avgPrice", isAcknowledged ? 0 : order.AveragePrice, 5);
        json.Decimal("cumQuote", isAcknowledged ? 0 : order.CumulativeQuote, 5);
    }

    private void WriteFields(Utf8JsonWriter json, OrderRecord order, bool isAcknowledged)
    {
        var format = venue.Format;
        json.WriteNumber("orderId", order.OrderId);
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteString("status", isAcknowledged ? "NEW" : order.Status);
        json.WriteString("clientOrderId", order.ClientOrderId);
        json.WriteString("price", format.Price(order.Price));
        json.WriteString("origQty", format.Quantity(order.Quantity));
        json.WriteString("executedQty", format.Quantity(isAcknowledged ? 0 : order.Executed));
        json.WriteString("timeInForce", order.TimeInForce);
        json.WriteString("type", order.Type);
        json.WriteBoolean("reduceOnly", order.ReduceOnly);
        json.WriteBoolean("closePosition", order.ClosePosition);
        json.WriteString("side", order.Side.Text());
        json.WriteString("positionSide", "BOTH");
        json.WriteString("stopPrice", format.Price(0));
        json.WriteString("workingType", order.WorkingType);
        json.WriteBoolean("priceProtect", false);
        json.WriteString("origType", order.Type);
        json.WriteString("priceMatch", "NONE");
        json.WriteString("selfTradePreventionMode", order.SelfTradePrevention);
        json.WriteNumber("goodTillDate", order.GoodTillDate);
        json.WriteNumber("updateTime", order.UpdateTime);
    }
}
