using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Backtesting;

/// <summary>Trades several markets along past bars on one account: their positions share its balance and margin.</summary>
/// <remarks>
/// <para>A portfolio is backtested as <see cref="Backtester"/> does it, by the same cycle on the same simulated exchange, and a portfolio of one market has the
/// result of its backtest. The markets are aligned by time; "in order" is the order in which they were given.</para>
/// <para><b>One order of events.</b> Time goes from one instant to the next at which a bar of any market closes or opens. At an instant:
/// (1) the bars that end with it are traded inside, market after market in order; then the prices of all these markets move to their closes, and what cannot be
/// carried at these prices is liquidated; limit entries that their bar did not fill are canceled. (2) The account's equity is taken and its limits are
/// looked at. (3) The strategies of the markets whose bars have ended decide, all on that one state of the account; then their orders are sent in order. The exchange checks the margin
/// as it accepts an order and again as it fills it; a refusal is a denial with its reason. (4) The bars that begin at the instant open, in order:
/// orders that wait meet the open. So what was decided at a close fills no earlier than the next open of its own market.</para>
/// <para><b>Nothing is known early.</b> While a bar is traded inside, the other markets have the prices they had before it ended: for bars that end together, those of their opens. Within
/// one bar nobody knows which of two markets moved first; so losses of several positions inside one bar meet at the closes, and a cross account that
/// would have been liquidated by extremes of several markets at one moment inside the bar is not. What happens inside a bar is booked when it ends, after
/// what happened before in markets with shorter bars.</para>
/// <para><b>Finer bars</b> (<see cref="PortfolioMarket.FinerBars"/>) narrow that. A bar that they cover and in which something may happen, or at whose open a position is held that shares the account with other
/// markets, is a row of shorter bars: each opens, is traded inside and closes in the one order of events, and the other markets see its prices. The strategy decides, limits are looked at and
/// the equity is taken at the closes of the traded bars alone. Whether a bar is covered is taken as known when it opens.</para>
/// <para><b>Missing bars, other starts and ends, other intervals</b> are allowed. A market without a bar is not traded: its last price stays, its orders wait for its next open, its
/// strategy is not asked. A position in a market that has ended keeps its margin and its last price to the end.</para>
/// <para><b>Sizes.</b> <see cref="TradeSettings.PositionFraction"/> is a share of the account's equity: the balance plus the unrealised profit of the positions in all markets. Live traders of one account
/// see the balance and their own position, so the unrealised profit of other positions does not count in their sizes.</para>
/// </remarks>
public sealed class PortfolioBacktester
{
    private readonly PortfolioOptions _options;

