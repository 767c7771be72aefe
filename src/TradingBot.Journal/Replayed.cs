using TradingBot.Backtesting;
using TradingBot.Simulation;

namespace TradingBot.Journal;

/// <summary>A backtest over a journal's span, before the orders of its last bar.</summary>
internal sealed record Replayed(BacktestResult Result, IReadOnlyDictionary<DateTimeOffset, ObservedDecision> Decisions)
{
    private const int MoneyDecimals = 8;

    public decimal EquityChange => decimal.Round((decimal)Result.Equity.Span[^1], MoneyDecimals) - Result.Options.InitialBalance;

    public decimal Fees => -Sum(LedgerEntryKind.Fee);

    public decimal Funding => Sum(LedgerEntryKind.Funding);

    private decimal Sum(LedgerEntryKind kind) => Result.Ledger.Where(entry => entry.Kind == kind).Sum(entry => entry.Amount);
}
