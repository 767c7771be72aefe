using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>How a simulated exchange and its one account are set. Costs are never zero unless they are set to zero.</summary>
public sealed record SimulatedExchangeOptions
{
    /// <summary>Gets the contracts that are traded; at least one.</summary>
    public required IReadOnlyList<MarketListing> Markets { get; init; }

    /// <summary>Gets the wallet balance at the start, in the settlement asset.</summary>
    /// <value>The default is 10,000. 0 or more.</value>
    public decimal InitialBalance
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    = 10_000m;

    /// <summary>Gets the fee of fills that waited in the book, as a share of the notional value.</summary>
    /// <value>The default is 0.0002. 0 or more and below 1.</value>
    public decimal MakerFeeRate { get; init => field = CheckedRate(value); } = 0.0002m;

    /// <summary>Gets the fee of fills that took what the market offered, as a share of the notional value.</summary>
    /// <value>The default is 0.0005. 0 or more and below 1.</value>
    public decimal TakerFeeRate { get; init => field = CheckedRate(value); } = 0.0005m;

    /// <summary>Gets how much worse than the market's price taking orders fill.</summary>
    /// <value>The default is 0.0001 of the price.</value>
    public SlippageModel Slippage { get; init; } = SlippageModel.Fixed(0.0001m);

    /// <summary>Gets the leverage of every symbol until it is set.</summary>
    /// <value>The default is 1. From 1 to 125.</value>
    public int Leverage
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 125);
            field = value;
        }
    }

    = 1;

    /// <summary>Gets the margin mode of every symbol until it is set.</summary>
    /// <value>The default is <see cref="MarginMode.Isolated"/>.</value>
    public MarginMode MarginMode { get; init; } = MarginMode.Isolated;

    /// <summary>Gets how many orders may be open in a symbol, conditional ones apart.</summary>
    /// <value>The default is 200.</value>
    public int MaxOpenOrders { get; init; } = 200;

    /// <summary>Gets how many conditional orders may be open in the account.</summary>
    /// <value>The default is 200.</value>
    public int MaxConditionalOrders { get; init; } = 200;

    /// <summary>Gets in which order the prices inside a bar are taken to have come.</summary>
    /// <value>The default is <see cref="IntrabarPath.Conservative"/>.</value>
    public IntrabarPath IntrabarPath
    {
        get;
        init
        {
            if (!Enum.IsDefined(value))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "Expected the conservative or the optimistic path.");
            }

            field = value;
        }
    }

    /// <summary>Gets a value indicating whether orders that filled cannot be looked up, so that a long run does not keep them.</summary>
    internal bool ForgetsFilledOrders { get; init; }

    private static decimal CheckedRate(decimal rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rate, 1);
        return rate;
    }
}
