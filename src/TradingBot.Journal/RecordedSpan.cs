using System.Globalization;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Journal;

/// <summary>The decisions of a journal that are compared, and the bars that they saw.</summary>
internal sealed class RecordedSpan
{
    private RecordedSpan(IReadOnlyList<DecisionEntry> decisions)
    {
        (First, Last) = (decisions[0], decisions[^1]);
        // A bar that was decided again, after its memory was lost, counts as it was decided first: its orders have that one's ids.
        Decisions = decisions.GroupBy(decision => decision.BarOpenTime).ToDictionary(group => group.Key, group => group.First());
        Bars = Join(decisions);
    }

    public DecisionEntry First { get; }

    public DecisionEntry Last { get; }

    public IReadOnlyDictionary<DateTimeOffset, DecisionEntry> Decisions { get; }

    public BarSeries Bars { get; }

    public static RecordedSpan Of(IReadOnlyList<JournalEntry> entries)
    {
        var decisions = entries.OfType<DecisionEntry>().SkipWhile(decision => !decision.Account.Position.IsFlat).ToArray();
        if (decisions.Length < 2)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected at least two decisions, the first of them on a flat account, found {decisions.Length}."), nameof(entries));
        }

        return Array.Find(decisions, decision => decision.OptionsHash != decisions[0].OptionsHash) is { } changed
            ? throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The settings changed before the bar of {changed.BarOpenTime:u}; compare the spans before and after it apart."), nameof(entries))
            : new RecordedSpan(decisions);
    }

    /// <summary>Trades as the bot did.</summary>
    public BacktestOptions ToBacktestOptions() => new()
    {
        Trade = First.Settings,
        InitialBalance = First.Account.Balance,
        MakerFee = Number(nameof(TradingBotOptions.MakerFee)),
        TakerFee = Number(nameof(TradingBotOptions.TakerFee)),
        Slippage = Number(nameof(TradingBotOptions.Slippage)),
        MarginMode = First.Options.TryGetValue(nameof(TradingBotOptions.MarginMode), out var mode) ? Enum.Parse<MarginMode>(mode) : MarginMode.Isolated,
        AllowThresholdBelowCosts = true,
        RunsOptimistically = false,
    };

    private static BarSeries Join(IReadOnlyList<DecisionEntry> decisions)
    {
        var bars = new SortedDictionary<DateTimeOffset, Bar>();
        foreach (var bar in decisions.SelectMany(decision => decision.Bars))
        {
            // As it was seen first: that is what was decided on.
            bars.TryAdd(bar.OpenTime, bar);
        }

        return BarSeries.Create(decisions[0].Symbol, decisions[0].Bars.Interval, GapPolicy.Flag, bars.Values);
    }

    private decimal Number(string name) => First.Options.TryGetValue(name, out var text)
        ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
        : throw new ArgumentException($"The journal's options hold no {name}.");
}
