using TradingBot.Simulation;

namespace TradingBot.FakeBinance.Venue;

/// <summary>A change of the balance as the exchange lists it.</summary>
internal sealed class IncomeRecord(long id, LedgerEntry entry)
{
    internal long Id => id;

    internal long Time => entry.Time.ToUnixTimeMilliseconds();

    internal decimal Amount => entry.Amount;

    internal string Type => entry.Kind switch
    {
        LedgerEntryKind.RealizedProfit => "REALIZED_PNL",
        LedgerEntryKind.Fee => "COMMISSION",
        LedgerEntryKind.Funding => "FUNDING_FEE",
        _ => "INSURANCE_CLEAR",
    };

    /// <summary>Gets or sets the trade that caused it, or <see langword="null"/> for funding.</summary>
    internal long? TradeId { get; set; }
}
