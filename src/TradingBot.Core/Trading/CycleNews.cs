using System.Globalization;
using TradingBot.Monitoring;

namespace TradingBot.Trading;

/// <summary>What of a cycle is worth a notification.</summary>
internal static class CycleNews
{
    /// <param name="result">The cycle.</param>
    /// <param name="cycle">What it saw.</param>
    /// <param name="before">How the trader fared before, as far as it is known: what goes on for long is told once.</param>
    public static IEnumerable<(NotificationKind Kind, string Text)> Of(CycleResult result, CycleRecord cycle, TraderHealth? before)
    {
        foreach (var order in result.Orders.Where(order => order.Request.Type is OrderType.Market or OrderType.Limit || order.FilledQuantity > 0))
        {
            yield return (order.Request.ReduceOnly || order.Request.ClosePosition ? NotificationKind.Exit : NotificationKind.Entry, Text(order, order.Request.Type == OrderType.StopMarket ? null : result.Decision.Reason));
        }

        if (cycle.Plan.Risk.IsTripped && !cycle.Memory.IsTripped && before?.Tripped != cycle.Plan.Risk.Tripped)
        {
            yield return (NotificationKind.LimitTripped, string.Create(
                CultureInfo.InvariantCulture, $"the limit {cycle.Plan.Risk.Tripped} has tripped at an equity of {cycle.Plan.Risk.LastEquity}; trading has stopped"));
        }

        if (result is { Outcome: CycleOutcome.Denied, Reason: { } reason })
        {
            yield return (NotificationKind.Denied, reason);
        }
    }

    private static string Text(OrderResult order, string? reason) => string.Create(
        CultureInfo.InvariantCulture,
        $"{order.Request.Side} {order.Request.Quantity} {order.Request.Type}: {order.Status}, filled {order.FilledQuantity} at {order.AveragePrice?.ToString(CultureInfo.InvariantCulture) ?? "-"}{(reason is null ? "" : $" ({reason})")}");
}
