using TradingBot.Market;

namespace TradingBot.Prediction.Evaluation;

/// <summary>What a forecaster is worth, against persistence, "the next close is this close", on the same bars.</summary>
/// <remarks>
/// <para><b>Verdict.</b> <see cref="ForecastVerdict.Skill"/> when the mean squared error of the log returns is below persistence's and the Diebold-Mariano test
/// gives a one-sided p value of at most <see cref="DecisionLevel"/>. Otherwise <see cref="ForecastVerdict.Echo"/> when the forecast is the last close, or follows the price with a
/// delay of one bar or more (<see cref="ForecastLag"/>, significant), and <see cref="ForecastVerdict.NoSkill"/> when it does neither.</para>
/// <para><b>Level.</b> Of forecasts without skill, at most <see cref="Level"/> are called skilled. The test decides at half of that, as it is approximate for
/// errors with heavy tails, changing variance or overlap. It says nothing about a model chosen as the best of many on these bars.</para>
/// <para>Log returns are judged, not prices: of prices that grew a hundredfold, only the last would count.</para>
/// </remarks>
public sealed class ForecastReport
{
    /// <summary>The share of forecasts without skill that are called skilled at most.</summary>
    public const double Level = 0.05;

    /// <summary>The largest one-sided p value of the Diebold-Mariano test that shows skill.</summary>
    public const double DecisionLevel = Level / 2;

    /// <summary>The fewest forecasts that do not overlap, by which skill can be shown.</summary>
    public const int FewestSamples = 30;

    private ForecastReport(ForecastTimeline timeline, int horizon, int[] places)
    {
        var (bases, forecasts, actuals) = (new double[places.Length], new double[places.Length], new double[places.Length]);
        for (var i = 0; i < places.Length; i++)
        {
            (bases[i], forecasts[i], actuals[i]) = (timeline.Closes[places[i]], timeline.Forecasts[places[i]], timeline.Closes[places[i] + horizon]);
        }

        (Horizon, Samples) = (horizon, places.Length);
        (From, To) = (timeline.CloseTimeAt(places[0]), timeline.CloseTimeAt(places[^1] + horizon));
        (Model, Persistence) = (ForecastErrors.Of(forecasts, actuals), ForecastErrors.Of(bases, actuals));
        (DirectionalAccuracy, UpShare) = Directions(bases, forecasts, actuals, horizon);
        DieboldMariano = DieboldMarianoTest.Compute(LogErrors(forecasts, actuals), LogErrors(bases, actuals), horizon);
        Lag = ForecastLag.Find(Array.ConvertAll(timeline.Closes, Math.Log), Array.ConvertAll(timeline.Forecasts, Math.Log), horizon);
        Verdict = Judge(forecasts.AsSpan().SequenceEqual(bases));
    }

    /// <summary>Gets how many bars ahead the forecasts are.</summary>
    public int Horizon { get; }

    /// <summary>Gets the number of forecasts that were compared with the close that came; 1 or more.</summary>
    public int Samples { get; }

    /// <summary>Gets the close time of the bar of the first forecast, or <see langword="null"/> for numbers without times.</summary>
    public DateTimeOffset? From { get; }

    /// <summary>Gets the close time of the last bar that a forecast was compared with, or <see langword="null"/> for numbers without times.</summary>
    public DateTimeOffset? To { get; }

    /// <summary>Gets the errors of the forecasts.</summary>
    public ForecastErrors Model { get; }

    /// <summary>Gets the errors of "the close at the horizon is this close", for the same bars.</summary>
    public ForecastErrors Persistence { get; }

    /// <summary>Gets Theil's U, the ratio of the model's error to persistence's: the roots of the mean squared errors of the log returns.</summary>
    /// <remarks>Theil (1966), Applied economic forecasting, chapter 2, compares relative changes; the log return is the relative change that adds up over bars.</remarks>
    /// <value>Below 1 is better than persistence; <see langword="null"/> when the price never moved.</value>
    public double? TheilU => Persistence.LogReturnRmse > 0 ? Model.LogReturnRmse / Persistence.LogReturnRmse : null;

    /// <summary>Gets the ratio of the two RMSE in the quote asset, in which bars with high prices count most.</summary>
    /// <value><see langword="null"/> when the price never moved.</value>
    public double? RmseRatio => Persistence.Rmse > 0 ? Model.Rmse / Persistence.Rmse : null;

    /// <summary>Gets the share of the forecasts with the right direction among those where forecast and close both moved, and its 95 % interval.</summary>
    /// <value><see langword="null"/> when there are none. For horizons above 1 the interval is that of as many forecasts as do not overlap.</value>
    public ProportionInterval? DirectionalAccuracy { get; }

    /// <summary>Gets the share of the moves that went up, from 0 to 1: the directional accuracy of always saying "up".</summary>
    /// <value><see langword="null"/> when the price never moved.</value>
    public double? UpShare { get; }

    /// <summary>Gets the test of the squared errors of the log returns against those of persistence.</summary>
    /// <value><see langword="null"/> when it cannot be computed, as for persistence itself.</value>
    public DieboldMarianoTest? DieboldMariano { get; }

    /// <summary>Gets the delay with which the forecasts follow the price.</summary>
    /// <value><see langword="null"/> when there are too few changes to compare, as for a constant forecast.</value>
    public ForecastLag? Lag { get; }

