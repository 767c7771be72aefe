using System.Globalization;
using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>The form in which a model's file carries its <see cref="ModelCard"/>: the entries of the ONNX metadata whose keys begin with "tradingbot.".</summary>
/// <remarks>The content hash is not among them, as it is computed from the file. Entries with other keys are left alone.</remarks>
public static partial class ModelCardMetadata
{
    /// <summary>The key whose presence says that there is a card; its value is the version of the format, 1.</summary>
    public const string VersionKey = Prefix + "card.version";

    private const string Prefix = "tradingbot.";
    private const string Version = "1";
    private const string NameKey = Prefix + "name";
    private const string FeaturesKey = Prefix + "features";
    private const string ExogenousKey = Prefix + "exogenous";
    private const string MaxAgesKey = Prefix + "exogenous.max_ages";
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
    private const string SkillKey = Prefix + "skill";
    private const string SamplesKey = Prefix + "skill.samples";
    private const string TheilUKey = Prefix + "skill.theil_u";
    private const string DirectionKey = Prefix + "skill.directional_accuracy";
    private const string EvaluatedFromKey = Prefix + "skill.from";
    private const string EvaluatedToKey = Prefix + "skill.to";
    private const string NoLimit = "none";
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

    private static readonly (ForecastVerdict Value, string Text)[] Verdicts =
    [
        (ForecastVerdict.Echo, "echo"), (ForecastVerdict.NoSkill, "no-skill"), (ForecastVerdict.Skill, "skill"),
    ];

    /// <summary>Tells whether a metadata entry belongs to a card.</summary>
    /// <param name="key">The entry's key.</param>
    public static bool IsCardKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith(Prefix, StringComparison.Ordinal);
    }

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
        WriteExogenous(entries, card.Exogenous);
        if (card.Skill is { } skill)
        {
            WriteSkill(entries, skill);
        }

        if (card.Symbol is { } symbol)
        {
            entries[SymbolKey] = symbol.UnifiedName;
        }

        WriteTime(entries, TrainedFromKey, card.TrainedFrom);
        WriteTime(entries, TrainedToKey, card.TrainedTo);

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

        var exogenous = ReadExogenous(entries);
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
            Exogenous = exogenous,
            Window = window,
            Horizon = Count(entries, HorizonKey, minimum: 1),
            Interval = Interval.TryParse(Required(entries, IntervalKey), out var interval)
                ? interval
                : throw Malformed(IntervalKey, $"one of {string.Join(", ", Interval.All)}", entries[IntervalKey]),
            Scaling = ReadScaling(entries, features.Length, exogenous.Length, window),
            Output = ValueOf(OutputKey, Outputs, Required(entries, OutputKey)),
            Symbol = !entries.TryGetValue(SymbolKey, out var text) ? null
                : Symbol.TryParse(text, out var symbol) ? symbol : throw Malformed(SymbolKey, "a symbol such as BTC/USDT:USDT", text),
            TrainedFrom = from,
            TrainedTo = to,
            Skill = ReadSkill(entries),
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

    private static ModelScaling ReadScaling(IReadOnlyDictionary<string, string> entries, int features, int exogenous, int window)
    {
        var inputs = features + exogenous;
        switch (Required(entries, ScalingKey))
        {
            case "none":
                return ModelScaling.None;
            case "log-return":
                // Values from outside may be 0 or below, where a ratio means nothing.
                return exogenous > 0 ? throw Malformed(ScalingKey, "another scaling, or none, for exogenous values", "log-return") : new ModelScaling.LogReturn();
            case "rolling-min-max":
                return new ModelScaling.RollingMinMax(Count(entries, BarsKey, minimum: window));
            case "min-max":
                var (minimums, maximums) = (Numbers(entries, MinimumsKey, inputs), Numbers(entries, MaximumsKey, inputs));
                return minimums.Zip(maximums).All(limits => limits.First < limits.Second)
                    ? new ModelScaling.MinMax(minimums, maximums)
                    : throw Malformed(MaximumsKey, $"each above its minimum in {entries[MinimumsKey]}", entries[MaximumsKey]);
            case "z-score":
                var (means, deviations) = (Numbers(entries, MeansKey, inputs), Numbers(entries, DeviationsKey, inputs));
                return Array.TrueForAll(deviations, deviation => deviation > 0)
                    ? new ModelScaling.ZScore(means, deviations)
                    : throw Malformed(DeviationsKey, "numbers above 0", entries[DeviationsKey]);
            case var other:
                throw Malformed(ScalingKey, "one of none, min-max, rolling-min-max, z-score, log-return", other);
        }
    }
}
