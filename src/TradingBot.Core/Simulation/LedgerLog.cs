namespace TradingBot.Simulation;

/// <summary>Every change of an account's balance, in the order in which they were booked.</summary>
internal sealed class LedgerLog(SimulatedMarket[] markets) : RowLog<LedgerRow, LedgerEntry>
{
    protected override LedgerEntry ToItem(int index, in LedgerRow row) =>
        new(DateTimeOffset.FromUnixTimeMilliseconds(row.Time), markets[row.Market].Symbol, row.Kind, row.Amount);
}
