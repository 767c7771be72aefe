using System.Diagnostics.CodeAnalysis;
using TradingBot.Market;
using TradingBot.Trading;
using static System.FormattableString;

namespace TradingBot.Simulation;

/// <summary>A deterministic, synchronous exchange with one USD-margined account that trades perpetual contracts in one-way mode.</summary>
/// <remarks>
/// <para>The backtester, paper trading, the fake exchange of unit tests and the fake exchange server all drive this one state machine:
/// submit orders, advance by a bar or a price, read fills. The same calls give the same results, to the last digit. It is not thread-safe.</para>
/// <para><b>What is assumed.</b> The account is small against the market: orders fill whole, whatever the volume. There is one price:
/// the price of trades is the mark price. Orders submitted between two events meet the next one.</para>
/// <para><b>A price</b> (a tick, or the open of a bar) is met in this order. (1) Funding that fell due up to this instant is settled on the
/// position then held, at this price. (2) Market orders, and limit orders that were marketable when they were submitted, fill in the order
/// of submission, as takers. (3) A position whose margin no longer suffices is liquidated. (4) Stops that the jump to this price has
/// passed fill at this price, not at their trigger. (5) Limit orders that it has passed fill at their limit, without improvement.
/// (6) Stops again, for what (5) has opened; then take-profits, at this price.</para>
/// <para><b>Inside a bar</b> the order of prices is not known. After the open, payments of funding due inside the bar are charged at the
/// open on what is held, and on what is opened later in the bar (receipts only on what is held from the open to the end). Then the price is taken to
/// run first to the extreme that hurts the
/// position, then to the other one, then to the close; so of a stop and a target in one bar the stop fills, and a liquidation price
/// is met before a stop that lies beyond it. Flat, it runs first to the nearest stop entry, or else to the nearest limit entry. Along the
/// way: a trigger is reached when touched and fills at the trigger; a limit order fills only when the price trades through it, strictly
/// beyond its limit; on one level liquidation comes first, then stops, then the rest. Once a position was opened or enlarged inside a bar,
/// limit and take-profit orders against it wait for the next bar, unless the close lies beyond them; its stops are live at once.</para>
/// <para><b>The optimistic path</b> (<see cref="SimulatedExchangeOptions.IntrabarPath"/>) turns this round. Whatever is held, the price runs first to the
/// extreme that helps it, and turns towards it as soon as a position was opened; flat, it runs first away from the nearest stop entry, or else to the nearest
/// limit entry. Targets of a position that was opened inside the bar fill in it. Receipts of funding are credited on all that was held in the
/// bar, payments charged only on what is held from the open to the end. All else is as above. For a position with reduce-only stops and targets, and for a limit entry
/// with such, one bar never ends worse than on the conservative path. That is not so for every set of orders (a limit order that turns the position
/// can earn more after the stop than before it), nor for many bars, where later orders follow from earlier ones.</para>
/// <para><b>A bar is ambiguous</b>, and counted by <see cref="AmbiguousBars"/>, when after its open something happened in it (an order was met, the position
/// liquidated) and the order of prices could matter: orders or the liquidation price were in reach on both sides of the open, or an order waited because
/// of an entry in the bar, or funding fell due inside it. A stop that was hit alone is not, nor are a limit entry and the stop beyond it. Some that are
/// counted end alike on both paths; one that is not counted always does.</para>
/// <para><b>Slippage</b> is added to every fill that takes; the price is then rounded to the tick against the account. Resting limit
/// orders have none. <b>Money</b> is kept to eight decimals and rounded against the account, entry prices to ten; the initial balance plus
/// every ledger entry is the balance, exactly.</para>
/// <para><b>Reduce-only and close-position orders</b> are checked when they fill: they never open or turn a position. What is larger than the
/// position fills up to it and ends as expired, with its filled quantity. They are not canceled when the position closes: a conditional
/// one expires when it triggers and finds nothing to reduce. Until then it protects whatever is held, so cancel it.</para>
/// <para><b>Liquidation</b> happens at the liquidation price, or at the bar's open when that is beyond it. The exchange keeps the liquidation
/// fee as far as the margin goes, and its insurance fund takes over what is lost beyond: an isolated position loses at most its isolated
/// wallet, a cross position at most the cross wallet. The symbol's open orders expire; conditional ones stay.</para>
/// <para>A client order id is unique among open orders only. Every order that filled can be looked up by it; of those that ended
/// without a fill the latest thousand.</para>
/// </remarks>
public sealed class SimulatedExchange
{
    private readonly SimulatedMarket[] _markets;
    private readonly SimulatedWallet _wallet;
    private readonly SimulatedAccount _account;
    private readonly OrderRules _rules;
    private readonly QuietWatch _quiet;
    private readonly MatchingEngine _engine;
    private SimulatedMarket _lastUsed;
    private long _time = long.MinValue;

