using System.Text.Json;
using TradingBot.Binance.Protocol;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Binance.Streaming;

/// <summary>Reads the events of the account stream.</summary>
internal static class UserEventReader
{
    internal const string ListenKeyExpired = "listenKeyExpired";

    /// <summary>Gets the kind of an event, or <see langword="null"/> when the text is not one.</summary>
    public static string? KindOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("e"u8))
            {
                return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return null;
    }

    /// <summary>Reads an event; <see langword="null"/> for kinds that say nothing new, and for contracts of other families.</summary>
    /// <exception cref="JsonException">The event is not in the documented form.</exception>
    public static BinanceUserEvent? Read(string? kind, ReadOnlySpan<byte> json) => kind switch
    {
        "ORDER_TRADE_UPDATE" => OrderOf(JsonSerializer.Deserialize(json, BinanceJson.Default.OrderTradeEvent)!),
        "ALGO_UPDATE" => AlgoOf(JsonSerializer.Deserialize(json, BinanceJson.Default.AlgoUpdateEvent)!),
        "ACCOUNT_UPDATE" => AccountOf(JsonSerializer.Deserialize(json, BinanceJson.Default.AccountUpdateEvent)!),
        "MARGIN_CALL" => MarginCallOf(JsonSerializer.Deserialize(json, BinanceJson.Default.MarginCallEvent)!),
        "ACCOUNT_CONFIG_UPDATE" => JsonSerializer.Deserialize(json, BinanceJson.Default.AccountConfigEvent) is { Leverage: { } leverage } change
            ? new BinanceLeverageChange(change.Time, leverage.Symbol, leverage.Leverage)
            : null,
        _ => null,
    };

    private static BinanceOrderUpdate? OrderOf(OrderTradeEvent update)
    {
        var order = update.Order;
        if (!Symbol.TryParse(order.Symbol, out var symbol))
        {
            return null;
        }

        var filled = order.LastQuantity > 0;
        var state = new BinanceOrder
        {
            Symbol = order.Symbol,
            OrderId = order.OrderId,
            ClientOrderId = order.ClientOrderId,
            Side = order.Side,
            Type = order.Type,
            Status = order.Status,
            TimeInForce = order.TimeInForce,
            Price = order.Price,
            OrigQty = order.Quantity,
            ExecutedQty = order.FilledQuantity,
            AvgPrice = order.AveragePrice,
            StopPrice = order.StopPrice,
            ReduceOnly = order.ReduceOnly,
            ClosePosition = order.ClosePosition,
            UpdateTime = update.Time,
        };
        return new BinanceOrderUpdate(update.Time, OrderNames.ResultOf(state, null, symbol))
        {
            ExecutionType = order.ExecutionType,
            TradeId = filled ? order.TradeId : null,
            LastQuantity = order.LastQuantity,
            LastPrice = filled ? order.LastPrice : null,
            Commission = order.Commission,
            CommissionAsset = order.CommissionAsset,
            RealizedProfit = order.RealizedProfit,
            IsMaker = order.IsMaker,
        };
    }

    private static BinanceAlgoOrderUpdate? AlgoOf(AlgoUpdateEvent update)
    {
        var order = update.Order;
        if (!Symbol.TryParse(order.Symbol, out var symbol))
        {
            return null;
        }

        var state = new BinanceAlgoOrder
        {
            AlgoId = order.AlgoId,
            ClientAlgoId = order.ClientAlgoId,
            OrderType = order.Type,
            Symbol = order.Symbol,
            Side = order.Side,
            AlgoStatus = order.AlgoStatus,
            Quantity = order.Quantity,
            TriggerPrice = order.TriggerPrice,
            ClosePosition = order.ClosePosition,
            ReduceOnly = order.ReduceOnly,
            ActualOrderId = order.ActualOrderId,
            ActualPrice = order.ActualPrice,
            ActualQty = order.ActualQuantity,
            UpdateTime = update.Time,
        };
        var result = OrderNames.ResultOf(state, null, symbol);
        if (result.Status == OrderStatus.Unknown)
        {
            result = result with { Message = $"the conditional order is {order.AlgoStatus}; what it became is an order of the same client id" };
        }

        return new BinanceAlgoOrderUpdate(update.Time, result, order.AlgoStatus, string.IsNullOrEmpty(order.Reason) ? null : order.Reason);
    }

    private static BinanceAccountUpdate AccountOf(AccountUpdateEvent update) => new(
        update.Time,
        update.Account.Reason,
        [.. (update.Account.Balances ?? []).Select(balance => new BinanceBalanceChange(balance.Asset, balance.WalletBalance, balance.Change))],
        [.. (update.Account.Positions ?? []).Select(position =>
            new BinancePositionChange(position.Symbol, position.PositionSide, new Position(position.Quantity, position.EntryPrice)))]);

    private static BinanceMarginCall MarginCallOf(MarginCallEvent call) => new(
        call.Time,
        [.. call.Positions.Select(position => new BinanceMarginCallPosition(
            position.Symbol, position.Quantity, position.MarkPrice, position.UnrealizedProfit, position.MaintenanceMargin))]);
}
