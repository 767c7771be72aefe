using TradingBot.Strategies;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>Decides by random weights on what it sees, and notes what that was.</summary>
internal sealed class WhimsicalStrategy : IStrategy
{
    private readonly double[] _weights;
    private readonly double _forecastWeight;
    private readonly double _threshold;
    private readonly double? _limitDistance;

    public WhimsicalStrategy(int seed)
    {
        var random = new Random(seed);
        Lookback = random.Next(1, 20);
        _weights = [.. Enumerable.Range(0, Lookback - 1).Select(_ => random.NextDouble() - 0.5)];
        _forecastWeight = random.NextDouble() - 0.5;
        // From one that acts at every bar to one that acts at one in hundreds.
        _threshold = 0.03 * Math.Pow(random.NextDouble(), 2);
        _limitDistance = random.Next(3) == 0 ? random.NextDouble() * 0.01 : null;
    }

    public int Lookback { get; }

    public List<(string Seen, Decision Decided)> Notes { get; } = [];

    public Decision Decide(in StrategyContext context)
    {
        var decision = DecisionOf(context);
        Notes.Add((
            FormattableString.Invariant(
                $"{context.BarOpenTime:u} {context.Time:u} {context.Symbol} {context.Bars.Count} {context.Bars.Closes[0]:R} {context.Price:R} {context.Forecast} {context.Position} {context.Balance} {context.Equity}"),
            decision));
        return decision;
    }

    private Decision DecisionOf(in StrategyContext context)
    {
        var closes = context.Bars.Closes;
        var score = _forecastWeight * (context.Forecast?.Return ?? 0);
        for (var i = 0; i < _weights.Length; i++)
        {
            score += _weights[i] * ((closes[i + 1] / closes[i]) - 1);
        }

        var limit = _limitDistance * -Math.Sign(score);
        var price = limit is { } distance ? (decimal?)((decimal)context.Price * (1 + (decimal)distance)) : null;
        return score > _threshold ? Decision.Long with { LimitPrice = price }
            : score < -_threshold ? Decision.Short with { LimitPrice = price }
            : Math.Abs(score) < _threshold / 100 ? Decision.Close.Because("nothing to expect") : Decision.None;
    }
}
