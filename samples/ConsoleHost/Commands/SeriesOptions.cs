using System.CommandLine;
using TradingBot.Market;
using TradingBot.Prediction;

namespace ConsoleHost.Commands;

/// <summary>The option by which commands are given values from outside the market.</summary>
internal sealed class SeriesOptions
{
    private readonly Option<string[]> _series = new("--series")
    {
        Description = "Values from outside the market, as gold=gold.csv: a name and a CSV file with the columns published_at,value. May be given several times.",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command) => command.Options.Add(_series);

    /// <summary>Gets the names and files that were given.</summary>
    public IReadOnlyList<(string Name, string Path)> Given(ParseResult arguments)
    {
        List<(string Name, string Path)> given = [];
        foreach (var text in arguments.GetValue(_series)!)
        {
            var sign = text.IndexOf('=', StringComparison.Ordinal);
            if (sign < 1 || sign == text.Length - 1)
            {
                throw new ArgumentException($"--series must be a name and a file such as gold=gold.csv, found '{text}'.");
            }

            var name = text[..sign];
            given.Add(given.Exists(one => one.Name == name)
                ? throw new ArgumentException($"--series names '{name}' twice.")
                : (name, Path.GetFullPath(text[(sign + 1)..])));
        }

        return given;
    }

    /// <summary>Reads the files that were given.</summary>
    public IReadOnlyList<ExogenousSeries> Read(ParseResult arguments) => [.. Given(arguments).Select(one => ExogenousCsv.Read(one.Path, one.Name))];

    /// <summary>Loads a model together with the series that it reads; one that it does not read is refused, as a misspelt name would be.</summary>
    public static async Task<OnnxPredictor> LoadModelAsync(string path, IReadOnlyList<ExogenousSeries> series, CancellationToken cancellationToken)
    {
        var predictor = await OnnxPredictor.LoadAsync(
            new FileModelLoader(path), new OnnxPredictorOptions { Exogenous = new FixedExogenousSource(series) }, cancellationToken);
        if (series.FirstOrDefault(one => !predictor.Card.Exogenous.Any(feature => feature.Name == one.Name)) is not { } unread)
        {
            return predictor;
        }

        using (predictor)
        {
            throw new ArgumentException($"The model '{predictor.Card.Name}' does not read the series '{unread.Name}'.");
        }
    }
}
