using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Strategies;

/// <summary>All that a strategy may know when a bar has closed. It ends at that bar and cannot be stored.</summary>
public readonly ref struct StrategyContext
{
    private readonly DecisionScope _scope;
    private readonly int _end;
    private readonly double _forecast;

    /// <summary>Initializes a context at the last bar of a series.</summary>
    /// <param name="bars">The bars so far, oldest first, all of them closed; at least one.</param>
    /// <param name="forecast">What the model expects, made at the last bar, or <see langword="null"/> when it had too little to go on.</param>
    /// <param name="position">The position held.</param>
    /// <param name="balance">The wallet balance in the quote asset, unrealised profit apart.</param>
    public StrategyContext(BarSeries bars, Forecast? forecast, Position position, decimal balance)
        : this(new DecisionScope(bars, bars.Count, forecast?.Horizon ?? 1, position, balance), bars.Count, bars.Closes[^1], forecast?.Price ?? double.NaN)
    {
    }

    // Made at every bar: few fields, and NaN is no forecast, for a plain number costs less than one that may be missing.
    internal StrategyContext(DecisionScope scope, int end, double price, double forecast)
    {
        (_scope, _end, _forecast) = (scope, end, forecast);
        Price = price;
    }

    /// <summary>Gets the last bars, the bar being decided included: as many as <see cref="IStrategy.Lookback"/> asks for.</summary>
    public BarWindow Bars => new(_scope.Bars, _end - _scope.Lookback, _scope.Lookback);

    /// <summary>Gets what the model expects, or <see langword="null"/> when it had too little to go on.</summary>
    public Forecast? Forecast => double.IsNaN(_forecast) ? null : new Forecast(_forecast, Price, _scope.Horizon);

    /// <summary>Gets the position held.</summary>
    public ref readonly Position Position => ref _scope.Position;

    /// <summary>Gets the wallet balance in the quote asset, unrealised profit apart.</summary>
    public decimal Balance => _scope.Balance;

    /// <summary>Gets the close of the bar being decided, in the quote asset.</summary>
    public double Price { get; }

    /// <summary>Gets the UTC instant at which the bar being decided opened; it identifies the bar.</summary>
    public DateTimeOffset BarOpenTime => _scope.Bars.OpenTimeAt(_end - 1);

    /// <summary>Gets the UTC instant at which the bar being decided closed.</summary>
    public DateTimeOffset Time => _scope.Bars.CloseTimeAt(_end - 1);

    /// <summary>Gets the market.</summary>
    public Symbol Symbol => _scope.Bars.Symbol;

    /// <summary>Gets the balance plus the profit of closing the position at <see cref="Price"/>, in the quote asset; in a portfolio's backtest also plus the
    /// unrealised profit of the account's positions in other markets, at the last price of each.</summary>
    public decimal Equity => Position.IsFlat ? _scope.Capital : EquityAt(PriceConversion.ToDecimal(Price));

    internal FastDecimal EquityAt(FastDecimal price) => Position.IsFlat ? _scope.Capital : _scope.Capital + Position.FastProfitAt(price);
}
