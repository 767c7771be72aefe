using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Backtesting;

/// <summary>Trades a strategy along past bars, on the simulated exchange and through the same cycle as live.</summary>
/// <remarks>
/// <para>The loop has one order. At each bar: (1) the exchange trades the bar with the orders sent before it, market orders at its open;
/// (2) the strategy decides with that bar and those before it; (3) what it decided is sent, to fill no earlier than the next bar's open.
/// An entry at a limit that the next bar did not fill is canceled at that bar's close.</para>
/// <para>With <see cref="TradeSettings.StopLoss"/> set, the stop is placed right after the entry has filled at the open, or right after a limit entry was
/// sent, and is live inside that very bar.</para>
/// <para><b>When a bar hides the order of events.</b> The result is the conservative one (<see cref="SimulatedExchange"/> says what that means). When a bar was ambiguous, the same
/// strategy is run again on the optimistic path, and the result carries both: <see cref="BacktestResult.BoundsOf"/> gives a figure as an interval. Both runs are
/// bounds bar by bar, not of the whole: what is decided and how much is traded later depends on what came before, so the second may even end lower. <see cref="BacktestOptions.FinerBars"/>
/// resolve the order.</para>
/// <para>Orders of the last bar do not fill; a position still held is valued at the last close and its trade marked as open.</para>
/// </remarks>
public sealed class Backtester
{
    private static readonly TimeSpan FundingInterval = TimeSpan.FromHours(8);
    private readonly BacktestOptions _options;

    /// <summary>Initializes a backtester.</summary>
    /// <param name="options">How to trade and what to pay.</param>
    /// <exception cref="ArgumentException">The stop loss lies beyond the liquidation price.</exception>
    public Backtester(BacktestOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.InitialBalance);
        var trade = options.Trade;
        if (ProtectiveStop.LiquidationFault(trade.StopLoss, trade.Leverage, options.MarginMode, trade.PositionFraction, trade.MaxNotional) is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        _options = options;
    }

    /// <summary>Runs a strategy that needs no forecasts.</summary>
    /// <param name="bars">The bars, oldest first, of the symbol that the settings are for.</param>
    /// <param name="strategy">Decides.</param>
    /// <exception cref="ArgumentException">There are no bars, they are of another symbol, or the finer bars are of another symbol or an interval that does not fit.</exception>
    /// <exception cref="BarDataException">The finer bars contradict a bar.</exception>
    /// <exception cref="UnprofitableSettingsException">The strategy's threshold cannot pay its own costs, and
    /// <see cref="BacktestOptions.AllowThresholdBelowCosts"/> is not set.</exception>
    public BacktestResult Run(BarSeries bars, IStrategy strategy) => RunAll(bars, null, strategy, null);

    /// <summary>Runs a strategy with a model, which forecasts every bar from that bar and those before it.</summary>
    /// <param name="bars">The bars, oldest first, of the symbol that the settings are for.</param>
    /// <param name="predictor">The model.</param>
    /// <param name="strategy">Decides.</param>
    /// <inheritdoc cref="Run(BarSeries, ForecastSeries, IStrategy, ModelCard?)" path="/exception"/>
    public BacktestResult Run(BarSeries bars, IPredictor predictor, IStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return RunAll(bars, predictor.PredictSeries(bars), strategy, predictor.Card);
    }

    /// <summary>Runs a strategy with forecasts made before.</summary>
    /// <param name="bars">The bars, oldest first, of the symbol that the settings are for.</param>
    /// <param name="forecasts">One forecast per bar, made for these bars.</param>
    /// <param name="strategy">Decides.</param>
    /// <param name="card">The description of the model, for the result and the warning about its training range.</param>
    /// <exception cref="ArgumentException">There are no bars, they are of another symbol, the forecasts were made for other bars, or the finer bars are of another
    /// symbol or an interval that does not fit.</exception>
    /// <exception cref="BarDataException">The finer bars contradict a bar.</exception>
    /// <exception cref="UnprofitableSettingsException">The strategy's threshold cannot pay its own costs, and
    /// <see cref="BacktestOptions.AllowThresholdBelowCosts"/> is not set.</exception>
    public BacktestResult Run(BarSeries bars, ForecastSeries forecasts, IStrategy strategy, ModelCard? card = null)
    {
        ArgumentNullException.ThrowIfNull(forecasts);
        return RunAll(bars, forecasts, strategy, card);
    }

