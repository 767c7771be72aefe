using TradingBot.Market;

namespace TradingBot.FakeBinance.Venue;

/// <summary>A normal order as the exchange shows it.</summary>
internal sealed class OrderRecord
{
    private const long DaysUnfilled = 3;
    private const long DaysFilled = 90;

    internal required long OrderId { get; init; }

    internal required string ClientOrderId { get; init; }

    internal required Side Side { get; init; }

    internal required string Type { get; init; }

    internal required string TimeInForce { get; init; }

    internal required decimal Quantity { get; set; }

    internal decimal Price { get; set; }

    internal bool ReduceOnly { get; init; }

    internal bool ClosePosition { get; init; }

    internal long GoodTillDate { get; init; }

    internal string SelfTradePrevention { get; init; } = "EXPIRE_MAKER";

    internal string WorkingType { get; init; } = "CONTRACT_PRICE";

    internal bool IsLiquidation { get; init; }

    /// <summary>Gets or sets the simulated exchange's id of the order.</summary>
    internal string? ExchangeOrderId { get; set; }

    /// <summary>Gets or sets the conditional order that this one came from.</summary>
    internal AlgoRecord? Algo { get; set; }

    internal string Status { get; set; } = "NEW";

    internal decimal Executed { get; set; }

    internal decimal CumulativeQuote { get; set; }

    internal long Time { get; init; }

    internal long UpdateTime { get; set; }

    /// <summary>Gets or sets a value indicating whether the streams have told of the order.</summary>
    internal bool IsAnnounced { get; set; }

    internal bool IsOpen => Status is "NEW" or "PARTIALLY_FILLED";

    internal decimal AveragePrice => Executed == 0 ? 0 : CumulativeQuote / Executed;

    /// <summary>Tells whether look-ups find the order no more.</summary>
    internal bool IsForgotten(long now) => !IsOpen && now - UpdateTime > TimeSpan.MillisecondsPerDay * (Executed == 0 ? DaysUnfilled : DaysFilled);
}
