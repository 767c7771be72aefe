using TradingBot.Core.Tests.Market;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Binance;

/// <summary>Orders for tests.</summary>
internal static class Orders
{
    public static OrderRequest MarketBuy() => new()
    {
        Symbol = TestBars.BtcUsdt,
        Side = Side.Buy,
        Type = OrderType.Market,
        ClientOrderId = "bot-1a2b3c",
        Quantity = 0.02m,
    };

    public static OrderRequest LimitBuy(decimal price) => MarketBuy() with { Type = OrderType.Limit, Price = price };

    public static OrderRequest Stop() => MarketBuy() with
    {
        Side = Side.Sell,
        Type = OrderType.StopMarket,
        ClientOrderId = "bot-sl-7",
        TriggerPrice = 59900m,
        ReduceOnly = true,
    };
}