    private BacktestResult RunAll(BarSeries bars, ForecastSeries? forecasts, IStrategy strategy, ModelCard? card)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentNullException.ThrowIfNull(strategy);
        Check(bars, forecasts);
        var breakEven = CheckBreakEven(bars, forecasts?.Horizon ?? 1, strategy);
        var (exchange, book, run, finer) = Trade(bars, forecasts, strategy, IntrabarPath.Conservative);
        var result = new BacktestResult
        {
            Bars = bars,
            Forecasts = forecasts,
            Model = card,
            Options = _options,
            Trades = book,
            Fills = exchange.Fills,
            Ledger = exchange.Ledger,
            Equity = run.Equity.ToMemory(),
            BreakEven = breakEven,
            Denials = book.Denials,
            Statistics = StatisticsOf(bars, exchange, book, run),
            AmbiguousBars = run.AmbiguousBars.ConvertAll(bars.OpenTimeAt),
            Warnings = [.. WarningsOf(bars, forecasts, strategy, card, book, finer)],
        };
        return run.AmbiguousBars.Count > 0 && _options.RunsOptimistically ? WithOptimistic(result, strategy) : result;
    }

    private BacktestResult WithOptimistic(BacktestResult result, IStrategy strategy)
    {
        var (exchange, book, run, _) = Trade(result.Bars, result.Forecasts, strategy, IntrabarPath.Optimistic);
        var both = result with
        {
            Optimistic = new OptimisticResult { Statistics = StatisticsOf(result.Bars, exchange, book, run), Equity = run.Equity.ToMemory() },
        };
        return AmbiguityWarning.Of(both.AmbiguousBars.Count, both.Statistics, both.Optimistic.Statistics) is { } warning ? both with { Warnings = [warning, .. both.Warnings] } : both;
    }

    private (SimulatedExchange Exchange, TradeBook Book, BacktestRun Run, FinerBars? Finer) Trade(BarSeries bars, ForecastSeries? forecasts, IStrategy strategy, IntrabarPath path)
    {
        var exchange = new SimulatedExchange(_options.ToExchangeOptions() with { IntrabarPath = path });
        var last = bars.Count - 1;
        var book = new TradeBook(exchange.FillRows, (decimal)bars.Closes[last], bars.CloseTimeAt(last), last);
        exchange.Listen(book);
        var finer = _options.FinerBars is { } finerBars ? new FinerBars(bars, finerBars) : null;
        var run = new BacktestRun(bars, forecasts, strategy, _options.Trade with { TakerFee = _options.TakerFee }, exchange, book, finer);
        run.Trade();
        return (exchange, book, run, finer);
    }

    private BacktestStatistics StatisticsOf(BarSeries bars, SimulatedExchange exchange, TradeBook book, BacktestRun run) =>
        BacktestStatistics.Compute(bars, new CurveValues(run.Equity), run.BarsInMarket, book.Total(), _options.InitialBalance, exchange.Balance);

    /// <summary>Refuses bars and forecasts that do not belong together.</summary>
    internal void Check(BarSeries bars, ForecastSeries? forecasts)
    {
        if (bars.Count == 0)
        {
            throw new ArgumentException("A backtest needs at least one bar, found none.", nameof(bars));
        }

        if (bars.Symbol != _options.Trade.SymbolInfo.Symbol)
        {
            throw new ArgumentException($"Expected bars of {_options.Trade.SymbolInfo.Symbol}, as in the trading rules, found bars of {bars.Symbol}.", nameof(bars));
        }

        if (_options.FinerBars is { } finer && FinerBars.FaultOf(bars, finer) is { } fault)
        {
            throw new ArgumentException(fault, nameof(bars));
        }

        if (forecasts is not null && !forecasts.Bars.OpenTimes.SequenceEqual(bars.OpenTimes))
        {
            throw new ArgumentException($"Expected forecasts for these bars ({bars}), found forecasts for others ({forecasts.Bars}).", nameof(forecasts));
        }
    }

    /// <summary>Refuses a strategy whose threshold cannot pay its own costs.</summary>
    internal BreakEvenResult? CheckBreakEven(BarSeries bars, int horizon, IStrategy strategy)
    {
        if (strategy.Edge is not { } edge)
        {
            return null;
        }

        var holdingTime = horizon * bars.Interval.Length;
        var breakEven = BreakEven.Compute(
            edge.With(_options.Trade.StopLoss), _options.TakerFee, _options.Slippage, holdingTime, MeanFunding(bars) * (decimal)(holdingTime / FundingInterval), holdingTime);
        return breakEven.IsPayable || _options.AllowThresholdBelowCosts ? breakEven : throw new UnprofitableSettingsException(breakEven);
    }

    // The size of the payments that these bars meet, per eight hours.
    private decimal MeanFunding(BarSeries bars)
    {
        var (from, to) = (bars.OpenTimeAt(0), bars.CloseTimeAt(bars.Count - 1));
        var (sum, count) = (0m, 0);
        for (var next = _options.Funding.NextAfter(from); next is { } payment && payment.Time <= to; next = _options.Funding.NextAfter(payment.Time))
        {
            sum += Math.Abs(payment.Rate);
            count++;
        }

        return count == 0 ? 0 : sum * (decimal)(FundingInterval / (to - from));
    }

    private static double? LargestMove(ForecastSeries? forecasts)
    {
        if (forecasts is null)
        {
            return null;
        }

        var prices = forecasts.Prices;
        var closes = forecasts.Bars.Closes;
        double? largest = null;
        for (var i = 0; i < prices.Length; i++)
        {
            if (!double.IsNaN(prices[i]))
            {
                largest = Math.Max(largest ?? 0, Math.Abs((prices[i] / closes[i]) - 1));
            }
        }

        return largest;
    }

    /// <summary>Says what a person must know before believing the figures.</summary>
    internal static IEnumerable<string> WarningsOf(
        BarSeries bars, ForecastSeries? forecasts, IStrategy strategy, ModelCard? card, TradeBook book, FinerBars? finer)
    {
        if (card?.OverlapWith(bars)?.Warning is { } overlap)
        {
            yield return overlap;
        }

        if (card?.Skill is { Verdict: not ForecastVerdict.Skill } skill)
        {
            yield return $"The model '{card.Name}' was found to be {skill}.";
        }

        if (bars.Gaps.Count > 0)
        {
            var missing = bars.Gaps.Sum(gap => gap.Count);
            yield return missing == 1
                ? "1 bar is missing; nothing could trade in it."
                : $"{missing} bars are missing in {bars.Gaps.Count} gap{(bars.Gaps.Count == 1 ? "" : "s")}; nothing could trade in them.";
        }

        if (finer is { MissingCount: > 0 })
        {
            yield return $"The finer bars do not cover {finer.MissingCount} of {finer.AskedCount} bars in which something could happen; those were traded as they are.";
        }

        if (book.Count == 0 && strategy.Edge is { } edge && LargestMove(forecasts) is { } move && move <= edge.Threshold)
        {
            yield return FormattableString.Invariant(
                $"Nothing was traded: no forecast moved by more than {move:P3}, and the threshold is {edge.Threshold:P3}.");
        }

        if (book.Liquidations > 0)
        {
            yield return $"The exchange liquidated the position {book.Liquidations} time(s): the leverage is too high for the stop.";
        }
    }
}