    /// <summary>Gets the verdict.</summary>
    public ForecastVerdict Verdict { get; }

    /// <summary>Gets the verdict as a person would say it, with the figures it rests on.</summary>
    public string Sentence => ForecastSentence.Of(this);

    /// <summary>Gets whether there are enough forecasts for skill to be shown.</summary>
    internal bool HasEnoughSamples => Samples >= FewestSamples * Horizon;

    /// <summary>Lets a model forecast bars and judges it on those that it has not been trained on.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="bars">Closed bars, oldest first.</param>
    /// <exception cref="ArgumentException">No forecast can be compared with what came.</exception>
    /// <exception cref="ModelException">The model failed.</exception>
    public static ForecastReport Evaluate(IPredictor predictor, BarSeries bars)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return Evaluate(predictor.PredictSeries(bars), predictor.Card);
    }

    /// <summary>Judges forecasts.</summary>
    /// <param name="forecasts">The forecasts.</param>
    /// <param name="card">The description of the model, by which forecasts made before the end of its training part are left out; <see langword="null"/>
    /// to judge all of them, as where each was made by a model that had not seen what came.</param>
    /// <exception cref="ArgumentException">No forecast can be compared with what came.</exception>
    public static ForecastReport Evaluate(ForecastSeries forecasts, ModelCard? card = null)
    {
        ArgumentNullException.ThrowIfNull(forecasts);
        return Create(
            ForecastTimeline.Of(forecasts, card?.TrainedTo),
            forecasts.Horizon,
            card?.TrainedTo is { } to ? $"{forecasts.Bars}, where the model's training part ends at {to:u}" : forecasts.Bars.ToString());
    }

    /// <summary>Judges forecasts of a series without times.</summary>
    /// <param name="closes">The closes, oldest first, each above 0.</param>
    /// <param name="forecasts">For each close the forecast made at it, above 0; NaN for none.</param>
    /// <param name="horizon">How many places ahead the forecasts are; 1 or more.</param>
    /// <exception cref="ArgumentException">The lengths differ, a number is not above 0, or no forecast can be compared with what came.</exception>
    public static ForecastReport Evaluate(ReadOnlySpan<double> closes, ReadOnlySpan<double> forecasts, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (closes.Length != forecasts.Length)
        {
            throw new ArgumentException($"Expected one forecast per close, {closes.Length}, found {forecasts.Length}.", nameof(forecasts));
        }

        for (var i = 0; i < closes.Length; i++)
        {
            if (!(closes[i] > 0) || double.IsInfinity(closes[i]) || forecasts[i] <= 0 || double.IsInfinity(forecasts[i]))
            {
                throw new ArgumentException($"Expected a close above 0 and a forecast above 0 or NaN at {i}, found {closes[i]} and {forecasts[i]}.");
            }
        }

        return Create(ForecastTimeline.Of(closes, forecasts), horizon, $"{closes.Length} closes");
    }

    /// <summary>Gets what a model's card keeps of this report.</summary>
    public ModelSkill ToSkill() => new(Verdict, Samples)
    {
        TheilU = TheilU,
        DirectionalAccuracy = DirectionalAccuracy?.Share,
        From = From,
        To = To,
    };

    /// <summary>Returns <see cref="Sentence"/>.</summary>
    public override string ToString() => Sentence;

    private static ForecastReport Create(ForecastTimeline timeline, int horizon, string source)
    {
        var places = Enumerable.Range(0, Math.Max(0, timeline.Closes.Length - horizon))
            .Where(i => !double.IsNaN(timeline.Closes[i]) && !double.IsNaN(timeline.Forecasts[i]) && !double.IsNaN(timeline.Closes[i + horizon]))
            .ToArray();
        return places.Length > 0
            ? new ForecastReport(timeline, horizon, places)
            : throw new ArgumentException($"Expected at least one forecast whose close, {horizon} bar(s) later, is known; found none in {source}.");
    }

    private static double[] LogErrors(double[] forecasts, double[] actuals) =>
        [.. forecasts.Zip(actuals, (forecast, actual) => Math.Log(actual / forecast))];

    private static (ProportionInterval? Accuracy, double? UpShare) Directions(double[] bases, double[] forecasts, double[] actuals, int horizon)
    {
        var (hits, calls, ups, moves) = (0, 0, 0, 0);
        for (var i = 0; i < bases.Length; i++)
        {
            var (said, came) = (Math.Sign(forecasts[i] - bases[i]), Math.Sign(actuals[i] - bases[i]));
            if (came == 0)
            {
                continue;
            }

            moves++;
            ups += came > 0 ? 1 : 0;
            calls += said != 0 ? 1 : 0;
            hits += said == came ? 1 : 0;
        }

        return (calls == 0 ? null : ProportionInterval.Wilson(hits, calls, horizon), moves == 0 ? null : (double)ups / moves);
    }

    private ForecastVerdict Judge(bool isLastClose)
    {
        if (HasEnoughSamples && DieboldMariano is { Statistic: > 0, PValue: <= DecisionLevel })
        {
            return ForecastVerdict.Skill;
        }

        return isLastClose || Lag is { Bars: > 0, IsSignificant: true } ? ForecastVerdict.Echo : ForecastVerdict.NoSkill;
    }
}
