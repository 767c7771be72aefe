using TradingBot.Market;

namespace TradingBot.Simulation;

/// <summary>The money of the one account: balance, ledger, and what of it margin binds.</summary>
internal sealed class SimulatedWallet
{
    private const int MoneyDecimals = 8;
    private readonly SimulatedExchangeOptions _options;
    private readonly SimulatedMarket[] _markets;
    private readonly LedgerLog _ledger;

    internal SimulatedWallet(SimulatedExchangeOptions options, SimulatedMarket[] markets) =>
        (_options, _markets, _ledger, Balance) = (options, markets, new LedgerLog(markets), options.InitialBalance);

    internal IAccountObserver? Observer { get; set; }

    internal decimal Balance { get; private set; }

    internal IReadOnlyList<LedgerEntry> Ledger => _ledger;

    internal decimal Equity
    {
        get
        {
            var equity = Balance;
            foreach (var market in _markets)
            {
                equity += market.UnrealizedProfit;
            }

            return equity;
        }
    }

    internal decimal CrossWallet
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

    internal static decimal RoundDown(decimal money) =>
        money.Scale <= MoneyDecimals ? money : decimal.Round(money, MoneyDecimals, MidpointRounding.ToNegativeInfinity);

    internal static decimal RoundUp(decimal money) =>
        money.Scale <= MoneyDecimals ? money : decimal.Round(money, MoneyDecimals, MidpointRounding.ToPositiveInfinity);

    /// <summary>Computes the free money that opening a quantity needs: margin, fee, and the loss that the price means at once.</summary>
    internal static decimal Needed(SimulatedMarket market, Side side, decimal quantity, decimal notional, decimal price, decimal mark, decimal feeRate)
    {
        var loss = side == Side.Buy ? price - mark : mark - price;
        var needed = market.MarginOf(notional) + (notional * feeRate);
        return loss > 0 ? needed + (quantity * loss) : needed;
    }

    internal decimal OrderMargin(SimulatedMarket market) =>
        market.ReservedNotional == 0 ? 0 : market.ReservedNotional * ((1m / market.Leverage) + _options.TakerFeeRate);

    /// <summary>Computes what is free for new margin; it can be below 0.</summary>
    /// <param name="without">A market whose position is left out, as if it did not exist, or <see langword="null"/>.</param>
    /// <param name="countProfit">Whether unrealised profit may serve as margin; losses always count.</param>
    internal decimal Available(SimulatedMarket? without = null, bool countProfit = true)
    {
        var available = Balance;
        foreach (var market in _markets)
        {
            if (market.ReservedNotional != 0)
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
                available += (countProfit ? profit : Math.Min(0, profit)) - market.InitialMargin;
            }
        }

        return available;
    }

    /// <summary>Computes what would be free if a market's position were closed at a price.</summary>
    internal decimal AvailableIfClosed(SimulatedMarket market, decimal price)
    {
        var proceeds = market.Position.ProfitAt(price);
        var fee = Math.Abs(market.Position.Quantity) * price * _options.TakerFeeRate;
        return Available(without: market, countProfit: !market.IsIsolated) - fee + (market.IsIsolated ? Math.Max(0, market.IsolatedWallet + proceeds) : proceeds);
    }

    internal decimal? LiquidationPrice(SimulatedMarket market)
    {
        if (market.Position.IsFlat)
        {
            return null;
        }

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

        return market.LiquidationPrice(collateral);
    }

    /// <summary>Pays or receives one funding payment, or only pays it.</summary>
    internal void PayFunding(SimulatedMarket market, decimal quantity, decimal price, decimal rate, long time)
    {
        var amount = RoundDown(-(quantity * price * rate));
        if (market.IsIsolated)
        {
            // Never more than the position's own margin; the position is liquidated next.
            amount = Math.Max(amount, -Math.Max(0, market.IsolatedWallet));
            market.IsolatedWallet += amount;
        }

        Book(market, LedgerEntryKind.Funding, amount, time);
        CoverDeficit(market, time);
    }

    internal void CoverDeficit(SimulatedMarket market, long time)
    {
        if (Balance < 0)
        {
            Book(market, LedgerEntryKind.Insurance, -Balance, time);
        }
    }

    internal void Book(SimulatedMarket market, LedgerEntryKind kind, decimal amount, long time)
    {
        if (amount == 0)
        {
            return;
        }

        Balance += amount;
        ref var entry = ref _ledger.Add();
        entry = new LedgerRow { Time = time, Market = market.Index, Kind = kind, Amount = amount };
        Observer?.BalanceChanged(entry);
    }
}
