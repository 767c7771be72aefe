using System.Globalization;
using TradingBot.Market;

namespace TradingBot.Prediction;

/// <content>The parts that a card may lack: exogenous values and the verdict.</content>
public static partial class ModelCardMetadata
{
    private static void WriteExogenous(Dictionary<string, string> entries, IReadOnlyList<ExogenousFeature> exogenous)
    {
        if (exogenous.Count > 0)
        {
            entries[ExogenousKey] = string.Join(',', exogenous.Select(feature => feature.Name));
            entries[MaxAgesKey] = string.Join(',', exogenous.Select(feature => feature.MaxAge?.ToString("c", CultureInfo.InvariantCulture) ?? NoLimit));
        }
    }

    private static ExogenousFeature[] ReadExogenous(IReadOnlyDictionary<string, string> entries)
    {
        if (!entries.TryGetValue(ExogenousKey, out var text))
        {
            return [];
        }

        var (names, ages) = (text.Split(','), Required(entries, MaxAgesKey).Split(','));
        if (!Array.TrueForAll(names, ExogenousSeries.IsName) || names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            throw Malformed(ExogenousKey, $"each series once, by {ExogenousSeries.NameRule}", text);
        }

        if (ages.Length != names.Length)
        {
            throw Malformed(MaxAgesKey, $"{names.Length} age(s), one per series", entries[MaxAgesKey]);
        }

        return [.. names.Zip(ages, (name, age) => new ExogenousFeature(name, ReadAge(entries, age)))];
    }

    private static TimeSpan? ReadAge(IReadOnlyDictionary<string, string> entries, string age) =>
        age == NoLimit ? null
            : TimeSpan.TryParseExact(age, "c", CultureInfo.InvariantCulture, out var limit) && limit > TimeSpan.Zero ? limit
            : throw Malformed(MaxAgesKey, $"ages above 0 such as 1.00:00:00, or {NoLimit}", entries[MaxAgesKey]);

    private static void WriteSkill(Dictionary<string, string> entries, ModelSkill skill)
    {
        entries[SkillKey] = TextOf(Verdicts, skill.Verdict);
        entries[SamplesKey] = skill.Samples.ToString(CultureInfo.InvariantCulture);
        WriteNumber(entries, TheilUKey, skill.TheilU);
        WriteNumber(entries, DirectionKey, skill.DirectionalAccuracy);
        WriteTime(entries, EvaluatedFromKey, skill.From);
        WriteTime(entries, EvaluatedToKey, skill.To);
    }

    private static ModelSkill? ReadSkill(IReadOnlyDictionary<string, string> entries)
    {
        if (!entries.TryGetValue(SkillKey, out var verdict))
        {
            return null;
        }

        var (from, to) = (Time(entries, EvaluatedFromKey), Time(entries, EvaluatedToKey));
        if (from >= to)
        {
            throw Malformed(EvaluatedToKey, $"an instant after {EvaluatedFromKey}, {entries[EvaluatedFromKey]}", entries[EvaluatedToKey]);
        }

        return new ModelSkill(ValueOf(SkillKey, Verdicts, verdict), Count(entries, SamplesKey, minimum: 0))
        {
            TheilU = Number(entries, TheilUKey, maximum: double.MaxValue),
            DirectionalAccuracy = Number(entries, DirectionKey, maximum: 1),
            From = from,
            To = to,
        };
    }
}
