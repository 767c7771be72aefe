using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Backtesting;

/// <summary>One run of a strategy along bars: the loop that <see cref="Backtester"/> describes.</summary>
/// <remarks>Bars in which the exchange has nothing to do are taken many at a time: the strategy still decides at each of them, in order,
/// but the exchange is told of the last one only, and the equity of all of them is computed at once.</remarks>
internal sealed class BacktestRun
{
    // Looking further ahead is wasted where the strategy is about to act, and a block should stay in the fastest cache.
    private const int ShortestBlock = 64;
    private const int LongestBlock = 1_024;

    private readonly BarSeries _bars;
    private readonly ForecastSeries? _forecasts;
    private readonly SimulatedExchange _exchange;
    private readonly SimulatedMarket _market;
    private readonly TradeBook _book;
    private readonly TradeCycle _cycle;
    private readonly int _lookback;
    private readonly BacktestStops? _stops;
    private readonly FinerBars? _finer;
    private readonly HeldAccount _account;
    private readonly double[] _equity;
    private RiskState _risk = RiskState.Initial;
    private string? _waitingEntry;
    private int _block = ShortestBlock;

    public BacktestRun(BarSeries bars, ForecastSeries? forecasts, IStrategy strategy, TradeSettings settings, SimulatedExchange exchange, TradeBook book, FinerBars? finer)
    {
        (_bars, _forecasts, _exchange, _book, _finer) = (bars, forecasts, exchange, book, finer);
        (_market, _cycle, _lookback) = (exchange.MarketOf(bars.Symbol), new TradeCycle(strategy, settings), strategy.Lookback);
        _stops = settings.StopLoss is { } stopLoss ? new BacktestStops(exchange, _market, _cycle.Ids, stopLoss) : null;
        _account = new HeldAccount(_market.Position, exchange.Balance);
        _equity = GC.AllocateUninitializedArray<double>(bars.Count);
    }

    /// <summary>Gets the balance plus unrealised profit at every bar's close.</summary>
    public double[] Equity => _equity;

    /// <summary>Gets the number of bars at whose close a position was held.</summary>
    public int BarsInMarket { get; private set; }

    /// <summary>Gets the bars in which the order of prices could matter.</summary>
    public List<int> AmbiguousBars { get; } = [];

    /// <summary>Trades every bar.</summary>
    public void Trade()
    {
        for (var next = 0; next < _bars.Count;)
        {
            next = TradeBlock(next);
        }
    }

    /// <summary>Trades the next bar, and those after it in which nothing happens.</summary>
    /// <returns>The bar after them.</returns>
    private int TradeBlock(int start)
    {
        var quiet = _waitingEntry is null && _stops is not { IsDue: true } ? _exchange.CountQuiet(_market, _bars, start, Math.Min(_block, _bars.Count - start)) : 0;
        if (quiet == 0)
        {
            Advance(start);
        }

        var end = start + Math.Max(1, quiet);
        var decided = FindOrder(start, end, out var decision);
        var next = Math.Min(decided + 1, end);
        if (quiet > 0)
        {
            _exchange.AdvanceQuietly(_market, _bars, next - 1);
        }

        Mark(start, next);
        _block = Math.Min(2 * _block, LongestBlock);
        if (decided < end)
        {
            Carry(decided, decision);
            _block = ShortestBlock;
        }

        return next;
    }

    private void Advance(int index)
    {
        _book.BeginBar(index);
        var (detail, at, end) = DetailOf(index);
        if (_stops is { IsDue: true })
        {
            _stops.MeetOpen(_bars.OpenTimes[index], detail.Opens[at]);
        }

        var ambiguous = _exchange.AmbiguousBars;
        for (; at < end; at++)
        {
            _exchange.Advance(detail, at);
        }

        if (_exchange.AmbiguousBars != ambiguous)
        {
            AmbiguousBars.Add(index);
        }

        _stops?.Review(_waitingEntry is not null);
        if (_waitingEntry is not null)
        {
            _exchange.Cancel(_bars.Symbol, _waitingEntry);
            _waitingEntry = null;
            _stops?.Follow(_bars.OpenTimeAt(index), null);
        }

        _account.Set(_market.Position, _exchange.Balance);
    }

