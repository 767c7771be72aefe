
namespace TradingBot.Trading;

/// <summary>What is known of an order. Prices are in the quote asset, quantities in the base asset.</summary>
public sealed record OrderResult
{
    /// <summary>Gets the order as it was asked for.</summary>
    public required OrderRequest Request { get; init; }

    /// <summary>Gets where the order stands.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Gets the owner's id of the order.</summary>
    public string ClientOrderId => Request.ClientOrderId;

    /// <summary>Gets the exchange's id of the order, or <see langword="null"/> if it gave none.</summary>
    public string? ExchangeOrderId { get; init; }

    /// <summary>Gets the filled quantity so far.</summary>
    public decimal FilledQuantity { get; init; }

    /// <summary>Gets the average price of the fills, or <see langword="null"/> while there are none or the exchange has not said.</summary>
    public decimal? AveragePrice { get; init; }

    /// <summary>Gets why the order was denied or rejected, or <see langword="null"/>.</summary>
    public RejectReason? RejectReason { get; init; }

    /// <summary>Gets what there is to say about the status, for people; <see langword="null"/> when nothing.</summary>
    public string? Message { get; init; }

    /// <summary>Gets the exchange's time of the last change, in UTC, or <see langword="null"/> if it is not known.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Gets a value indicating whether the order can still fill.</summary>
    public bool IsOpen => Status is OrderStatus.New or OrderStatus.PartiallyFilled;
}
