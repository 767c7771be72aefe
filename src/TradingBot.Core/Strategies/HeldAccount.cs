using TradingBot.Market;

namespace TradingBot.Strategies;

/// <summary>What the account holds while a strategy decides. A backtest changes it between decisions, never during one.</summary>
internal sealed class HeldAccount
{
    private Position _position;

    public HeldAccount(in Position position, FastDecimal balance) => Set(position, balance);

    public ref readonly Position Position => ref _position;

    public FastDecimal Balance { get; private set; }

    /// <summary>Gets the balance plus the unrealised profit of the account's positions in other markets.</summary>
    public FastDecimal Capital { get; private set; }

    public void Set(in Position position, FastDecimal balance) => Set(position, balance, balance);

    public void Set(in Position position, FastDecimal balance, FastDecimal capital) => (_position, Balance, Capital) = (position, balance, capital);
}