    // The bars by which a bar is traded: the finer ones, or itself.
    private (BarSeries Bars, int Start, int End) DetailOf(int index) =>
        _finer is not null && _finer.Of(index) is { End.Value: > 0 and var end } range ? (_finer.Bars, range.Start.Value, end) : (_bars, index, index + 1);

    /// <summary>Lets the strategy decide bar after bar, up to the first decision that asks for orders.</summary>
    /// <returns>The bar of that decision, or <paramref name="end"/> where there is none.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindOrder(int start, int end, out Decision decision)
    {
        var closes = _bars.Closes[..end];
        var prices = _forecasts is null ? default : _forecasts.Prices;
        var horizon = _forecasts?.Horizon ?? 1;
        for (var i = Math.Max(start, _lookback - 1); i < closes.Length; i++)
        {
            var context = ContextAt(i, closes[i], prices.IsEmpty ? double.NaN : prices[i], horizon);
            var decided = _cycle.Decide(context, ref _risk);
            if (decided.Action != DecisionAction.None && !decided.IsMetBy(_account.Position))
            {
                decision = decided;
                return i;
            }
        }

        decision = default;
        return end;
    }

    private StrategyContext ContextAt(int index, double close, double forecast, int horizon) =>
        new(_bars, index + 1, _lookback, close, forecast, horizon, _account);

    private void Mark(int start, int end)
    {
        if (_account.Position.IsFlat)
        {
            // A balance of nothing can be a negative zero, which nobody wants to read.
            _equity.AsSpan(start..end).Fill((double)_account.Balance + 0d);
            return;
        }

        BarsInMarket += end - start;
        var (balance, quantity, entryPrice) = ((double)_account.Balance, (double)_account.Position.Quantity, (double)_account.Position.EntryPrice);
        WriteEquity(balance, quantity, entryPrice, _bars.Closes[start..end], _equity.AsSpan(start..end));
    }

    private static void WriteEquity(double balance, double quantity, double entryPrice, ReadOnlySpan<double> closes, Span<double> equity)
    {
        var done = 0;
        ref var from = ref MemoryMarshal.GetReference(closes);
        ref var to = ref MemoryMarshal.GetReference(equity);
        for (; done <= closes.Length - Vector<double>.Count; done += Vector<double>.Count)
        {
            var profit = quantity * (Vector.LoadUnsafe(ref from, (nuint)done) - new Vector<double>(entryPrice));
            (new Vector<double>(balance) + profit).StoreUnsafe(ref to, (nuint)done);
        }

        for (; done < equity.Length; done++)
        {
            equity[done] = balance + (quantity * (closes[done] - entryPrice));
        }
    }

    private void Carry(int index, in Decision decision)
    {
        var forecast = _forecasts is null ? double.NaN : _forecasts.Prices[index];
        var (exit, entry, denial) = _cycle.PlanOrders(ContextAt(index, _bars.Closes[index], forecast, _forecasts?.Horizon ?? 1), decision);
        Send(exit, decision.Reason);
        Send(entry, decision.Reason);
        if (exit is not null || entry is not null)
        {
            _stops?.Follow(_bars.OpenTimeAt(index), entry);
        }

        _waitingEntry = entry is { Type: OrderType.Limit } ? entry.ClientOrderId : null;
        if (denial is not null)
        {
            _book.Deny(denial);
        }
    }

    private void Send(OrderRequest? order, string? reason)
    {
        if (order is null)
        {
            return;
        }

        if (!_exchange.TryAccept(_market, order, reason, out var refusal))
        {
            _book.Deny($"rejected: {refusal.Reason}");
        }
    }
}
