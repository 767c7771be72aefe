using System.Globalization;
using TradingBot.Journal;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>How requests and answers read in a trace.</summary>
internal static class TraceText
{
    public static string Of(object? value) => value switch
    {
        null => "nothing",
        bool => "done",
        string text => text,
        BarRequest request => $"latest {request.Count}",
        BarSeries bars => bars.Count == 0 ? "no bars" : $"bars to {Bar(bars)} closing at {bars.Closes[^1].ToString(CultureInfo.InvariantCulture)}",
        AccountSnapshot account => $"{account.Position}, open: {(account.OpenOrders.Count == 0 ? "none" : string.Join(", ", account.OpenOrders.Select(Of)))}",
        OrderRequest order => Order(order),
        OrderQuery query => query.ClientOrderId,
        OrderResult result => Result(result),
        RiskState risk => risk.IsTripped ? $"tripped {risk.Tripped}" : "not tripped",
        MarketPrice price => price.Last.ToString(CultureInfo.InvariantCulture),
        SymbolInfo => "rules",
        OrderEntry entry => Result(entry.Order),
        JournalEntry entry => entry.GetType().Name,
        AccountSetup setup => $"{setup.Leverage}x {setup.MarginMode}",
        _ => value.ToString() ?? "",
    };

    private static int Bar(BarSeries bars) => Arena.BarAt(bars.OpenTimeAt(bars.Count - 1));

    private static string Order(OrderRequest order) => string.Create(
        CultureInfo.InvariantCulture,
        $"{order.ClientOrderId}: {order.Side} {order.Quantity} {order.Type}{Price(order)}{(order.ReduceOnly ? " reduce-only" : "")}{(order.ClosePosition ? " close-position" : "")}");

    private static string Price(OrderRequest order) =>
        (order.Price ?? order.TriggerPrice) is { } price ? string.Create(CultureInfo.InvariantCulture, $" at {price}") : "";

    private static string Result(OrderResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.ClientOrderId} {result.Status} {result.FilledQuantity}/{result.Request.Quantity}{(result.AveragePrice is { } price ? string.Create(CultureInfo.InvariantCulture, $" at {price}") : "")}{(result.Message is null ? "" : $" ({result.Message})")}");
}
