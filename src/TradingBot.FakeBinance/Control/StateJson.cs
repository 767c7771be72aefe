using System.Text.Json;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;

namespace TradingBot.FakeBinance.Control;

/// <summary>What the server knows, read from the simulated exchange itself.</summary>
internal sealed class StateJson(FakeVenue venue)
{
    internal void Write(Utf8JsonWriter json)
    {
        var (exchange, risk) = (venue.Exchange, venue.Exchange.RiskOf(venue.Symbol));
        json.WriteStartObject();
        json.WriteNumber("time", venue.Now);
        json.WriteNumber("skew", venue.Clock.SkewMilliseconds);
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteString("interval", venue.Feed.Bars.Interval.ToString());
        json.WriteNumber("closedBars", venue.Feed.Running);
        json.WriteNumber("bars", venue.Feed.Bars.Count);
        json.WriteNumber("subscriptions", venue.Hub.Subscriptions);
        json.WriteNumber("price", venue.Feed.Price);
        json.WriteNumber("balance", exchange.Balance);
        json.WriteNumber("available", exchange.AvailableBalance);
        json.WriteNumber("equity", exchange.Equity);
        json.WriteNumber("leverage", risk.Leverage);
        json.WriteString("marginMode", risk.MarginMode.ToString());
        json.WriteStartObject("position");
        json.WriteNumber("quantity", risk.Position.Quantity);
        json.WriteNumber("entryPrice", risk.Position.EntryPrice);
        json.WriteNumber("unrealizedProfit", risk.UnrealizedProfit);
        json.WriteNumber("isolatedWallet", risk.IsolatedWallet);
        json.WriteEndObject();
        WriteOrders(json);
        WriteFills(json);
        json.WriteStartArray("ledger");
        foreach (var entry in exchange.Ledger)
        {
            json.WriteStartObject();
            json.WriteNumber("time", entry.Time.ToUnixTimeMilliseconds());
            json.WriteString("kind", entry.Kind.ToString());
            json.WriteNumber("amount", entry.Amount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteOrders(Utf8JsonWriter json)
    {
        json.WriteStartArray("openOrders");
        foreach (var order in venue.Exchange.OpenOrdersOf(venue.Symbol))
        {
            json.WriteStartObject();
            json.WriteString("clientOrderId", order.ClientOrderId);
            json.WriteString("type", order.Request.Type.ToString());
            json.WriteString("side", order.Request.Side.ToString());
            json.WriteNumber("quantity", order.Request.Quantity);
            json.WriteNumber("price", order.Request.Price ?? order.Request.TriggerPrice ?? 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteFills(Utf8JsonWriter json)
    {
        json.WriteStartArray("fills");
        foreach (var fill in venue.Exchange.Fills)
        {
            json.WriteStartObject();
            json.WriteNumber("tradeId", fill.TradeId);
            json.WriteNumber("time", fill.Time.ToUnixTimeMilliseconds());
            json.WriteString("clientOrderId", fill.ClientOrderId);
            json.WriteString("side", fill.Side.Text());
            json.WriteNumber("quantity", fill.Quantity);
            json.WriteNumber("price", fill.Price);
            json.WriteNumber("fee", fill.Fee);
            json.WriteNumber("realizedProfit", fill.RealizedProfit);
            json.WriteBoolean("isMaker", fill.IsMaker);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
