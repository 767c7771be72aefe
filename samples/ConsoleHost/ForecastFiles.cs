using System.Globalization;
using CsvHelper;
using TradingBot.Market;
using TradingBot.Prediction;

namespace ConsoleHost;

/// <summary>Reads forecasts that were made elsewhere.</summary>
internal static class ForecastFiles
{
    /// <summary>Reads the forecasts of some bars; a bar that the file does not name, or whose field is empty, has none.</summary>
    public static ForecastSeries Read(FileInfo file, BarSeries bars, int horizon)
    {
        var prices = new double[bars.Count];
        prices.AsSpan().Fill(double.NaN);
        var length = (long)bars.Interval.Length.TotalMilliseconds;
        var found = 0;
        using var text = file.OpenText();
        using var csv = CsvReader.Create(text, new CsvReaderOptions { HasHeader = false, TrackLineNumbers = true, FormatProvider = CultureInfo.InvariantCulture }, leaveOpen: true);
        var (time, forecast) = ReadHeader(csv, file);
        while (csv.Read())
        {
            if (csv.FieldCount <= Math.Max(time, forecast) || csv.GetString(forecast).Length == 0)
            {
                continue;
            }

            var index = bars.OpenTimes.BinarySearch(TimeAt(csv, time, file).ToUnixTimeMilliseconds() - length);
            if (index >= 0)
            {
                prices[index] = PriceAt(csv, forecast, file);
                found++;
            }
        }

        return found > 0
            ? new ForecastSeries(bars, prices, horizon)
            : throw new ArgumentException($"{file.Name} has no forecast for any of the bars ({bars}); its times must be those of their closes, in UTC.");
    }

    private static (int Time, int Forecast) ReadHeader(CsvReader csv, FileInfo file)
    {
        string[] header = csv.Read() ? [.. Enumerable.Range(0, csv.FieldCount).Select(column => csv.GetString(column).TrimStart('\uFEFF'))] : [];
        var (time, forecast) = (Array.IndexOf(header, "time"), Array.IndexOf(header, "forecast"));
        return time >= 0 && forecast >= 0
            ? (time, forecast)
            : throw new ArgumentException($"Expected a header with the columns time and forecast in {file.Name}, found {(header.Length == 0 ? "nothing" : string.Join(',', header))}.");
    }

    private static DateTimeOffset TimeAt(CsvReader csv, int column, FileInfo file) =>
        DateTimeOffset.TryParse(csv.GetString(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new ArgumentException($"Line {csv.LineNumber} of {file.Name}: expected a time, found '{csv.GetString(column)}'.");

    private static double PriceAt(CsvReader csv, int column, FileInfo file) =>
        double.TryParse(csv.GetString(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var price) && double.IsFinite(price) && price > 0
            ? price
            : throw new ArgumentException($"Line {csv.LineNumber} of {file.Name}: expected a price above 0, found '{csv.GetString(column)}'.");
}
