using TradingBot.Market;
using TradingBot.Prediction;

namespace ConsoleHost.Live;

/// <summary>Series in files that somebody else keeps current: a file that was replaced is read again.</summary>
/// <remarks>Whoever writes a file replaces it as a whole, by renaming another; half a file is refused, and with it the cycle.</remarks>
internal sealed class SeriesFiles(IReadOnlyList<(string Name, string Path)> files) : IExogenousSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTime Written, ExogenousSeries Series)> _read = new(StringComparer.Ordinal);

    public ExogenousSeries? GetSeries(string name)
    {
        if (files.FirstOrDefault(file => file.Name == name).Path is not { } path)
        {
            return null;
        }

        lock (_lock)
        {
            var written = File.GetLastWriteTimeUtc(path);
            if (!_read.TryGetValue(name, out var found) || found.Written != written)
            {
                _read[name] = found = (written, ExogenousCsv.Read(path, name));
            }

            return found.Series;
        }
    }
}
