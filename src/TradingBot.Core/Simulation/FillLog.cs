using System.Globalization;

namespace TradingBot.Simulation;

/// <summary>Every fill of an account, oldest first.</summary>
internal sealed class FillLog(SimulatedMarket[] markets) : RowLog<FillRow, Fill>
{
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