    /// <summary>Initializes an exchange with empty books and a flat account.</summary>
    /// <param name="options">How the exchange and the account are set.</param>
    /// <exception cref="ArgumentException">No market is listed, one is listed twice, or they settle in different assets.</exception>
    public SimulatedExchange(SimulatedExchangeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Markets.Count == 0)
        {
            throw new ArgumentException("A simulated exchange needs at least one market.", nameof(options));
        }

        var assets = options.Markets.Select(listing => listing.Info.Symbol.SettleAsset).Distinct(StringComparer.Ordinal).ToArray();
        if (assets.Length > 1 || options.Markets.DistinctBy(listing => listing.Info.Symbol).Count() < options.Markets.Count)
        {
            throw new ArgumentException(
                $"Every market must be listed once and settle in the same asset, found {string.Join(", ", options.Markets.Select(listing => listing.Info.Symbol.UnifiedName))}.",
                nameof(options));
        }

        Options = options;
        _markets = [.. options.Markets.Select((listing, index) => new SimulatedMarket(listing, index, options))];
        var fills = new FillLog(_markets);
        _wallet = new SimulatedWallet(options, _markets, fills);
        _account = new SimulatedAccount(options, _markets, _wallet, fills);
        _rules = new OrderRules(options, _account, _wallet);
        _quiet = new QuietWatch(_markets, _wallet);
        _engine = new MatchingEngine(_account, _wallet, _markets, _quiet, options.IntrabarPath);
        _lastUsed = _markets[0];
    }

    /// <summary>Gets how the exchange and the account were set at the start.</summary>
    public SimulatedExchangeOptions Options { get; }

    /// <summary>Gets or sets what is told of everything that happens, while it happens. It may read the exchange, but must not change it.</summary>
    public Action<ExchangeEvent>? Observer
    {
        get => (_account.Observer as EventObserver)?.Tell;
        set => Listen(value is null ? null : new EventObserver(value, Fills, Ledger));
    }

    /// <summary>Gets the UTC instant of the last event, or <see langword="null"/> before the first.</summary>
    public DateTimeOffset? Time => _time == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(_time);

    /// <summary>Gets the wallet balance in the settlement asset, unrealised profit apart; never below 0.</summary>
    public decimal Balance => _wallet.Balance;

    /// <summary>Gets what is free for new margin; never below 0.</summary>
    public decimal AvailableBalance => Math.Max(0, _wallet.Available());

    /// <summary>Gets the balance plus the unrealised profit of every position.</summary>
    public decimal Equity => _wallet.Equity;

    /// <summary>Gets every trade so far, oldest first.</summary>
    public IReadOnlyList<Fill> Fills => _account.Fills;

    /// <summary>Gets every change of the balance so far, in the order in which they were booked.</summary>
    public IReadOnlyList<LedgerEntry> Ledger => _wallet.Ledger;

    /// <summary>Gets the number of bars so far whose result could depend on the order of the prices inside them, as the class describes.</summary>
    public int AmbiguousBars => _engine.AmbiguousBars;

    /// <summary>Gets how a market is listed.</summary>
    /// <exception cref="ArgumentException">The symbol is not listed.</exception>
    public MarketListing ListingOf(Symbol symbol) => MarketOf(symbol).Listing;

    /// <summary>Gets the position in a symbol.</summary>
    /// <exception cref="ArgumentException">The symbol is not listed.</exception>
    public Position PositionOf(Symbol symbol) => MarketOf(symbol).Position;

    /// <summary>Gets the position in a symbol with its margin.</summary>
    /// <exception cref="ArgumentException">The symbol is not listed.</exception>
    public PositionRisk RiskOf(Symbol symbol)
    {
        var market = MarketOf(symbol);
        return new PositionRisk
        {
            Symbol = market.Symbol,
            Position = market.Position,
            MarkPrice = market.HasPrice ? market.Price : null,
            Leverage = market.Leverage,
            MarginMode = market.MarginMode,
            UnrealizedProfit = market.UnrealizedProfit,
            IsolatedWallet = market.IsolatedWallet,
            InitialMargin = market.InitialMargin,
            OrderMargin = _wallet.OrderMargin(market),
            MaintenanceMargin = market.MaintenanceMargin,
            LiquidationPrice = _wallet.LiquidationPrice(market),
            MaxNotional = market.Listing.MarginTiers.MaxNotional(market.Leverage),
        };
    }

    /// <summary>Gets the open orders of a symbol, conditional ones included, in the order of submission.</summary>
    /// <exception cref="ArgumentException">The symbol is not listed.</exception>
    public IReadOnlyList<OrderResult> OpenOrdersOf(Symbol symbol) => MarketOf(symbol).Orders.ConvertAll(order => order.ToResult());

    /// <summary>Gets the balance and the account's dealings in a symbol.</summary>
    /// <exception cref="ArgumentException">The symbol is not listed.</exception>
    public AccountSnapshot GetAccount(Symbol symbol) => new()
    {
        Balance = Balance,
        AvailableBalance = AvailableBalance,
        Position = PositionOf(symbol),
        OpenOrders = OpenOrdersOf(symbol),
    };

    /// <summary>Submits an order. It meets the next event: a market order is new until then.</summary>
    /// <returns>The order, new or rejected; a rejected order leaves no trace.</returns>
    public OrderResult Submit(OrderRequest order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (TryMarketOf(order.Symbol) is not { } market)
        {
            return Rejected(order, OrderRefusal.NotListed(order.Symbol));
        }

        return Accept(market, order, null, out var refusal) is { } accepted ? accepted.ToResult() : Rejected(order, refusal!);
    }

    /// <summary>Looks an order up by its owner's id.</summary>
    /// <returns>The latest order with the id, or <see langword="null"/> when there is none, or none any more.</returns>
    public OrderResult? Find(Symbol symbol, string clientOrderId) => TryMarketOf(symbol)?.Find(clientOrderId)?.ToResult();

    /// <summary>Cancels an order.</summary>
    /// <returns>The order after the attempt; a finished one stays as it was. <see langword="null"/> when the id is not known.</returns>
    public OrderResult? Cancel(Symbol symbol, string clientOrderId)
    {
        if (TryMarketOf(symbol) is not { } market || market.Find(clientOrderId) is not { } order)
        {
            return null;
        }

        if (order.IsOpen)
        {
            Cancel(market, order);
        }

        return order.ToResult();
    }

    /// <summary>Sets the leverage of a symbol. An isolated position keeps the margin that it has.</summary>
    /// <exception cref="ExchangeException">The leverage is outside the symbol's range, would be lowered under an isolated position, or is too
    /// low or too high for what is held.</exception>
    public void SetLeverage(Symbol symbol, int leverage)
    {
        if (AccountSettings.SetLeverage(MarketOf(symbol), _wallet, leverage) is { } refusal)
        {
            throw new ExchangeException(ExchangeErrorKind.Rejected, refusal);
        }
    }

    /// <summary>Sets the margin mode of a symbol.</summary>
    /// <exception cref="ExchangeException">There is a position or an open order in the symbol.</exception>
    public void SetMarginMode(Symbol symbol, MarginMode mode)
    {
        if (AccountSettings.SetMarginMode(MarketOf(symbol), mode) is { } refusal)
        {
            throw new ExchangeException(ExchangeErrorKind.Rejected, refusal);
        }
    }

    /// <summary>Trades a bar, as the class describes.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="bar">The next closed bar.</param>
    /// <exception cref="ArgumentException">The symbol is not listed, the bar overlaps one that was traded, or ends before the last event.</exception>
    public void Advance(Symbol symbol, in Bar bar) => Advance(
        MarketOf(symbol),
        bar.OpenTime.ToUnixTimeMilliseconds(),
        bar.CloseTime.ToUnixTimeMilliseconds(),
        bar.Open,
        bar.High,
        bar.Low,
        bar.Close);

    /// <summary>Trades a bar of a series, as the class describes.</summary>
    /// <param name="bars">Bars of a listed market.</param>
    /// <param name="index">The next closed bar.</param>
    /// <exception cref="ArgumentException">The symbol is not listed, the bar overlaps one that was traded, or ends before the last event.</exception>
    public void Advance(BarSeries bars, int index)
    {
        ArgumentNullException.ThrowIfNull(bars);
        bars.Read(index, out var openTime, out var open, out var high, out var low, out var close);
        Advance(MarketOf(bars.Symbol), openTime, openTime + bars.Interval.Milliseconds, open, high, low, close);
    }

    /// <summary>Trades one price, as the class describes.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="time">The UTC instant of the price; not before the last event of the symbol.</param>
    /// <param name="price">The price, in the quote asset; above 0.</param>
    /// <exception cref="ArgumentException">The symbol is not listed, the instant is before the last event, or the price is not above 0.</exception>
    public void AdvanceTick(Symbol symbol, DateTimeOffset time, decimal price)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(price);
        var (market, milliseconds) = Begin(symbol, time);
        _engine.TradePrice(market, milliseconds, price);
        _quiet.Disturb();
    }

    /// <summary>Lets the orders that were submitted since the last event meet a price. Everything that rests waits for the bar of that
    /// price, so that orders sent one by one, each answered at once, trade as if they had all waited for the bar.</summary>
    internal void FillArrivals(Symbol symbol, DateTimeOffset time, decimal price)
    {
        var (market, milliseconds) = Begin(symbol, time);
        _engine.MeetArrivals(market, milliseconds, price);
        _quiet.Disturb();
    }

    /// <summary>Gets the balance plus the unrealised profit of the positions in every other market.</summary>
    internal decimal EquityWithout(SimulatedMarket market) => _wallet.EquityWithout(market);

    /// <summary>Gets the fills as they are kept.</summary>
    internal FillLog FillRows => _account.Fills;

    /// <summary>Tells an observer of everything that happens, in place of the one before.</summary>
    internal void Listen(IAccountObserver? observer) => _account.Observer = _wallet.Observer = observer;

    /// <summary>Submits an order as <see cref="Submit"/> does, without an object for the answer.</summary>
    /// <param name="market">The order's market.</param>
    /// <param name="order">The order.</param>
    /// <param name="note">What its sender wants to remember of it.</param>
    /// <param name="refusal">Why it was refused.</param>
    /// <returns><see langword="false"/> when the order was refused.</returns>
    internal bool TryAccept(SimulatedMarket market, OrderRequest order, string? note, [NotNullWhen(false)] out OrderRefusal? refusal)
    {
        _ = Accept(market, order, note, out refusal);
        return refusal is null;
    }

    /// <summary>Cancels an order if it is still open.</summary>
    internal void Cancel(SimulatedMarket market, OrderRequest order)
    {
        if (market.FindOpen(order.Name) is { } open)
        {
            Cancel(market, open);
        }
    }

    private void Cancel(SimulatedMarket market, SimulatedOrder order)
    {
        _account.End(market, order, OrderStatus.Canceled, _time);
        _quiet.Disturb();
    }

    private SimulatedOrder? Accept(SimulatedMarket market, OrderRequest order, string? note, out OrderRefusal? refusal)
    {
        refusal = _rules.Check(market, order, out var terms);
        if (refusal is not null)
        {
            return null;
        }

        var accepted = _account.Accept(market, order, terms, note, _time);
        _quiet.Disturb();
        return accepted;
    }

    /// <summary>Counts the bars, from one on, in which nothing can happen but that the price moves.</summary>
    /// <inheritdoc cref="QuietWatch.Count" path="/param"/>
    internal int CountQuiet(SimulatedMarket market, BarSeries bars, int start, int most) => _quiet.Count(market, bars, start, most);

    /// <summary>Gets the market of a listed symbol.</summary>
    internal SimulatedMarket MarketOf(Symbol symbol) =>
        TryMarketOf(symbol) ?? throw new ArgumentException($"The symbol {symbol} is not listed.", nameof(symbol));

    /// <summary>Gets the UTC instant up to which the bars of a symbol have been traded, or <see langword="null"/> before the first.</summary>
    internal DateTimeOffset? BarsUntil(Symbol symbol) =>
        MarketOf(symbol).BarsUntil is var until && until == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(until);

    /// <summary>Trades bars in which nothing can happen but that the price moves.</summary>
    /// <param name="market">Their market.</param>
    /// <param name="bars">A series.</param>
    /// <param name="last">The last of bars that <see cref="CountQuiet"/> counted.</param>
    internal void AdvanceQuietly(SimulatedMarket market, BarSeries bars, int last)
    {
        market.SetClose(bars.Closes[last]);
        End(market, bars.MillisecondsAt(last) + bars.Interval.Milliseconds);
    }

    /// <summary>Trades a bar that <see cref="Bar"/> or <see cref="BarSeries"/> has checked; times in milliseconds since 1970-01-01 UTC.</summary>
    internal void Advance(SimulatedMarket market, long openTime, long closeTime, double open, double high, double low, double close)
    {
        if (market.IsNext(openTime, closeTime) && _quiet.Of(market).Holds(closeTime, high, low))
        {
            market.SetClose(close);
        }
        else
        {
            TradeBar(market, openTime, closeTime, open, high, low, close);
        }

        End(market, closeTime);
    }

    /// <summary>Trades the open of a bar, whose inside and close are traded apart from it, when other markets have had their turn.</summary>
    internal void OpenBar(SimulatedMarket market, long openTime, double open)
    {
        CheckNext(market, openTime, openTime);
        // Funding that is due at the open itself is paid there.
        if (market.NextFunding > openTime && _quiet.Of(market).Holds(openTime, open, open))
        {
            market.SetClose(open);
        }
        else
        {
            _engine.TradePrice(market, openTime, (decimal)open);
            _quiet.Disturb();
        }

        market.Time = openTime;
        _time = Math.Max(_time, openTime);
    }

    /// <summary>Trades what lies between the open of a bar and its close. To the other markets its price remains its open until
    /// it is set to the close.</summary>
    internal void TradeInside(SimulatedMarket market, long closeTime, double open, double high, double low, double close)
    {
        if (_engine.TradeInside(market, closeTime, open, high, low, close))
        {
            market.SetPrice((decimal)open);
            _quiet.Disturb();
        }
    }

    /// <summary>Trades the close of a bar, once the price of every market whose bar ends with it has been moved to its own.</summary>
    internal void CloseBar(SimulatedMarket market, long closeTime, double close)
    {
        if (!_quiet.Of(market).Holds(closeTime, close, close))
        {
            _engine.CloseBar(market, closeTime, close);
        }

        End(market, closeTime);
    }

    private void End(SimulatedMarket market, long closeTime)
    {
        market.BarsUntil = closeTime;
        market.Time = closeTime;
        _time = Math.Max(_time, closeTime);
    }

    private (SimulatedMarket Market, long Time) Begin(Symbol symbol, DateTimeOffset time)
    {
        var market = MarketOf(symbol);
        var milliseconds = time.ToUnixTimeMilliseconds();
        if (milliseconds < market.Time)
        {
            throw new ArgumentException(
                Invariant($"The price of {time:u} is older than the last event of {symbol}, {DateTimeOffset.FromUnixTimeMilliseconds(market.Time):u}."), nameof(time));
        }

        market.Time = milliseconds;
        _time = Math.Max(_time, milliseconds);
        return (market, milliseconds);
    }

    private OrderResult Rejected(OrderRequest order, OrderRefusal refusal) => new()
    {
        Request = order,
        Status = OrderStatus.Rejected,
        RejectReason = refusal.Reason,
        Message = refusal.Message,
        UpdatedAt = Time,
    };

    private void TradeBar(SimulatedMarket market, long openTime, long closeTime, double open, double high, double low, double close)
    {
        CheckNext(market, openTime, closeTime);
        _engine.TradeBar(market, openTime, closeTime, open, high, low, close);
    }

    private static void CheckNext(SimulatedMarket market, long openTime, long closeTime)
    {
        if (!market.IsNext(openTime, closeTime))
        {
            throw new ArgumentException(Invariant(
                $"The bar of {DateTimeOffset.FromUnixTimeMilliseconds(openTime):u} is out of order: {market.Symbol} was traded up to {DateTimeOffset.FromUnixTimeMilliseconds(market.Time):u}."));
        }
    }

    private SimulatedMarket? TryMarketOf(Symbol symbol)
    {
        if (ReferenceEquals(symbol, _lastUsed.Symbol))
        {
            return _lastUsed;
        }

        foreach (var market in _markets)
        {
            if (market.Symbol == symbol)
            {
                return _lastUsed = market;
            }
        }

        return null;
    }
}
