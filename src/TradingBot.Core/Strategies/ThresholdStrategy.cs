namespace TradingBot.Strategies;

/// <summary>Trades when the forecast promises enough, and leaves when it no longer does or the loss grows too large.</summary>
/// <remarks>
/// <para>Flat: enters in the forecast's direction when |forecast / price - 1| exceeds the threshold.</para>
/// <para>Holding: closes when the forecast turns against the position, or when the price has passed the stop loss;
/// with no forecast only the stop loss counts.</para>
/// </remarks>
public sealed class ThresholdStrategy : IStrategy
{
    private readonly double _threshold;
    private readonly double? _stopLoss;

    /// <summary>Initializes the strategy.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range; the message lists every fault.</exception>
    public ThresholdStrategy(ThresholdStrategyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Faults().ToArray() is { Length: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_threshold, _stopLoss) = (options.Threshold, options.StopLoss);
    }

    /// <inheritdoc/>
    public StrategyEdge? Edge => new StrategyEdge(_threshold, _stopLoss);

    /// <inheritdoc/>
    public Decision Decide(in StrategyContext context) =>
        context.Position.IsFlat ? DecideFlat(context) : DecideHolding(context);

    private Decision DecideFlat(in StrategyContext context)
    {
        if (context.Forecast is not { } forecast)
        {
            return Decision.None;
        }

        var expected = (forecast.Price / context.Price) - 1;
        return expected > _threshold ? Decision.Long.Because("forecast above threshold")
            : expected < -_threshold ? Decision.Short.Because("forecast below threshold")
            : Decision.None;
    }

    private Decision DecideHolding(in StrategyContext context)
    {
        var direction = context.Position.IsLong ? 1 : -1;
        if (_stopLoss is { } stopLoss && direction * ((context.Price / (double)context.Position.EntryPrice) - 1) <= -stopLoss)
        {
            return Decision.Close.Because("stop loss passed");
        }

        return context.Forecast is { } forecast && direction * (forecast.Price - context.Price) < 0
            ? Decision.Close.Because("forecast turned against the position")
            : Decision.None;
    }
}
