using TradingBot.Market;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Takes an account that cannot be read for one that holds nothing.</summary>
internal sealed class UnreadableAsFlat : Mutant
{
    public override async Task<AccountSnapshot> GetAccountAsync(Process process, Symbol symbol, CancellationToken cancellationToken)
    {
        try
        {
            return await process.Wire.GetAccountAsync(symbol, cancellationToken);
        }
        catch (ExchangeException)
        {
            var balance = process.World.Settings.Balance;
            return new AccountSnapshot { Balance = balance, AvailableBalance = balance, Position = Position.Flat, OpenOrders = [] };
        }
    }
}
