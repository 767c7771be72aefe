using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Strategies;

/// <summary>All that a strategy may know when a bar has closed. It ends at that bar and cannot be stored.</summary>
public readonly ref struct StrategyContext
{
    private readonly BarSeries _bars;
    private readonly int _end;
    private readonly int _count;

    /// <summary>Initializes a context at the last bar of a series.</summary>
    /// <param name="bars">The bars so far, oldest first, all of them closed; at least one.</param>
    /// <param name="forecast">What the model expects, or <see langword="null"/> when it had too little to go on.</param>
    /// <param name="position">The position held.</param>
    /// <param name="balance">The wallet balance in the quote asset, unrealised profit apart.</param>
    public StrategyContext(BarSeries bars, Forecast? forecast, Position position, decimal balance)
        : this(bars, bars.Count, bars.Count, forecast, position, balance)
    {
    }

    internal StrategyContext(BarSeries bars, int end, int count, Forecast? forecast, Position position, decimal balance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (_bars, _end, _count) = (bars, end, count);
        (Forecast, Position, Balance) = (forecast, position, balance);
    }

    /// <summary>Gets the last bars, the bar being decided included: as many as <see cref="IStrategy.Lookback"/> asks for.</summary>
    public BarWindow Bars => new(_bars, _end - _count, _count);

    /// <summary>Gets what the model expects, or <see langword="null"/> when it had too little to go on.</summary>
    public Forecast? Forecast { get; }

    /// <summary>Gets the position held.</summary>
    public Position Position { get; }

    /// <summary>Gets the wallet balance in the quote asset, unrealised profit apart.</summary>
    public decimal Balance { get; }

    /// <summary>Gets the close of the bar being decided, in the quote asset.</summary>
    public double Price => _bars.Closes[_end - 1];

    /// <summary>Gets the UTC instant at which the bar being decided opened; it identifies the bar.</summary>
    public DateTimeOffset BarOpenTime => _bars.OpenTimeAt(_end - 1);

    /// <summary>Gets the UTC instant at which the bar being decided closed.</summary>
    public DateTimeOffset Time => _bars.CloseTimeAt(_end - 1);

    /// <summary>Gets the market.</summary>
    public Symbol Symbol => _bars.Symbol;

    /// <summary>Gets the balance plus the profit of closing the position at <see cref="Price"/>, in the quote asset.</summary>
    public decimal Equity => Position.IsFlat ? Balance : Balance + Position.ProfitAt((decimal)Price);
}
