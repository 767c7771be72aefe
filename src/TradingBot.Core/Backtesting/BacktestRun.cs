using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Backtesting;

/// <summary>One run of a strategy along bars: the loop that <see cref="Backtester"/> describes.</summary>
/// <remarks>Bars in which the exchange has nothing to do are taken many at a time: the strategy still decides at each of them, in order,
/// but the exchange is told of the last one only.</remarks>
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
    private readonly MarketOrders _orders;
    private readonly FinerBars? _finer;
    private readonly DecisionScope _scope;
    private readonly EquityLog _equity;
    private RiskState _risk = RiskState.Initial;
    private int _block = ShortestBlock;

    public BacktestRun(BarSeries bars, ForecastSeries? forecasts, IStrategy strategy, TradeSettings settings, SimulatedExchange exchange, TradeBook book, FinerBars? finer)
    {
        (_bars, _forecasts, _exchange, _book, _finer) = (bars, forecasts, exchange, book, finer);
        (_market, _cycle) = (exchange.MarketOf(bars.Symbol), new TradeCycle(strategy, settings));
        _orders = new MarketOrders(exchange, _market, _cycle, settings.StopLoss, book);
        _scope = new DecisionScope(bars, strategy.Lookback, forecasts?.Horizon ?? 1, _market.Position, exchange.Balance);
        _equity = new EquityLog(bars);
        _equity.Note(0, _scope.Position, _scope.Balance);
    }

    /// <summary>Gets the balance plus unrealised profit at every bar's close.</summary>
    public EquityLog Equity => _equity;

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
        var (traded, quiet) = (start, CountQuiet(start));
        if (quiet == 0)
        {
            Advance(start);
            traded++;
            quiet = CountQuiet(traded);
        }

        var end = traded + quiet;
        var decided = FindOrder(start, end, out var decision);
        var next = Math.Min(decided + 1, end);
        if (next > traded)
        {
            _exchange.AdvanceQuietly(_market, _bars, next - 1);
        }

        BarsInMarket += _scope.Position.IsFlat ? 0 : next - start;
        _block = Math.Min(2 * _block, LongestBlock);
        if (decided < end)
        {
            Carry(decided, decision);
            _block = ShortestBlock;
        }

        return next;
    }

    // Apart, for it is asked in two places and long.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int CountQuiet(int start) => _orders.IsDue || start == _bars.Count ? 0 : _exchange.CountQuiet(_market, _bars, start, Math.Min(_block, _bars.Count - start));

    private void Advance(int index)
    {
        _book.BeginBar(index);
        var (detail, at, end) = DetailOf(index);
        _orders.MeetOpen(_bars.MillisecondsAt(index), detail.Opens[at]);
        var ambiguous = _exchange.AmbiguousBars;
        for (; at < end; at++)
        {
            _exchange.Advance(detail, at);
        }

        if (_exchange.AmbiguousBars != ambiguous)
        {
            AmbiguousBars.Add(index);
        }

        _orders.Review(_bars.OpenTimeAt(index));
        _scope.Set(_market.Position, _exchange.Balance);
        _equity.Note(index, _scope.Position, _scope.Balance);
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
        var (scope, cycle) = (_scope, _cycle);
        var met = Decision.ActionMetBy(scope.Position);
        ref var risk = ref _risk;
        for (var i = Math.Max(start, scope.Lookback - 1); i < closes.Length; i++)
        {
            var context = new StrategyContext(scope, i + 1, closes[i], prices.IsEmpty ? double.NaN : prices[i]);
            var decided = cycle.Decide(context, ref risk);
            if (!decided.IsMetBy(met))
            {
                decision = decided;
                return i;
            }
        }

        decision = default;
        return end;
    }

    private void Carry(int index, in Decision decision)
    {
        Prefetch(_bars.Opens, index + 1);
        var forecast = _forecasts is null ? double.NaN : _forecasts.Prices[index];
        _orders.Carry(new StrategyContext(_scope, index + 1, _bars.Closes[index], forecast), decision);
    }

    // Only bars that are traded are asked for their open: it would have to be waited for, and comes while the orders are made.
    private static unsafe void Prefetch(ReadOnlySpan<double> values, int index)
    {
        if (Sse.IsSupported && index < values.Length)
        {
            fixed (double* first = values)
            {
                Sse.Prefetch0(first + index);
            }
        }
    }
}
