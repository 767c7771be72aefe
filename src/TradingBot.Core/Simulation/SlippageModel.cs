namespace TradingBot.Simulation;

/// <summary>How much worse than the market's price an order fills that takes what the market offers.</summary>
/// <remarks>It applies to market orders, to triggered stop and take-profit orders, and to limit orders that take on arrival (never
/// beyond their limit). Resting limit orders fill at their price.</remarks>
public abstract record SlippageModel
{
    /// <summary>Gets the model without slippage.</summary>
    public static SlippageModel None { get; } = new NoSlippage();

    /// <summary>Makes a model that moves every price by a share of itself.</summary>
    /// <param name="fraction">0 or more and below 1; 0.0005 is five basis points.</param>
    public static SlippageModel Fixed(decimal fraction) => new FixedSlippage(fraction);

    /// <summary>Makes a model that pays half of a constant spread.</summary>
    /// <param name="spread">The distance between the best ask and the best bid, in the quote asset; 0 or more.</param>
    public static SlippageModel HalfSpread(decimal spread) => new HalfSpreadSlippage(spread);

    /// <summary>Computes how much worse the price of a fill is.</summary>
    /// <param name="price">The market's price, in the quote asset; above 0.</param>
    /// <param name="quantity">The quantity of the order, in the base asset; above 0.</param>
    /// <param name="side">The side of the order.</param>
    /// <returns>The distance in the quote asset, 0 or more; it is added for a buy, taken off for a sell, and the result is rounded to the
    /// tick against the order's owner.</returns>
    public abstract decimal Distance(decimal price, decimal quantity, Market.Side side);

    private sealed record NoSlippage : SlippageModel
    {
        public override decimal Distance(decimal price, decimal quantity, Market.Side side) => 0;
    }

    private sealed record FixedSlippage : SlippageModel
    {
        private readonly decimal _fraction;

        internal FixedSlippage(decimal fraction)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(fraction);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fraction, 1);
            _fraction = fraction;
        }

        public override decimal Distance(decimal price, decimal quantity, Market.Side side) => (Market.FastDecimal)price * _fraction;
    }

    private sealed record HalfSpreadSlippage : SlippageModel
    {
        private readonly decimal _half;

        internal HalfSpreadSlippage(decimal spread)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(spread);
            _half = spread / 2;
        }

        public override decimal Distance(decimal price, decimal quantity, Market.Side side) => _half;
    }
}
