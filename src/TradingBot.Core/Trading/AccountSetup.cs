using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>How the account must be set for a symbol before the first order. Positions are always one-way: one signed quantity per symbol.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Leverage">Notional per margin; from 1 to 125, and no more than the exchange allows for the symbol.</param>
/// <param name="MarginMode">What stands behind the position.</param>
public sealed record AccountSetup(Symbol Symbol, int Leverage, MarginMode MarginMode);
