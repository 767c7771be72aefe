using TradingBot.Journal;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>All that one process sees of the world: the exchange behind the network, and the store of its limits.</summary>
/// <remarks>Like a real client, it looks an order up before it sends one again under an id that it has sent itself.</remarks>
internal sealed class Wire(Process process) : IFetcher, IOrderer, IRiskStore, ITradeJournal
{
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);

    public Task<BarSeries> FetchBarsAsync(BarRequest request, CancellationToken cancellationToken = default) =>
        RoundTrip<BarRequest, BarSeries>.Make(process, CallKind.Bars, request, static (call, world) => call.Process.Wire.BarsOf(call, world), null, cancellationToken);

    public Task<SymbolInfo> FetchSymbolInfoAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        RoundTrip<Symbol, SymbolInfo>.Make(process, CallKind.Rules, symbol, static (_, _) => Arena.Info, null, cancellationToken);

    public Task<MarketPrice> FetchPriceAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        RoundTrip<Symbol, MarketPrice>.Make(
            process,
            CallKind.Price,
            symbol,
            static (_, world) => new MarketPrice(Arena.At(world.Now), world.Venue.Price, world.Venue.Price),
            null,
            cancellationToken);

    public Task PrepareAsync(AccountSetup setup, CancellationToken cancellationToken = default) =>
        RoundTrip<AccountSetup, bool>.Make(
            process,
            CallKind.Prepare,
            setup,
            static (call, world) =>
            {
                world.Venue.Prepare(call.Request);
                return true;
            },
            null,
            cancellationToken);

    public Task<AccountSnapshot> GetAccountAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        RoundTrip<Symbol, AccountSnapshot>.Make(
            process,
            CallKind.Account,
            symbol,
            static (call, world) =>
            {
                var account = call.Met.Kind == TroubleKind.Stale ? world.Venue.AccountAt(world.Now - call.Met.Delay) : world.Venue.Account();
                call.Process.SeenAccount = account;
                world.Auditor.OnRead(call.Process);
                return account;
            },
            null,
            cancellationToken);

    public Task<OrderResult> SubmitAsync(OrderRequest order, CancellationToken cancellationToken = default) =>
        RoundTrip<OrderRequest, OrderResult>.Make(
            process,
            CallKind.Submit,
            order,
            static (call, world) => call.Process.Wire.Submit(call, world),
            static order => new OrderResult { Request = order, Status = OrderStatus.Unknown, Message = "The answer was lost, by plan." },
            cancellationToken);

    /// <summary>Sends an order without looking it up first, as no client should.</summary>
    public Task<OrderResult> SubmitBlindlyAsync(OrderRequest order, CancellationToken cancellationToken)
    {
        _sent.Remove(order.ClientOrderId);
        return SubmitAsync(order, cancellationToken);
    }

    public Task<OrderResult?> FindAsync(OrderQuery query, CancellationToken cancellationToken = default) =>
        RoundTrip<OrderQuery, OrderResult?>.Make(
            process,
            CallKind.Find,
            query,
            static (call, world) => call.Met.Kind == TroubleKind.Stale
                ? world.Venue.FindAt(call.Request.ClientOrderId, world.Now - call.Met.Delay)
                : world.Venue.Find(call.Request.ClientOrderId),
            null,
            cancellationToken);

    public Task<OrderResult?> CancelAsync(OrderQuery query, CancellationToken cancellationToken = default) =>
        RoundTrip<OrderQuery, OrderResult?>.Make(
            process, CallKind.Cancel, query, static (call, world) => world.Venue.Cancel(call.Request.ClientOrderId), null, cancellationToken);

    public Task<RiskState> LoadAsync(string botId, CancellationToken cancellationToken = default) =>
        RoundTrip<string, RiskState>.Make(process, CallKind.LoadRisk, botId, static (call, world) => world.StoredRisk(call.Process.Host), null, cancellationToken);

    public Task SaveAsync(string botId, RiskState state, CancellationToken cancellationToken = default) =>
        RoundTrip<RiskState, bool>.Make(
            process,
            CallKind.SaveRisk,
            state,
            static (call, world) =>
            {
                world.StoredRisk(call.Process.Host) = call.Request;
                return true;
            },
            null,
            cancellationToken);

    public Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default) =>
        RoundTrip<JournalEntry, bool>.Make(
            process,
            CallKind.Journal,
            entry,
            static (call, world) =>
            {
                world.Auditor.OnJournal(call.Request);
                return true;
            },
            null,
            cancellationToken);

    private BarSeries BarsOf(RoundTrip<BarRequest, BarSeries> call, World world)
    {
        var end = Arena.LatestClosed(world.Now) + 1 - (call.Met.Kind == TroubleKind.Stale ? 1 : 0);
        var count = Math.Min(end, call.Request.Count ?? end);
        process.SeenBar = end - 1;
        world.Auditor.OnRead(process);
        return call.Met.Kind == TroubleKind.Gap ? world.Path.WithGap(end - count - 1, count + 1) : world.Path.Bars.Slice(end - count, count);
    }

    private OrderResult Submit(RoundTrip<OrderRequest, OrderResult> call, World world)
    {
        var order = call.Request;
        if (!_sent.Add(order.ClientOrderId) && world.Venue.Find(order.ClientOrderId) is { } earlier)
        {
            return earlier;
        }

        return world.Submit(call);
    }
}
