using TradingBot.Journal;
using TradingBot.Market;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>A fault that is built into a bot on purpose, between the trader and the world: the checks must find it.</summary>
/// <remarks>One mutant serves one world; what it keeps outlives the processes.</remarks>
internal abstract class Mutant
{
    public virtual TimeProvider ClockOf(Process process) => process.Clock;

    public virtual Task<BarSeries> FetchBarsAsync(Process process, BarRequest request, CancellationToken cancellationToken) =>
        process.Wire.FetchBarsAsync(request, cancellationToken);

    public virtual Task<AccountSnapshot> GetAccountAsync(Process process, Symbol symbol, CancellationToken cancellationToken) =>
        process.Wire.GetAccountAsync(symbol, cancellationToken);

    public virtual Task<OrderResult> SubmitAsync(Process process, OrderRequest order, CancellationToken cancellationToken) =>
        process.Wire.SubmitAsync(order, cancellationToken);

    public virtual Task<OrderResult?> FindAsync(Process process, OrderQuery query, CancellationToken cancellationToken) =>
        process.Wire.FindAsync(query, cancellationToken);

    public virtual Task<OrderResult?> CancelAsync(Process process, OrderQuery query, CancellationToken cancellationToken) =>
        process.Wire.CancelAsync(query, cancellationToken);

    public virtual Task<RiskState> LoadAsync(Process process, string botId, CancellationToken cancellationToken) =>
        process.Wire.LoadAsync(botId, cancellationToken);

    public virtual Task SaveAsync(Process process, string botId, RiskState state, CancellationToken cancellationToken) =>
        process.Wire.SaveAsync(botId, state, cancellationToken);

    public virtual Task AppendAsync(Process process, JournalEntry entry, CancellationToken cancellationToken) =>
        process.Wire.AppendAsync(entry, cancellationToken);
}
