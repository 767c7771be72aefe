using System.Globalization;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;

namespace TradingBot.Journal;

/// <summary>Replays a journal through the backtester and says where the two part.</summary>
public static class ParityCheck
{
    /// <summary>Compares a bot's journal with a backtest that sees the same bars and forecasts.</summary>
    /// <param name="entries">A bot's entries, oldest first. The comparison begins with the first decision on a flat account.</param>
    /// <param name="strategy">The strategy that decided.</param>
    /// <param name="bars">The exchange's bars as they are known now, to find what it has revised; <see langword="null"/> to take those of the journal.</param>
    /// <param name="funding">What funding the backtest pays; the backtester's default unless given.</param>
    /// <exception cref="ArgumentException">The journal holds fewer than two decisions from a flat account on, the settings changed within it, or the bars do not
    /// reach over them.</exception>
    public static ParityReport Run(IReadOnlyList<JournalEntry> entries, IStrategy strategy, BarSeries? bars = null, FundingSchedule? funding = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(strategy);
        var span = RecordedSpan.Of(entries);
        var known = bars is null ? span.Bars : Cut(bars, span);
        var recorded = Replay(span, span.Bars, strategy, funding);
        var replayed = bars is null ? recorded : Replay(span, known, strategy, funding);
        return new ParityReport
        {
            From = span.First.BarOpenTime,
            To = span.Last.BarOpenTime,
            Decisions = span.Decisions.Count,
            FirstDifference = FirstDifference(span, known, replayed),
            Money = Money(span, entries, recorded, replayed),
        };
    }

    private static BarSeries Cut(BarSeries bars, RecordedSpan span)
    {
        var known = bars.Between(span.Bars.OpenTimeAt(0), span.Last.BarOpenTime + span.Bars.Interval.Length);
        return known.OpenTimes.SequenceEqual(span.Bars.OpenTimes)
            ? known
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected the bars that the journal holds ({span.Bars}), found {known}."), nameof(bars));
    }

    private static Replayed Replay(RecordedSpan span, BarSeries bars, IStrategy strategy, FundingSchedule? funding)
    {
        var prices = new double[bars.Count];
        for (var i = 0; i < prices.Length; i++)
        {
            prices[i] = span.Decisions.TryGetValue(bars.OpenTimeAt(i), out var decision) && decision.Forecast is { } forecast ? forecast.Price : double.NaN;
        }

        var horizon = span.Decisions.Values.FirstOrDefault(decision => decision.Forecast is not null)?.Forecast?.Horizon ?? 1;
        var observed = new ObservedStrategy(strategy, span.First.BarOpenTime);
        var options = span.ToBacktestOptions();
        var result = new Backtester(funding is null ? options : options with { Funding = funding }).Run(bars, new ForecastSeries(bars, prices, horizon), observed);
        return new Replayed(result, observed.Decisions);
    }

    private static DecisionDifference? FirstDifference(RecordedSpan span, BarSeries bars, Replayed replayed)
    {
        for (var i = bars.IndexAtOrAfter(span.First.BarOpenTime); i < bars.Count; i++)
        {
            var time = bars.OpenTimeAt(i);
            if (!replayed.Decisions.TryGetValue(time, out var other))
            {
                continue;
            }

            if (!span.Decisions.TryGetValue(time, out var live))
            {
                if (other.Decision.Action == DecisionAction.None)
                {
                    continue;
                }

                return Difference(time, null, other, "the bot did not decide this bar");
            }

            if (live.Decision != other.Decision)
            {
                return Difference(time, live, other, Why(live, other, bars));
            }
        }

        return null;
    }

    private static DecisionDifference Difference(DateTimeOffset time, DecisionEntry? live, ObservedDecision other, string reason) => new()
    {
        BarOpenTime = time,
        Recorded = live is null ? null : Text(live.Decision),
        Replayed = Text(other.Decision),
        Reason = reason,
    };

    private static string Why(DecisionEntry live, ObservedDecision other, BarSeries bars)
    {
        for (var i = 0; i < live.Bars.Count; i++)
        {
            var now = bars.IndexAtOrAfter(live.Bars.OpenTimeAt(i));
            if (now < bars.Count && !Same(live.Bars, i, bars, now))
            {
                return string.Create(CultureInfo.InvariantCulture, $"the exchange has revised the bar of {live.Bars.OpenTimeAt(i):u} since");
            }
        }

        if (live.Account.Position != other.Position)
        {
            return $"the bot held {live.Account.Position}, the backtest {other.Position}";
        }

        return live.Memory.IsTripped
            ? "a limit had stopped the bot"
            : live.Account.Balance != other.Balance
                ? string.Create(CultureInfo.InvariantCulture, $"the bot's balance was {live.Account.Balance}, the backtest's {other.Balance}")
                : "the same inputs were decided otherwise: strategy or settings are not those that decided";
    }

    private static bool Same(BarSeries one, int i, BarSeries other, int j) =>
        one.OpenTimes[i] == other.OpenTimes[j] && one.Opens[i].Equals(other.Opens[j]) && one.Highs[i].Equals(other.Highs[j])
        && one.Lows[i].Equals(other.Lows[j]) && one.Closes[i].Equals(other.Closes[j]) && one.Volumes[i].Equals(other.Volumes[j]);

    private static MoneyDifference Money(RecordedSpan span, IReadOnlyList<JournalEntry> entries, Replayed recorded, Replayed replayed)
    {
        var live = LiveAccount.Of(span, entries);
        var options = recorded.Result.Options;
        var liveFee = live.Fills.Sum(fill => fill.Quantity * fill.Price * (fill.IsMaker ? options.MakerFee : options.TakerFee));
        var funding = live.BalanceChange - live.RealizedProfit + liveFee;
        var price = 0m;
        foreach (var fill in live.Fills)
        {
            var twins = recorded.Result.Fills.Where(twin => twin.ClientOrderId == fill.ClientOrderId).ToArray();
            if (twins.Length > 0)
            {
                var quantity = twins.Sum(twin => twin.Quantity);
                var average = twins.Sum(twin => twin.Quantity * twin.Price) / quantity;
                price += Math.Min(quantity, fill.Quantity) * (average - fill.Price) * (fill.Side == Side.Buy ? 1 : -1);
            }
        }

        var fee = recorded.Fees - liveFee;
        var revised = recorded.EquityChange - replayed.EquityChange;
        return new MoneyDifference
        {
            Recorded = live.EquityChange,
            Replayed = replayed.EquityChange,
            Price = price,
            Fee = fee,
            Funding = funding - recorded.Funding,
            RevisedData = revised,
            Timing = live.EquityChange - recorded.EquityChange - price - fee - (funding - recorded.Funding),
        };
    }

    private static string Text(in Decision decision) => decision.Reason is null ? decision.Action.ToString() : $"{decision.Action} ({decision.Reason})";
}