    /// <summary>Initializes a backtester.</summary>
    /// <param name="options">How the account is set and what it pays.</param>
    /// <exception cref="ArgumentException">A limit of the account is outside its range, or the balance is not above 0.</exception>
    public PortfolioBacktester(PortfolioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.InitialBalance);
        var faults = TradeSettings.Faults("portfolio", 1, 1, null, options.MaxDailyLoss, options.MaxDrawdown, null).ToArray();
        _options = faults.Length == 0 ? options : throw new ArgumentException(string.Join(' ', faults), nameof(options));
    }

    /// <summary>Runs the strategies.</summary>
    /// <param name="markets">The markets; each symbol once, all with the same settlement asset.</param>
    /// <exception cref="ArgumentException">There are no markets, a symbol stands twice, settlement assets differ, a market has no bars or bars of another symbol, its
    /// forecasts were made for other bars, its finer bars are of another symbol or an interval that does not fit, or its settings are outside their ranges.</exception>
    /// <exception cref="BarDataException">The finer bars of a market contradict a bar.</exception>
    /// <exception cref="UnprofitableSettingsException">A strategy's threshold cannot pay its own costs, and
    /// <see cref="PortfolioOptions.AllowThresholdBelowCosts"/> is not set.</exception>
    public PortfolioResult Run(IReadOnlyList<PortfolioMarket> markets)
    {
        ArgumentNullException.ThrowIfNull(markets);
        Check(markets);
        var breakEvens = markets.Select(CheckMarket).ToArray();
        var (exchange, books, runs, run) = Trade(markets, IntrabarPath.Conservative);
        var statistics = StatisticsOf(markets, run, books, exchange.Balance);
        var result = new PortfolioResult
        {
            Options = _options,
            Markets = [.. markets.Select((market, i) => ResultOf(market, books[i], runs[i], breakEvens[i]))],
            CloseTimes = run.Times,
            Equity = run.Equity,
            Statistics = statistics,
            BuyAndHold = Scaled(run.Holdings, (double)_options.InitialBalance / (markets.Count * run.FirstHolding)),
            Fills = exchange.Fills,
            Ledger = exchange.Ledger,
            Warnings = [.. WarningsOf(markets, runs, books, run)],
        };
        return exchange.AmbiguousBars > 0 && _options.RunsOptimistically ? WithOptimistic(result, markets) : result;
    }

    private PortfolioResult WithOptimistic(PortfolioResult result, IReadOnlyList<PortfolioMarket> markets)
    {
        var (exchange, books, _, run) = Trade(markets, IntrabarPath.Optimistic);
        var optimistic = new OptimisticResult { Statistics = StatisticsOf(markets, run, books, exchange.Balance), Equity = run.Equity };
        var warning = AmbiguityWarning.Of(result.Markets.Sum(market => market.AmbiguousBars.Count), result.Statistics, optimistic.Statistics);
        return result with { Optimistic = optimistic, Warnings = warning is null ? result.Warnings : [warning, .. result.Warnings] };
    }

    private (SimulatedExchange Exchange, TradeBook[] Books, MarketRun[] Markets, PortfolioRun Run) Trade(IReadOnlyList<PortfolioMarket> markets, IntrabarPath path)
    {
        var exchange = new SimulatedExchange(_options.ToExchangeOptions(markets) with { IntrabarPath = path });
        var books = markets.Select(market => BookOf(market.Bars, exchange)).ToArray();
        exchange.Listen(new PortfolioBooks(exchange, books));
        MarketRun[] runs = [.. markets.Select((market, i) => new MarketRun(market, market.Trade with { TakerFee = _options.TakerFee }, exchange, books[i], isWatched: markets.Count > 1))];
        var limits = markets[0].Trade with { MaxDailyLoss = _options.MaxDailyLoss, MaxDrawdown = _options.MaxDrawdown };
        var run = new PortfolioRun(runs, exchange, limits, CountCloses(markets));
        run.Trade();
        return (exchange, books, runs, run);
    }

    private static void Check(IReadOnlyList<PortfolioMarket> markets)
    {
        if (markets.Count == 0)
        {
            throw new ArgumentException("A portfolio needs at least one market, found none.", nameof(markets));
        }

        if (markets.GroupBy(market => market.Trade.SymbolInfo.Symbol).FirstOrDefault(group => group.Count() > 1) is { } doubled)
        {
            throw new ArgumentException($"Expected every symbol once, found {doubled.Key} {doubled.Count()} times.", nameof(markets));
        }

        if (markets.FirstOrDefault(market => SettleAssetOf(market) != SettleAssetOf(markets[0])) is { } other)
        {
            throw new ArgumentException(
                $"Expected markets that settle in one asset, as one account pays for all, found {markets[0].Trade.SymbolInfo.Symbol} in {SettleAssetOf(markets[0])} and {other.Trade.SymbolInfo.Symbol} in {SettleAssetOf(other)}.",
                nameof(markets));
        }

        if (markets.FirstOrDefault(market => market.Bars.Count == 0) is { } empty)
        {
            throw new ArgumentException($"Every market of a portfolio needs at least one bar, found none of {empty.Trade.SymbolInfo.Symbol}.", nameof(markets));
        }
    }

    private static string SettleAssetOf(PortfolioMarket market) => market.Trade.SymbolInfo.Symbol.SettleAsset;

    private BreakEvenResult? CheckMarket(PortfolioMarket market)
    {
        var alone = new Backtester(market.ToBacktestOptions(_options));
        alone.Check(market.Bars, market.Forecasts);
        return alone.CheckBreakEven(market.Bars, market.Forecasts?.Horizon ?? 1, market.Strategy);
    }

    private static TradeBook BookOf(BarSeries bars, SimulatedExchange exchange)
    {
        var last = bars.Count - 1;
        return new TradeBook(exchange.FillRows, (decimal)bars.Closes[last], bars.CloseTimeAt(last), last);
    }

    // Bars of one market never overlap, so their closes ascend and can be merged.
    private static int CountCloses(IReadOnlyList<PortfolioMarket> markets)
    {
        var next = new int[markets.Count];
        for (var count = 0; ; count++)
        {
            var earliest = long.MaxValue;
            for (var i = 0; i < next.Length; i++)
            {
                earliest = Math.Min(earliest, CloseOf(markets[i].Bars, next[i]));
            }

            if (earliest == long.MaxValue)
            {
                return count;
            }

            for (var i = 0; i < next.Length; i++)
            {
                next[i] += CloseOf(markets[i].Bars, next[i]) == earliest ? 1 : 0;
            }
        }
    }

    private static long CloseOf(BarSeries bars, int index) => index < bars.Count ? bars.OpenTimes[index] + bars.Interval.Milliseconds : long.MaxValue;

    private static double[] Scaled(double[] values, double factor)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= factor;
        }

        return values;
    }

    private BacktestStatistics StatisticsOf(IReadOnlyList<PortfolioMarket> markets, PortfolioRun run, TradeBook[] books, decimal balance)
    {
        var totals = new TradeTotals();
        foreach (var book in books)
        {
            book.AddTo(totals);
        }

        var start = markets.Min(market => market.Bars.OpenTimes[0]);
        var interval = markets[0].Bars.Interval;
        var perYear = markets.All(market => market.Bars.Interval == interval)
            ? interval.BarsPerYear
            : run.Times.Length * (TimeSpan.FromDays(365) / TimeSpan.FromMilliseconds(run.Times[^1] - start));
        var times = new CurveTimes(start, run.Times, offset: 0, perYear);
        var (curve, hold) = EquityCurve.Measure(
            (double)_options.InitialBalance, new CurveValues(run.Equity), markets.Count * run.FirstHolding, run.Holdings, times);
        return BacktestStatistics.Of(curve, hold, (double)run.ClosesInMarket / run.Times.Length, totals, balance);
    }

    private PortfolioMarketResult ResultOf(PortfolioMarket market, TradeBook book, MarketRun run, BreakEvenResult? breakEven)
    {
        var totals = book.Total();
        return new PortfolioMarketResult
        {
            Market = market,
            Trades = book,
            Denials = book.Denials,
            BreakEven = breakEven,
            WinRate = totals.WinRate,
            ProfitFactor = totals.ProfitFactor,
            NetProfit = totals.Won - totals.Lost,
            Contribution = (double)((totals.Won - totals.Lost) / _options.InitialBalance),
            TotalFees = totals.Fees,
            TotalFunding = totals.Funding,
            TotalSlippage = totals.Slippage,
            Liquidations = book.Liquidations,
            AmbiguousBars = run.AmbiguousBars.ConvertAll(market.Bars.OpenTimeAt),
            Exposure = (double)run.BarsInMarket / market.Bars.Count,
            BuyAndHoldReturn = (market.Bars.Closes[^1] / market.Bars.Opens[0]) - 1,
        };
    }

    private static IEnumerable<string> WarningsOf(IReadOnlyList<PortfolioMarket> markets, MarketRun[] runs, TradeBook[] books, PortfolioRun run)
    {
        if (run.Risk is { IsTripped: true, TrippedAt: { } trippedAt })
        {
            yield return FormattableString.Invariant($"The account's {(run.Risk.Tripped == RiskLimit.DailyLoss ? "daily loss" : "drawdown")} limit tripped at {trippedAt:u}; nothing was entered after that.");
        }

        for (var i = 0; i < markets.Count; i++)
        {
            var (market, symbol) = (markets[i], markets[i].Bars.Symbol);
            foreach (var warning in Backtester.WarningsOf(market.Bars, market.Forecasts, market.Strategy, market.Model, books[i], runs[i].Finer))
            {
                yield return $"{symbol}: {warning}";
            }

            if (runs[i].HoldsPosition && market.Bars.CloseTimeAt(market.Bars.Count - 1) is var end && end.ToUnixTimeMilliseconds() < run.Times[^1])
            {
                yield return FormattableString.Invariant($"{symbol}: its bars end at {end:u} with a position held, which is valued at the last close from then on and pays no funding.");
            }
        }
    }
}
