using TradingBot.Market;

namespace TradingBot.Strategies;

/// <summary>What the account holds while a strategy decides. A backtest changes it between decisions, never during one.</summary>
internal sealed class HeldAccount
{
    private Position _position;

    public HeldAccount(in Position position, decimal balance) => Set(position, balance);

    public ref readonly Position Position => ref _position;

    public decimal Balance { get; private set; }

    public void Set(in Position position, decimal balance) => (_position, Balance) = (position, balance);
}
