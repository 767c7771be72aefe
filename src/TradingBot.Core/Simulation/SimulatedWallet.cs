using TradingBot.Market;

namespace TradingBot.Simulation;

/// <summary>The money of the one account: balance, ledger, and what of it margin binds.</summary>
internal sealed class SimulatedWallet
{
    private const int MoneyDecimals = 8;
    private readonly SimulatedExchangeOptions _options;
    private readonly SimulatedMarket[] _markets;
    private readonly LedgerLog _ledger;

    internal SimulatedWallet(SimulatedExchangeOptions options, SimulatedMarket[] markets, FillLog fills) =>
        (_options, _markets, _ledger, Balance) = (options, markets, new LedgerLog(markets, fills), options.InitialBalance);

    internal IAccountObserver? Observer { get; set; }

    internal FastDecimal Balance { get; private set; }

    internal IReadOnlyList<LedgerEntry> Ledger => _ledger;

    internal FastDecimal Equity => EquityWithout(null);

    internal FastDecimal CrossWallet
    {
        get
        {
            var wallet = Balance;
            foreach (var market in _markets)
            {
                wallet -= market.IsolatedWallet;
            }

            return wallet;
        }
    }

    internal static FastDecimal RoundDown(FastDecimal money) => money.RoundDown(MoneyDecimals);

    internal static FastDecimal RoundUp(FastDecimal money) => money.RoundUp(MoneyDecimals);

    /// <summary>Computes the balance plus the unrealised profit of every position but one.</summary>
    internal FastDecimal EquityWithout(SimulatedMarket? left)
    {
        var equity = Balance;
        foreach (var market in _markets)
        {
            if (market != left)
            {
                equity += market.UnrealizedProfit;
            }
        }

        return equity;
    }

    /// <summary>Computes the free money that opening a quantity needs: margin, fee, and the loss that the price means at once.</summary>
    internal static FastDecimal Needed(SimulatedMarket market, Side side, FastDecimal quantity, FastDecimal notional, FastDecimal fee, FastDecimal price, FastDecimal mark)
    {
        var loss = side == Side.Buy ? price - mark : mark - price;
        var needed = market.MarginOf(notional) + fee;
        return loss.IsPositive ? needed + (quantity * loss) : needed;
    }

    internal FastDecimal OrderMargin(SimulatedMarket market) =>
        market.ReservedNotional.IsZero ? 0 : market.ReservedNotional * ((1m / market.Leverage) + _options.TakerFeeRate);

    /// <summary>Computes what is free for new margin; it can be below 0.</summary>
    /// <param name="without">A market whose position is left out, as if it did not exist, or <see langword="null"/>.</param>
    /// <param name="countProfit">Whether unrealised profit may serve as margin; losses always count.</param>
    internal FastDecimal Available(SimulatedMarket? without = null, bool countProfit = true)
    {
        var available = Balance;
        foreach (var market in _markets)
        {
            if (!market.ReservedNotional.IsZero)
            {
                available -= OrderMargin(market);
            }

            if (market.IsIsolated)
            {
                available -= market.IsolatedWallet;
            }
            else if (!market.Position.IsFlat && market != without)
            {
                var profit = market.UnrealizedProfit;
                available += (countProfit || !profit.IsPositive ? profit : default) - market.InitialMargin;
            }
        }

        return available;
    }

    /// <summary>Computes what would be free if a market's position were closed at a price.</summary>
    internal FastDecimal AvailableIfClosed(SimulatedMarket market, FastDecimal price)
    {
        var proceeds = market.Position.FastProfitAt(price);
        var fee = market.Size * price * _options.TakerFeeRate;
        return Available(without: market, countProfit: !market.IsIsolated) - fee + (market.IsIsolated ? (market.IsolatedWallet + proceeds).PositivePart : proceeds);
    }

    internal FastDecimal? LiquidationPrice(SimulatedMarket market) => market.Position.IsFlat ? null : market.LiquidationPrice(CollateralOf(market));

    /// <summary>Reckons a price at which a position is not liquidated for certain; it lies barely on this side of <see cref="LiquidationPrice"/>.</summary>
    internal double? LiquidationBound(SimulatedMarket market) => market.Position.IsFlat ? null : market.LiquidationBound(CollateralOf(market));

    private FastDecimal CollateralOf(SimulatedMarket market)
    {
        var collateral = market.IsolatedWallet;
        if (!market.IsIsolated)
        {
            collateral = CrossWallet;
            foreach (var other in _markets)
            {
                if (other != market && !other.IsIsolated)
                {
                    collateral += other.UnrealizedProfit - other.MaintenanceMargin;
                }
            }
        }

        return collateral;
    }

    /// <summary>Pays or receives one funding payment, or only pays it.</summary>
    internal void PayFunding(SimulatedMarket market, FastDecimal quantity, FastDecimal price, FastDecimal rate, long time)
    {
        var amount = RoundDown(-(quantity * price * rate));
        if (market.IsIsolated)
        {
            // Never more than the position's own margin; the position is liquidated next.
            amount = FastDecimal.Max(amount, -market.IsolatedWallet.PositivePart);
            market.IsolatedWallet += amount;
        }

        Book(market, LedgerEntryKind.Funding, amount, time);
        CoverDeficit(market, time);
    }

    internal void CoverDeficit(SimulatedMarket market, long time)
    {
        if (Balance.IsNegative)
        {
            Book(market, LedgerEntryKind.Insurance, -Balance, time);
        }
    }

    /// <summary>Books the fee or the profit of the fill that is added next.</summary>
    internal void Book(in FillRow fill, LedgerEntryKind kind)
    {
        var amount = LedgerLog.AmountOf(fill, kind);
        if (!amount.IsZero)
        {
            _ledger.AddOfNextFill(kind);
            Book(new LedgerRow { Time = fill.Time, Market = fill.Market, Kind = kind, Amount = amount });
        }
    }

    /// <summary>Books what no fill tells.</summary>
    internal void Book(SimulatedMarket market, LedgerEntryKind kind, FastDecimal amount, long time)
    {
        if (!amount.IsZero)
        {
            var entry = new LedgerRow { Time = time, Market = market.Index, Kind = kind, Amount = amount };
            _ledger.AddOther(entry);
            Book(entry);
        }
    }

    private void Book(in LedgerRow entry)
    {
        Balance += entry.Amount;
        Observer?.BalanceChanged(entry);
    }
}
