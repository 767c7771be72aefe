using System.Globalization;
using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>The form in which a model's file carries its <see cref="ModelCard"/>: the entries of the ONNX metadata whose keys begin with "tradingbot.".</summary>
/// <remarks>The content hash is not among them, as it is computed from the file. Entries with other keys are left alone.</remarks>
public static class ModelCardMetadata
{
    /// <summary>The key whose presence says that there is a card; its value is the version of the format, 1.</summary>
    public const string VersionKey = Prefix + "card.version";

    private const string Prefix = "tradingbot.";
    private const string Version = "1";
    private const string NameKey = Prefix + "name";
    private const string FeaturesKey = Prefix + "features";
    private const string WindowKey = Prefix + "window";
    private const string HorizonKey = Prefix + "horizon";
    private const string IntervalKey = Prefix + "interval";
    private const string ScalingKey = Prefix + "scaling";
    private const string MinimumsKey = Prefix + "scaling.minimums";
    private const string MaximumsKey = Prefix + "scaling.maximums";
    private const string MeansKey = Prefix + "scaling.means";
    private const string DeviationsKey = Prefix + "scaling.deviations";
    private const string BarsKey = Prefix + "scaling.bars";
    private const string OutputKey = Prefix + "output";
    private const string SymbolKey = Prefix + "symbol";
    private const string TrainedFromKey = Prefix + "trained_from";
    private const string TrainedToKey = Prefix + "trained_to";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    private static readonly (BarFeature Value, string Text)[] Features =
    [
        (BarFeature.Open, "open"), (BarFeature.High, "high"), (BarFeature.Low, "low"), (BarFeature.Close, "close"), (BarFeature.Volume, "volume"),
    ];

    private static readonly (ModelOutput Value, string Text)[] Outputs =
    [
        (ModelOutput.Price, "price"), (ModelOutput.ScaledPrice, "scaled-price"), (ModelOutput.Return, "return"),
        (ModelOutput.LogReturn, "log-return"), (ModelOutput.Direction, "direction"),
    ];

    /// <summary>Writes a card as metadata entries.</summary>
    /// <param name="card">The card; its content hash is left out.</param>
    /// <returns>The entries. Reading them back gives an equal card.</returns>
    /// <exception cref="ModelException">The card could not be read back: a value is outside its range.</exception>
    public static Dictionary<string, string> ToMetadata(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var entries = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [VersionKey] = Version,
            [NameKey] = card.Name,
            [FeaturesKey] = string.Join(',', card.Features.Select(feature => TextOf(Features, feature))),
            [WindowKey] = card.Window.ToString(CultureInfo.InvariantCulture),
            [HorizonKey] = card.Horizon.ToString(CultureInfo.InvariantCulture),
            [IntervalKey] = card.Interval.ToString(),
            [OutputKey] = TextOf(Outputs, card.Output),
        };
        WriteScaling(entries, card.Scaling);
        if (card.Symbol is { } symbol)
        {
            entries[SymbolKey] = symbol.UnifiedName;
        }

        if (card.TrainedFrom is { } from)
        {
            entries[TrainedFromKey] = from.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        }

        if (card.TrainedTo is { } to)
        {
            entries[TrainedToKey] = to.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        }

