using System.Globalization;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>Every fill of an account, oldest first.</summary>
internal sealed class FillLog(SimulatedMarket[] markets) : RowLog<FillRow, Fill>
{
    // Whose names the rows of a market hold, and the texts of all other names.
    private readonly ClientOrderIds?[] _namers = new ClientOrderIds?[markets.Length];
    private readonly List<string> _texts = [];

    /// <summary>Adds a fill that took, without fee and profit.</summary>
    public ref FillRow Add(long time, int market, long orderId, in OrderName name, Side side, FastDecimal quantity, FastDecimal price)
    {
        ref var row = ref Add(time, market, orderId, side, quantity, price);
        if (name.TryGetKey(out var ids, out var key) && (_namers[market] ??= ids) == ids)
        {
            (row.Name, row.IsNamed) = (key, true);
        }
        else
        {
            row.Name = _texts.Count;
            _texts.Add(name.ToString());
        }

        return ref row;
    }

    /// <summary>Adds a liquidation, whose order the exchange names itself.</summary>
    public ref FillRow AddLiquidation(long time, int market, long orderId, Side side, FastDecimal quantity, FastDecimal price)
    {
        ref var row = ref Add(time, market, orderId, side, quantity, price);
        row.IsLiquidation = true;
        return ref row;
    }

    protected override Fill ToItem(int index, in FillRow row) => new()
    {
        TradeId = index + 1,
        Time = DateTimeOffset.FromUnixTimeMilliseconds(row.Time),
        Symbol = markets[row.Market].Symbol,
        ExchangeOrderId = row.OrderId.ToString(CultureInfo.InvariantCulture),
        ClientOrderId = NameOf(row),
        Side = row.Side,
        Quantity = row.Quantity,
        Price = row.Price,
        Fee = row.Fee,
        IsMaker = row.IsMaker,
        SlippageCost = row.SlippageCost,
        RealizedProfit = row.RealizedProfit,
        IsLiquidation = row.IsLiquidation,
    };

    private ref FillRow Add(long time, int market, long orderId, Side side, FastDecimal quantity, FastDecimal price)
    {
        ref var row = ref Add();
        row = default;
        (row.Time, row.Market, row.OrderId, row.Side, row.Quantity, row.Price) = (time, market, orderId, side, quantity, price);
        return ref row;
    }

    private string NameOf(in FillRow row) =>
        row.IsLiquidation ? string.Create(CultureInfo.InvariantCulture, $"autoclose-{row.OrderId}")
        : row.IsNamed ? _namers[row.Market]!.TextOf(row.Name)
        : _texts[(int)row.Name];
}
