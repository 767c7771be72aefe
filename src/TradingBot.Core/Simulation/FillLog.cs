using System.Globalization;
using TradingBot.Market;

namespace TradingBot.Simulation;

/// <summary>Every fill of an account, oldest first.</summary>
internal sealed class FillLog(SimulatedMarket[] markets) : RowLog<FillRow, Fill>
{
    /// <summary>Adds a fill that took, without fee and profit.</summary>
    public ref FillRow Add(long time, int market, long orderId, string clientOrderId, Side side, FastDecimal quantity, FastDecimal price)
    {
        ref var row = ref Add();
        (row.Time, row.Market, row.OrderId, row.Side, row.Quantity, row.Price) = (time, market, orderId, side, quantity, price);
        (row.Fee, row.SlippageCost, row.RealizedProfit, row.IsMaker, row.IsLiquidation) = (0, 0, 0, false, false);
        row.ClientOrderId.Set(clientOrderId);
        return ref row;
    }

    protected override Fill ToItem(int index, in FillRow row) => new()
    {
        TradeId = index + 1,
        Time = DateTimeOffset.FromUnixTimeMilliseconds(row.Time),
        Symbol = markets[row.Market].Symbol,
        ExchangeOrderId = row.OrderId.ToString(CultureInfo.InvariantCulture),
        ClientOrderId = row.ClientOrderId.ToString(),
        Side = row.Side,
        Quantity = row.Quantity,
        Price = row.Price,
        Fee = row.Fee,
        IsMaker = row.IsMaker,
        SlippageCost = row.SlippageCost,
        RealizedProfit = row.RealizedProfit,
        IsLiquidation = row.IsLiquidation,
    };
}
