using TradingBot.Market;

namespace TradingBot.Strategies;

/// <summary>What contexts of one run share: the market's bars, how much of them a strategy sees, and what the account holds while it decides.
/// A backtest changes the account between decisions, never during one.</summary>
internal sealed class DecisionScope
{
    private Position _position;

    public DecisionScope(BarSeries bars, int lookback, int horizon, in Position position, FastDecimal balance)
    {
        (Bars, Lookback, Horizon) = (bars, lookback, horizon);
        Set(position, balance);
    }

    public BarSeries Bars { get; }

    /// <summary>Gets the number of bars that a strategy sees.</summary>
    public int Lookback { get; }

    /// <summary>Gets the number of bars that forecasts look ahead.</summary>
    public int Horizon { get; }

    public ref readonly Position Position => ref _position;

    public FastDecimal Balance { get; private set; }

    /// <summary>Gets the balance plus the unrealised profit of the account's positions in other markets.</summary>
    public FastDecimal Capital { get; private set; }

    public void Set(in Position position, FastDecimal balance) => Set(position, balance, balance);

    public void Set(in Position position, FastDecimal balance, FastDecimal capital) => (_position, Balance, Capital) = (position, balance, capital);
}
