using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Training.Data;

/// <summary>The windows of a series that a network can learn from or be judged by, with the closes that came after each.</summary>
/// <remarks>A window is a sample where all its bars, the one before it if the scaling reads it, and all its targets follow each other without a missing bar, and
/// where every exogenous value is known at every bar of it. Bars before the first publication of a series, or with none young enough, give no samples;
/// <see cref="WindowsWithoutValues"/> counts them.</remarks>
public sealed class Dataset
{
    private readonly double[][] _exogenous;
    private readonly int[] _ends;

    private Dataset(BarSeries bars, DatasetOptions options, double[][] exogenous)
    {
        (Bars, Options, _exogenous) = (bars, options, exogenous);
        List<int> ends = [];
        for (var end = WindowBars - 1; end < bars.Count - options.Steps; end++)
        {
            if (!IsUnbroken(end - WindowBars + 1, end + options.Steps))
            {
                continue;
            }

            if (HasValues(end))
            {
                ends.Add(end);
            }
            else
            {
                WindowsWithoutValues++;
            }
        }

        _ends = [.. ends];
    }

    /// <summary>Gets the bars.</summary>
    public BarSeries Bars { get; }

    /// <summary>Gets what a network reads and forecasts.</summary>
    public DatasetOptions Options { get; }

    /// <summary>Gets the number of samples; 1 or more.</summary>
    public int Count => _ends.Length;

    /// <summary>Gets the number of windows that are no samples because an exogenous value is not known at one of their bars.</summary>
    public int WindowsWithoutValues { get; }

    /// <summary>Gets the last bar of each sample's window, oldest first.</summary>
    public ReadOnlySpan<int> WindowEnds => _ends;

    /// <summary>Gets how many bars a window reads, what the scaling reads before it included.</summary>
    private int WindowBars => Options.Window + Options.ExtraBars;

