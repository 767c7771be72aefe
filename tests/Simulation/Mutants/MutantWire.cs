using TradingBot.Journal;
using TradingBot.Market;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>What a trader with a mutant in it sees of the world.</summary>
internal sealed class MutantWire(Mutant mutant, Process process) : IFetcher, IOrderer, IRiskStore, ITradeJournal
{
    public Task<BarSeries> FetchBarsAsync(BarRequest request, CancellationToken cancellationToken = default) =>
        mutant.FetchBarsAsync(process, request, cancellationToken);

    public Task<SymbolInfo> FetchSymbolInfoAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        process.Wire.FetchSymbolInfoAsync(symbol, cancellationToken);

    public Task<MarketPrice> FetchPriceAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        process.Wire.FetchPriceAsync(symbol, cancellationToken);

    public Task PrepareAsync(AccountSetup setup, CancellationToken cancellationToken = default) => process.Wire.PrepareAsync(setup, cancellationToken);

    public Task<AccountSnapshot> GetAccountAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        mutant.GetAccountAsync(process, symbol, cancellationToken);

    public Task<OrderResult> SubmitAsync(OrderRequest order, CancellationToken cancellationToken = default) =>
        mutant.SubmitAsync(process, order, cancellationToken);

    public Task<OrderResult?> FindAsync(OrderQuery query, CancellationToken cancellationToken = default) =>
        mutant.FindAsync(process, query, cancellationToken);

    public Task<OrderResult?> CancelAsync(OrderQuery query, CancellationToken cancellationToken = default) =>
        mutant.CancelAsync(process, query, cancellationToken);

    public Task<RiskState> LoadAsync(string botId, CancellationToken cancellationToken = default) => mutant.LoadAsync(process, botId, cancellationToken);

    public Task SaveAsync(string botId, RiskState state, CancellationToken cancellationToken = default) =>
        mutant.SaveAsync(process, botId, state, cancellationToken);

    public Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default) => mutant.AppendAsync(process, entry, cancellationToken);
}
