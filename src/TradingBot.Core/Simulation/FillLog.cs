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

    /// <summary>Begins a fill, to be completed and added with <see cref="RowLog{TRow, TItem}.AddNext"/>.</summary>
    /// <returns>A fill that took, without fee and profit.</returns>
    public ref FillRow Begin(long time, int market, long orderId, in OrderName name, Side side, FastDecimal quantity, FastDecimal price)
    {
        ref var row = ref Next();
        row.Begin(time, market, orderId, side, quantity, price);
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

    /// <summary>Begins a liquidation, whose order the exchange names itself.</summary>
    /// <inheritdoc cref="Begin"/>
    public ref FillRow BeginLiquidation(long time, int market, long orderId, Side side, FastDecimal quantity, FastDecimal price)
    {
        ref var row = ref Next();
        row.Begin(time, market, orderId, side, quantity, price);
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

    private string NameOf(in FillRow row) =>
        row.IsLiquidation ? string.Create(CultureInfo.InvariantCulture, $"autoclose-{row.OrderId}")
        : row.IsNamed ? _namers[row.Market]!.TextOf(row.Name)
        : _texts[(int)row.Name];
}
