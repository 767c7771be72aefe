using TradingBot.Market;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Sends the last order again after a restart, in case that it had been lost.</summary>
internal sealed class ResendAfterRestart : Mutant
{
    private readonly HashSet<Process> _known = [];
    private OrderRequest? _last;

    public override async Task<AccountSnapshot> GetAccountAsync(Process process, Symbol symbol, CancellationToken cancellationToken)
    {
        if (_known.Add(process) && _last is { } last)
        {
            await process.Wire.SubmitBlindlyAsync(last, cancellationToken);
        }

        return await process.Wire.GetAccountAsync(symbol, cancellationToken);
    }

    public override Task<OrderResult> SubmitAsync(Process process, OrderRequest order, CancellationToken cancellationToken)
    {
        _last = order;
        return process.Wire.SubmitAsync(order, cancellationToken);
    }
}