        // A file that its own reader refuses must not be written.
        _ = FromMetadata(entries);
        return entries;
    }

    /// <summary>Reads a card from metadata entries.</summary>
    /// <param name="entries">All metadata entries of a model's file.</param>
    /// <returns>The card, or <see langword="null"/> where there is none.</returns>
    /// <exception cref="ModelException">There is a card, but an entry is missing or malformed; the message names its key, what was expected and what was found.</exception>
    public static ModelCard? FromMetadata(IReadOnlyDictionary<string, string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (!entries.TryGetValue(VersionKey, out var version))
        {
            return null;
        }

        if (version != Version)
        {
            throw Malformed(VersionKey, $"'{Version}', the one version that this SDK reads", version);
        }

        var features = Required(entries, FeaturesKey).Split(',').Select(text => ValueOf(FeaturesKey, Features, text)).ToArray();
        if (features.Distinct().Count() != features.Length)
        {
            throw Malformed(FeaturesKey, "each feature once", entries[FeaturesKey]);
        }

        var window = Count(entries, WindowKey, minimum: 1);
        var (from, to) = (Time(entries, TrainedFromKey), Time(entries, TrainedToKey));
        if (from >= to)
        {
            throw Malformed(TrainedToKey, $"an instant after {TrainedFromKey}, {entries[TrainedFromKey]}", entries[TrainedToKey]);
        }

        return new ModelCard
        {
            Name = Required(entries, NameKey) is { Length: > 0 } name ? name : throw Malformed(NameKey, "a name", string.Empty),
            Features = features,
            Window = window,
            Horizon = Count(entries, HorizonKey, minimum: 1),
            Interval = Interval.TryParse(Required(entries, IntervalKey), out var interval)
                ? interval
                : throw Malformed(IntervalKey, $"one of {string.Join(", ", Interval.All)}", entries[IntervalKey]),
            Scaling = ReadScaling(entries, features.Length, window),
            Output = ValueOf(OutputKey, Outputs, Required(entries, OutputKey)),
            Symbol = !entries.TryGetValue(SymbolKey, out var text) ? null
                : Symbol.TryParse(text, out var symbol) ? symbol : throw Malformed(SymbolKey, "a symbol such as BTC/USDT:USDT", text),
            TrainedFrom = from,
            TrainedTo = to,
        };
    }

    private static void WriteScaling(Dictionary<string, string> entries, ModelScaling scaling)
    {
        switch (scaling)
        {
            case ModelScaling.Raw:
                entries[ScalingKey] = "none";
                break;
            case ModelScaling.LogReturn:
                entries[ScalingKey] = "log-return";
                break;
            case ModelScaling.RollingMinMax rolling:
                entries[ScalingKey] = "rolling-min-max";
                entries[BarsKey] = rolling.Bars.ToString(CultureInfo.InvariantCulture);
                break;
            case ModelScaling.MinMax limits:
                entries[ScalingKey] = "min-max";
                entries[MinimumsKey] = Join(limits.Minimums);
                entries[MaximumsKey] = Join(limits.Maximums);
                break;
            case ModelScaling.ZScore moments:
                entries[ScalingKey] = "z-score";
                entries[MeansKey] = Join(moments.Means);
                entries[DeviationsKey] = Join(moments.Deviations);
                break;
            default:
                throw new ModelException($"The scaling {scaling} has no form in a file.");
        }
    }

    private static ModelScaling ReadScaling(IReadOnlyDictionary<string, string> entries, int features, int window)
    {
        switch (Required(entries, ScalingKey))
        {
            case "none":
                return ModelScaling.None;
            case "log-return":
                return new ModelScaling.LogReturn();
            case "rolling-min-max":
                return new ModelScaling.RollingMinMax(Count(entries, BarsKey, minimum: window));
            case "min-max":
                var (minimums, maximums) = (Numbers(entries, MinimumsKey, features), Numbers(entries, MaximumsKey, features));
                return minimums.Zip(maximums).All(limits => limits.First < limits.Second)
                    ? new ModelScaling.MinMax(minimums, maximums)
                    : throw Malformed(MaximumsKey, $"each above its minimum in {entries[MinimumsKey]}", entries[MaximumsKey]);
            case "z-score":
                var (means, deviations) = (Numbers(entries, MeansKey, features), Numbers(entries, DeviationsKey, features));
                return Array.TrueForAll(deviations, deviation => deviation > 0)
                    ? new ModelScaling.ZScore(means, deviations)
                    : throw Malformed(DeviationsKey, "numbers above 0", entries[DeviationsKey]);
            case var other:
                throw Malformed(ScalingKey, "one of none, min-max, rolling-min-max, z-score, log-return", other);
        }
    }

    private static string Required(IReadOnlyDictionary<string, string> entries, string key) =>
        entries.TryGetValue(key, out var text) ? text : throw new ModelException($"The model's metadata has no '{key}', which its card must have.");

    private static int Count(IReadOnlyDictionary<string, string> entries, string key, int minimum) =>
        int.TryParse(Required(entries, key), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= minimum
            ? count
            : throw Malformed(key, $"a whole number of {minimum} or more", entries[key]);

    private static double[] Numbers(IReadOnlyDictionary<string, string> entries, string key, int count)
    {
        var parts = Required(entries, key).Split(',');
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                throw Malformed(key, "finite numbers separated by commas", entries[key]);
            }
        }

        return numbers.Length == count ? numbers : throw Malformed(key, $"{count} number(s), one per feature", entries[key]);
    }

    private static DateTimeOffset? Time(IReadOnlyDictionary<string, string> entries, string key) =>
        !entries.TryGetValue(key, out var text) ? null
            : DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw Malformed(key, "an instant in UTC such as 2024-01-31T00:00:00Z", text);

    private static string Join(IReadOnlyList<double> numbers) =>
        string.Join(',', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    private static string TextOf<T>((T Value, string Text)[] table, T value)
        where T : struct, Enum =>
        Array.Find(table, row => EqualityComparer<T>.Default.Equals(row.Value, value)).Text ?? throw new ModelException($"{value} is not one of {string.Join(", ", table.Select(row => row.Value))}.");

    private static T ValueOf<T>(string key, (T Value, string Text)[] table, string text)
        where T : struct, Enum =>
        Array.FindIndex(table, row => row.Text == text) is var index && index >= 0
            ? table[index].Value
            : throw Malformed(key, $"one of {string.Join(", ", table.Select(row => row.Text))}", text);

    private static ModelException Malformed(string key, string expected, string found) =>
        new($"The model's metadata entry '{key}' is malformed: expected {expected}, found '{found}'.");
}
