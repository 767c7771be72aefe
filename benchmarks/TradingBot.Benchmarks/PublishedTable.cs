using System.Globalization;
using System.Text.RegularExpressions;

namespace TradingBot.Benchmarks;

/// <summary>The intervals that the paper gives per model and step.</summary>
internal sealed partial class PublishedTable
{
    private readonly string[] _columns;
    private readonly (double Lower, double Upper)[][] _rows;

    private PublishedTable(string[] columns, (double Lower, double Upper)[][] rows) => (_columns, _rows) = (columns, rows);

    /// <summary>Gets the interval of the error in the test part.</summary>
    /// <param name="model">The model as the file names it, with its spelling.</param>
    /// <param name="step">The step, from 0.</param>
    public (double Lower, double Upper) this[string model, int step] => _rows[step][Array.IndexOf(_columns, $"{model} Test MINMAX RMSE")];

    public static PublishedTable Read(string path)
    {
        var lines = File.ReadAllLines(path);
        return new PublishedTable(
            lines[0].Split(',')[1..],
            [.. lines.Skip(1).Select(line => Interval().Matches(line).Select(match => (Number(match.Groups["lower"]), Number(match.Groups["upper"]))).ToArray())]);
    }

    [GeneratedRegex(@"\[(?<lower>[0-9.]+), (?<upper>[0-9.]+)\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Interval();

    private static double Number(Group text) => double.Parse(text.Value, CultureInfo.InvariantCulture);
}
