namespace TradingBot.Simulation;

/// <summary>A <see cref="RowLog{TRow, TItem}"/> of which the rows themselves are asked for.</summary>
internal sealed class RowList<TRow> : RowLog<TRow, TRow>
    where TRow : struct
{
    protected override TRow ToItem(int index, in TRow row) => row;
}
