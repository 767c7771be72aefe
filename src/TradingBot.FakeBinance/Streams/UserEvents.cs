using System.Text.Json;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;

namespace TradingBot.FakeBinance.Streams;

/// <summary>The events of the user stream.</summary>
internal sealed class UserEvents(FakeVenue venue)
{
    internal void OrderChanged(OrderRecord order, string execution, long time) => Send(
        "ORDER_TRADE_UPDATE", time, json => WriteOrder(json, order, execution, null, time));

    internal void Traded(TradeRecord trade) => Send(
        "ORDER_TRADE_UPDATE",
        trade.Time,
        json => WriteOrder(json, trade.Order, trade.Order.IsLiquidation ? "CALCULATED" : "TRADE", trade, trade.Time));

    internal void AlgoChanged(AlgoRecord algo, long time) => Send("ALGO_UPDATE", time, json =>
    {
        json.WriteStartObject("o");
        json.WriteString("caid", algo.ClientAlgoId);
        json.WriteNumber("aid", algo.AlgoId);
        json.WriteString("at", "CONDITIONAL");
        json.WriteString("o", algo.Type);
        json.WriteString("s", venue.Symbol.Id);
        json.WriteString("S", algo.Side.Text());
        json.WriteString("ps", "BOTH");
        json.WriteString("f", algo.TimeInForce);
        json.WriteString("q", venue.Format.Quantity(algo.Quantity));
        json.WriteString("X", algo.Status);
        json.WriteString("ai", algo.Actual?.OrderId.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");
        json.Decimal("ap", algo.Actual?.AveragePrice ?? 0, 5);
        json.Decimal("aq", algo.Actual?.Executed ?? 0, 5);
        json.WriteString("act", algo.Actual?.Type ?? "0");
        json.WriteString("tp", venue.Format.Price(algo.TriggerPrice));
        json.WriteString("p", venue.Format.Price(0));
        json.WriteString("V", algo.SelfTradePrevention);
        json.WriteString("wt", algo.WorkingType);
        json.WriteString("pm", "NONE");
        json.WriteBoolean("cp", algo.ClosePosition);
        json.WriteBoolean("pP", algo.PriceProtect);
        json.WriteBoolean("R", algo.ReduceOnly);
        json.WriteNumber("tt", algo.TriggerTime);
        json.WriteNumber("gtd", 0);
        json.WriteString("rm", algo.RejectReason);
        json.WriteEndObject();
    });

    internal void AccountChanged(string reason, Observed observed, decimal realized, bool hasPosition, long time) => Send("ACCOUNT_UPDATE", time, json =>
    {
        json.WriteStartObject("a");
        json.WriteString("m", reason);
        json.WriteStartArray("B");
        json.WriteStartObject();
        json.WriteString("a", venue.Asset);
        json.Amount("wb", observed.Balance);
        json.Amount("cw", observed.Balance - observed.IsolatedWallet);
        json.WriteString("bc", "0");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("P");
        if (hasPosition)
        {
            json.WriteStartObject();
            json.WriteString("s", venue.Symbol.Id);
            json.WriteString("pa", venue.Format.Quantity(observed.Position.Quantity));
            json.Decimal("ep", observed.Position.EntryPrice, 1);
            json.Decimal("bep", PositionFigures.BreakEven(observed.Position, venue.Exchange.Options.TakerFeeRate), 1);
            json.Decimal("cr", realized, 0);
            json.Decimal("up", observed.UnrealizedProfit, 0);
            json.WriteString("mt", observed.IsIsolated ? "isolated" : "cross");
            json.Decimal("iw", observed.IsolatedWallet, 0);
            json.WriteString("ps", "BOTH");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    internal void LeverageChanged(int leverage, long time) => Send("ACCOUNT_CONFIG_UPDATE", time, json =>
    {
        json.WriteStartObject("ac");
        json.WriteString("s", venue.Symbol.Id);
        json.WriteNumber("l", leverage);
        json.WriteEndObject();
    });

    private void Send(string name, long time, Action<Utf8JsonWriter> write) => venue.Hub.PublishUser(name, key =>
        StreamMessage.Create(key, StreamGroup.Private, name, json =>
        {
            json.WriteString("e", name);
            json.WriteNumber("E", Math.Max(time, venue.Clock.Shown));
            json.WriteNumber("T", time);
            write(json);
        }));

    private void WriteOrder(Utf8JsonWriter json, OrderRecord order, string execution, TradeRecord? trade, long time)
    {
        json.WriteStartObject("o");
        json.WriteString("s", venue.Symbol.Id);
        json.WriteString("c", order.ClientOrderId);
        json.WriteString("S", order.Side.Text());
        json.WriteString("o", order.Type);
        json.WriteString("f", order.TimeInForce);
        json.WriteString("q", venue.Format.Quantity(order.Quantity));
        json.Decimal("p", order.Price, 0);
        json.Decimal("ap", order.AveragePrice, 0);
        json.WriteString("sp", "0");
        json.WriteString("x", execution);
        json.WriteString("X", order.Status);
        json.WriteNumber("i", order.OrderId);
        json.Decimal("l", trade?.Fill.Quantity ?? 0, 0);
        json.WriteString("z", venue.Format.Quantity(order.Executed));
        json.Decimal("L", trade?.Fill.Price ?? 0, 0);
        if (trade is not null)
        {
            json.WriteString("N", venue.Asset);
            json.Amount("n", trade.Fill.Fee);
        }

        json.WriteNumber("T", time);
        json.WriteNumber("t", trade?.Id ?? 0);
        json.WriteString("b", "0");
        json.WriteString("a", "0");
        json.WriteBoolean("m", trade?.Fill.IsMaker ?? false);
        json.WriteBoolean("R", order.ReduceOnly);
        json.WriteString("wt", order.WorkingType);
        json.WriteString("ot", order.Type);
        json.WriteString("ps", "BOTH");
        json.WriteBoolean("cp", order.ClosePosition);
        json.Decimal("rp", trade?.Fill.RealizedProfit ?? 0, 0);
        json.WriteBoolean("pP", false);
        json.WriteNumber("si", 0);
        json.WriteNumber("ss", 0);
        json.WriteString("V", order.SelfTradePrevention);
        json.WriteString("pm", "NONE");
        json.WriteNumber("gtd", order.GoodTillDate);
        json.WriteString("er", order.Status == "EXPIRED" ? order.TimeInForce == "IOC" ? "2" : "4" : "0");
        json.WriteEndObject();
    }
}
