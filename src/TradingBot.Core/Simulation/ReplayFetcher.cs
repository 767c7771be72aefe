using TradingBot.Market;
using TradingBot.Trading;
using static System.FormattableString;

namespace TradingBot.Simulation;

/// <summary>Serves past bars as a live exchange would have: at every instant only what had happened by then.</summary>
/// <remarks>A bar is served once the clock has passed its close. The price of an instant is the open of the bar that is running, or, in a
/// gap and after the last bar, the last close.</remarks>
public sealed class ReplayFetcher : IFetcher
{
    private readonly BarSeries _bars;
    private readonly SymbolInfo _info;
    private readonly TimeProvider _time;

    /// <summary>Initializes a fetcher.</summary>
    /// <param name="bars">The bars to replay.</param>
    /// <param name="info">The trading rules of their symbol.</param>
    /// <param name="timeProvider">The exchange's clock.</param>
    /// <exception cref="ArgumentException">The rules are of another symbol.</exception>
    public ReplayFetcher(BarSeries bars, SymbolInfo info, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (bars.Symbol != info.Symbol)
        {
            throw new ArgumentException($"Expected the rules of {bars.Symbol}, as the bars are of it, found those of {info.Symbol}.", nameof(info));
        }

        (_bars, _info, _time) = (bars, info, timeProvider);
    }

    /// <inheritdoc/>
    public Task<BarSeries> FetchBarsAsync(BarRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Answer(() => BarsOf(request), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SymbolInfo> FetchSymbolInfoAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        Answer(() => CheckSymbol(symbol), cancellationToken);

    /// <inheritdoc/>
    public Task<MarketPrice> FetchPriceAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        Answer(() => PriceOf(symbol), cancellationToken);

    // Failures arrive the way they do from a network: in the task.
    private static Task<T> Answer<T>(Func<T> answer, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return Task.FromResult(answer());
        }
        catch (Exception e) when (e is ExchangeException or BarDataException)
        {
            return Task.FromException<T>(e);
        }
    }

    private BarSeries BarsOf(BarRequest request)
    {
        CheckSymbol(request.Symbol);
        if (request.Interval != _bars.Interval)
        {
            throw Refused($"Bars of {_bars.Interval} are replayed, asked for were bars of {request.Interval}.");
        }

        if (request.Count is <= 0)
        {
            throw Refused($"Expected a count of bars above 0, found {request.Count}.");
        }

        // A bar is closed when it opened at least its own length ago.
        var closed = _bars.IndexAtOrAfter(_time.GetUtcNow() - _bars.Interval.Length + TimeSpan.FromTicks(1));
        var start = request.From is { } from ? Math.Min(_bars.IndexAtOrAfter(from), closed) : 0;
        var end = request.To is { } to ? Math.Clamp(_bars.IndexAtOrAfter(to), start, closed) : closed;
        start = Math.Max(start, end - (request.Count ?? int.MaxValue));
        return UnderPolicy(_bars.Slice(start, end - start), request.GapPolicy);
    }

    private static BarSeries UnderPolicy(BarSeries bars, GapPolicy policy)
    {
        if (bars.Gaps.Count == 0 || (policy != GapPolicy.Reject && bars.Gaps.All(gap => gap.Filled == (policy == GapPolicy.Fill))))
        {
            return bars;
        }

        return policy == GapPolicy.Reject
            ? throw new BarDataException(Invariant($"{bars.Gaps[0].Count} bar(s) missing from {bars.Gaps[0].Start:u}; the gap policy is {policy}"))
            : BarSeries.Create(bars.Symbol, bars.Interval, policy, bars);
    }

    private MarketPrice PriceOf(Symbol symbol)
    {
        CheckSymbol(symbol);
        var now = _time.GetUtcNow();
        var next = _bars.IndexAtOrAfter(now + TimeSpan.FromTicks(1));
        if (next == 0)
        {
            throw Refused($"There is no price of {symbol} at {now:u} yet: {_bars}.");
        }

        var price = (decimal)(now < _bars.CloseTimeAt(next - 1) ? _bars.Opens[next - 1] : _bars.Closes[next - 1]);
        return new MarketPrice(now, price, price);
    }

    private SymbolInfo CheckSymbol(Symbol symbol) =>
        symbol == _info.Symbol ? _info : throw Refused($"The symbol {symbol} is not listed; {_info.Symbol} is.");

    private static ExchangeException Refused(FormattableString message) => new(ExchangeErrorKind.Rejected, Invariant(message));
}