    /// <summary>Finds the samples of a series.</summary>
    /// <param name="bars">The bars, oldest first.</param>
    /// <param name="options">What a network reads and forecasts.</param>
    /// <param name="exogenous">The series that the options name; others are ignored.</param>
    /// <exception cref="ArgumentException">An option is outside its range, a feature is unknown, or a series is missing.</exception>
    /// <exception cref="TrainingException">There is no sample: the window is longer than the data, bars are missing everywhere, or exogenous values are.</exception>
    public static Dataset Create(BarSeries bars, DatasetOptions options, params IEnumerable<ExogenousSeries> exogenous)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(exogenous);
        options.Check();
        var source = new FixedExogenousSource(exogenous);
        var dataset = new Dataset(bars, options, [.. options.Exogenous.Select(feature => SeriesOf(source, feature).JoinTo(bars, feature.MaxAge))]);
        var needed = dataset.WindowBars + options.Steps;
        return dataset.Count > 0 ? dataset : throw new TrainingException(
            $"A window of {dataset.WindowBars} bars and {options.Steps} close(s) after it need {needed} bars in a row; {bars} has "
            + (bars.Count < needed ? "fewer."
                : dataset.WindowsWithoutValues == 0 ? "none, as bars are missing."
                : $"{dataset.WindowsWithoutValues}, and in none are all exogenous values known."));
    }

    /// <summary>Finds the samples to learn from in a part of the series: those that lie inside with window and targets.</summary>
    /// <param name="part">The part.</param>
    /// <returns>The places of the samples, for the other methods; consecutive.</returns>
    public Range Samples(BarRange part)
    {
        CheckPart(part);
        return Between(part.Start + WindowBars - 1, part.End - Options.Steps);
    }

    /// <summary>Finds the samples to judge by in a part of the series: those whose targets lie inside. Their windows may begin before it.</summary>
    /// <param name="part">The part.</param>
    /// <returns>The places of the samples, for the other methods; consecutive.</returns>
    public Range SamplesAhead(BarRange part)
    {
        CheckPart(part);
        return Between(part.Start - 1, part.End - Options.Steps);
    }

    /// <summary>Learns the scaling from the training part.</summary>
    /// <param name="train">The training part; nothing outside it is read.</param>
    /// <exception cref="TrainingException">The part is too small, or a feature or the target is constant in it.</exception>
    public DatasetScaling FitScaling(BarRange train)
    {
        CheckPart(train);
        var inputs = new ColumnScale[Options.Features.Count + _exogenous.Length];
        for (var i = 0; i < Options.Features.Count; i++)
        {
            var column = Bars.Column(Options.Features[i]);
            inputs[i] = ColumnScale.Fit(
                Options.Scaling == InputScaling.LogReturn ? $"The log return of {Options.Features[i]}" : Options.Features[i].ToString(),
                Options.Scaling == InputScaling.LogReturn ? LogReturns(column, train) : column[train.Start..train.End].ToArray(),
                Options.Scaling);
        }

        for (var i = 0; i < _exogenous.Length; i++)
        {
            inputs[Options.Features.Count + i] = ColumnScale.Fit(
                $"The series '{Options.Exogenous[i].Name}'",
                Array.FindAll(_exogenous[i][train.Start..train.End], value => !double.IsNaN(value)),
                Options.ExogenousScaling);
        }

        return new DatasetScaling(Options, inputs, FitTargets(train));
    }

    /// <summary>Scales samples for training.</summary>
    /// <param name="samples">The samples, as <see cref="Samples"/> finds them.</param>
    /// <param name="scaling">The scaling, learned from the training part.</param>
    /// <exception cref="TrainingException">There are no samples in the range.</exception>
    public TrainingData ToTrainingData(Range samples, DatasetScaling scaling)
    {
        ArgumentNullException.ThrowIfNull(scaling);
        var (first, count) = samples.GetOffsetAndLength(Count);
        if (count == 0)
        {
            throw new TrainingException($"The part holds no window of {WindowBars} bars with {Options.Steps} close(s) after it; expected one or more.");
        }

        var width = Options.Features.Count + _exogenous.Length;
        var inputs = new float[count * Options.Window * width];
        var targets = new float[count * Options.Steps];
        for (var sample = 0; sample < count; sample++)
        {
            var end = _ends[first + sample];
            for (var column = 0; column < width; column++)
            {
                var values = ColumnAt(column);
                for (var i = 0; i < Options.Window; i++)
                {
                    var bar = end - Options.Window + 1 + i;
                    inputs[(((sample * Options.Window) + i) * width) + column] = scaling.ScaleInput(column, values[bar], values[Math.Max(0, bar - 1)]);
                }
            }

            for (var step = 0; step < Options.Steps; step++)
            {
                targets[(sample * Options.Steps) + step] = scaling.ScaleTarget(step, Target(end, step));
            }
        }

        return new TrainingData(inputs, targets, Options.Window, width, Options.Steps);
    }

    /// <summary>Describes a model that is trained on a part of the series.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="seen">All that the model has seen, its validation part included.</param>
    /// <param name="horizon">Which of the forecast closes the model is used for, counted from 1; at most <see cref="DatasetOptions.Steps"/>.</param>
    public ModelCard CreateCard(string name, BarRange seen, int horizon = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        CheckPart(seen);
        ArgumentOutOfRangeException.ThrowIfZero(seen.Count, nameof(seen));
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(horizon, Options.Steps);
        return new ModelCard
        {
            Name = name,
            Features = Options.Features,
            Exogenous = Options.Exogenous,
            Window = WindowBars,
            Horizon = horizon,
            Interval = Bars.Interval,
            Symbol = Bars.Symbol,
            TrainedFrom = Bars.OpenTimeAt(seen.Start),
            TrainedTo = Bars.CloseTimeAt(seen.End - 1),
        };
    }

    private static ExogenousSeries SeriesOf(FixedExogenousSource source, ExogenousFeature feature) => source.GetSeries(feature.Name)
        ?? throw new ArgumentException($"The options name the series '{feature.Name}': expected it among the series given, found none of that name.");

    private void CheckPart(BarRange part) => ArgumentOutOfRangeException.ThrowIfGreaterThan(part.End, Bars.Count, nameof(part));

    private Range Between(int firstEnd, int lastEndExclusive)
    {
        var first = PlaceOf(firstEnd);
        return first..Math.Max(first, PlaceOf(lastEndExclusive));
    }

    private int PlaceOf(int end)
    {
        var found = Array.BinarySearch(_ends, end);
        return found < 0 ? ~found : found;
    }

    private ReadOnlySpan<double> ColumnAt(int column) =>
        column < Options.Features.Count ? Bars.Column(Options.Features[column]) : _exogenous[column - Options.Features.Count];

    private double Target(int end, int step)
    {
        var close = Bars.Closes[end + step + 1];
        return Options.Target == TargetKind.Price ? close : Math.Log(close / Bars.Closes[end]);
    }

    private ColumnScale[] FitTargets(BarRange train)
    {
        if (Options.Target == TargetKind.Price)
        {
            var kind = Options.Scaling == InputScaling.LogReturn ? InputScaling.ZScore : Options.Scaling;
            var scale = ColumnScale.Fit("Close", Bars.Closes[train.Start..train.End].ToArray(), kind);
            return [.. Enumerable.Repeat(scale, Options.Steps)];
        }

        var ends = _ends[Samples(train)];
        return [.. Enumerable.Range(0, Options.Steps).Select(step => ColumnScale.Fit(
            $"The log return of {BarFeature.Close} over {step + 1} bar(s)", Array.ConvertAll(ends, end => Target(end, step)), InputScaling.ZScore) with { Shift = 0 })];
    }

    private double[] LogReturns(ReadOnlySpan<double> column, BarRange part)
    {
        List<double> returns = [];
        for (var bar = part.Start + 1; bar < part.End; bar++)
        {
            if (IsUnbroken(bar - 1, bar))
            {
                returns.Add(DatasetScaling.LogReturn(column[bar - 1], column[bar]));
            }
        }

        return [.. returns];
    }

    private bool IsUnbroken(int first, int last) =>
        Bars.OpenTimes[last] - Bars.OpenTimes[first] == (last - first) * (Bars.Interval.Length.Ticks / TimeSpan.TicksPerMillisecond);

    private bool HasValues(int end) =>
        Array.TrueForAll(_exogenous, column => !Array.Exists(column[(end - WindowBars + 1)..(end + 1)], double.IsNaN));
}
