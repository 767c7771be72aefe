using System.CommandLine;
using Symbol = TradingBot.Market.Symbol;

namespace ConsoleHost.Commands;

/// <summary>The option by which markets are given shorter bars.</summary>
internal sealed class FinerBarsOption
{
    private readonly Option<string[]> _files = new("--finer-bars")
    {
        Description = "A CSV file of shorter bars of the same market. They tell the order of events inside the bars that are traded, where they cover them. With several --bars once for each, in the same order, or as ETHUSDT=hours.csv for some of them.",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command) => command.Options.Add(_files);

    /// <summary>Gets the file for each of the markets, or <see langword="null"/> for one that was given none.</summary>
    public IReadOnlyList<FileInfo?> FilesOf(ParseResult arguments, IReadOnlyList<Symbol> markets)
    {
        var files = new FileInfo?[markets.Count];
        var given = Array.ConvertAll(arguments.GetValue(_files)!, Split);
        if (given.Any(one => one.Symbol is null))
        {
            return given.Any(one => one.Symbol is not null)
                ? throw new ArgumentException("Expected a symbol before every file of --finer-bars, as ETHUSDT=hours.csv, or before none, found both.")
                : given.Length == files.Length ? [.. given.Select(one => one.File)]
                : throw new ArgumentException(
                    $"Expected --finer-bars once for each of the {files.Length} files of --bars, in the same order, or as {markets[0]}=hours.csv for some of them, found {given.Length}.");
        }

        foreach (var (symbol, file) in given)
        {
            var index = markets.Index().FirstOrDefault(market => market.Item == symbol, (-1, null!)).Index;
            if (index < 0)
            {
                throw new ArgumentException($"--finer-bars names {symbol}, expected one of the markets {string.Join(", ", markets)}.");
            }

            files[index] = files[index] is null ? file : throw new ArgumentException($"--finer-bars names {symbol} twice.");
        }

        return files;
    }

    // A file whose name has the sign is a file.
    private static (Symbol? Symbol, FileInfo File) Split(string text) =>
        !File.Exists(text) && text.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign
            ? (Symbol.Parse(text[..sign]), new FileInfo(text[(sign + 1)..]))
            : (null, new FileInfo(text));
}
