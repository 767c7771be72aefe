using TradingBot.Market;

namespace TradingBot.Strategies;

/// <summary>What contexts of one run share: the market's bars, how much of them a strategy sees, and what the account holds while it decides.
/// A backtest changes the account between decisions, never during one.</summary>
internal sealed class DecisionScope
{
    private readonly Func<FastDecimal>? _findCapital;
    private Position _position;

    /// <summary>Initializes what the contexts of a run share.</summary>
    /// <param name="bars">The market's bars.</param>
    /// <param name="lookback">The number of bars that a strategy sees.</param>
    /// <param name="horizon">The number of bars that forecasts look ahead.</param>
    /// <param name="position">The position held.</param>
    /// <param name="balance">The wallet balance.</param>
    /// <param name="findCapital">Reckons <see cref="Capital"/>; left out where there are no other markets.</param>
    public DecisionScope(BarSeries bars, int lookback, int horizon, in Position position, FastDecimal balance, Func<FastDecimal>? findCapital = null)
    {
        (Bars, Lookback, Horizon, _findCapital) = (bars, lookback, horizon, findCapital);
        Set(position, balance);
    }

    public BarSeries Bars { get; }

    /// <summary>Gets the number of bars that a strategy sees.</summary>
    public int Lookback { get; }

    /// <summary>Gets the number of bars that forecasts look ahead.</summary>
    public int Horizon { get; }

    public ref readonly Position Position => ref _position;

    public FastDecimal Balance { get; private set; }

    /// <summary>Gets the balance plus the unrealised profit of the account's positions in other markets. It is reckoned only for those who ask, as few decisions do.</summary>
    public FastDecimal Capital => _findCapital is null ? Balance : _findCapital();

    public void Set(in Position position, FastDecimal balance) => (_position, Balance) = (position, balance);
}
