using TradingBot.Trading;
using static System.FormattableString;

namespace TradingBot.Simulation;

/// <summary>Changes how the account is set for a market, where the exchange allows it. Each change returns why it is refused, or <see langword="null"/>.</summary>
internal static class AccountSettings
{
    internal static string? SetLeverage(SimulatedMarket market, SimulatedWallet wallet, int leverage)
    {
        var (tiers, symbol, before) = (market.Listing.MarginTiers, market.Symbol, market.Leverage);
        if (leverage == before)
        {
            return null;
        }

        if (leverage < 1 || leverage > tiers.MaxLeverage)
        {
            return Invariant($"Leverage {leverage} is not valid for {symbol}: expected 1 to {tiers.MaxLeverage}.");
        }

        if (market.IsIsolated && !market.Position.IsFlat && leverage < before)
        {
            return Invariant($"The leverage of {symbol} cannot be lowered from {before} to {leverage} under an isolated position.");
        }

        var used = market.Notional + market.ReservedNotional;
        if (used > tiers.MaxNotional(leverage))
        {
            return Invariant($"Leverage {leverage} allows a notional value of {tiers.MaxNotional(leverage)} in {symbol}; {used:0.########} is held or ordered.");
        }

        market.Leverage = leverage;
        if (leverage > before || wallet.Available() >= 0)
        {
            return null;
        }

        market.Leverage = before;
        return Invariant($"Leverage {leverage} needs more margin for {symbol} than is available.");
    }

    internal static string? SetMarginMode(SimulatedMarket market, MarginMode mode)
    {
        if (!Enum.IsDefined(mode))
        {
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "Expected Isolated or Cross.");
        }

        if (mode == market.MarginMode)
        {
            return null;
        }

        if (market.Orders.Count > 0 || !market.Position.IsFlat)
        {
            return Invariant($"The margin mode of {market.Symbol} cannot be changed while there is {(market.Position.IsFlat ? "an open order" : "a position")}.");
        }

        market.MarginMode = mode;
        return null;
    }
}
