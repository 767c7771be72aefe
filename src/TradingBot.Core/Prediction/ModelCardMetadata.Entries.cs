using System.Globalization;

namespace TradingBot.Prediction;

/// <content>Single entries.</content>
public static partial class ModelCardMetadata
{
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

    private static double? Number(IReadOnlyDictionary<string, string> entries, string key, double maximum) =>
        !entries.TryGetValue(key, out var text) ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= maximum ? number
            : throw Malformed(key, maximum == double.MaxValue ? "a number of 0 or more" : $"a number from 0 to {maximum}", text);

    private static void WriteNumber(Dictionary<string, string> entries, string key, double? number)
    {
        if (number is { } value)
        {
            entries[key] = value.ToString("R", CultureInfo.InvariantCulture);
        }
    }

    private static void WriteTime(Dictionary<string, string> entries, string key, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            entries[key] = value.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        }
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
