using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TradingBot.Binance.Protocol;

namespace TradingBot.Benchmarks;

/// <summary>How fast a full page of klines becomes numbers, beside a document of the same bytes and beside a reader that only walks over them.</summary>
internal static class KlinesBenchmark
{
    private const int Rows = KlinePage.MaxRows;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How many times each way is measured; the fastest counts.", DefaultValueFactory = _ => 7 };
        var pages = new Option<int>("--pages") { Description = "How many pages one measurement reads.", DefaultValueFactory = _ => 200 };
        var command = new Command("klines", $"Measures the parsing of a page of {Rows} klines as Binance answers it.") { rounds, pages };
        command.SetAction(arguments => Run(arguments.GetValue(rounds), arguments.GetValue(pages)));
        return command;
    }

    private static void Run(int rounds, int pages)
    {
        var json = Page();
        var page = new KlinePage();
        (string Name, Func<double> Read)[] ways =
        [
            ("Utf8JsonReader, every token, nothing kept", () => Scan(json)),
            ("KlinePage, the client's own", () => Sum(page, json)),
            ("JsonDocument, the six values of each row", () => Sum(json)),
        ];
        var expected = Sum(page, json);
        if (Math.Abs(Sum(json) - expected) > 1e-6 * expected)
        {
            throw new InvalidOperationException("The two ways read different values.");
        }

        // In turn, so that what else the machine does hits all alike.
        var best = ways.Select(_ => (Nanoseconds: double.MaxValue, Bytes: 0d)).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var measured = Measure(ways[way].Read, pages);
                best[way] = round > 0 && measured.Nanoseconds < best[way].Nanoseconds ? measured : best[way];
            }
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumn("Way");
        foreach (var title in (string[])["ns per bar", "Bars per second", "Bytes per bar", "Times the bare scan"])
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        for (var way = 0; way < ways.Length; way++)
        {
            table.AddRow(
                ways[way].Name,
                Text(best[way].Nanoseconds, "0"),
                Text(1e9 / best[way].Nanoseconds, "#,0"),
                Text(best[way].Bytes, "0.#"),
                Text(best[way].Nanoseconds / best[0].Nanoseconds, "0.00"));
        }

        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} processors, load {MachineLoad.Now}; a page of {Rows} rows, {json.Length:#,0} bytes; the fastest of {rounds} rounds of {pages} pages each"));
        AnsiConsole.Write(table);
    }

    private static (double Nanoseconds, double Bytes) Measure(Func<double> read, int pages)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < pages; i++)
        {
            read();
        }

        var elapsed = TimeProvider.System.GetElapsedTime(started);
        return (elapsed.TotalNanoseconds / (pages * Rows), (GC.GetAllocatedBytesForCurrentThread() - bytes) / ((double)pages * Rows));
    }

    private static double Scan(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    private static double Sum(KlinePage page, ReadOnlySpan<byte> json)
    {
        page.Read(json);
        var sum = 0d;
        foreach (ref readonly var row in page.Rows)
        {
            sum += row.OpenTime + row.Open + row.High + row.Low + row.Close + row.Volume;
        }

        return sum;
    }

    private static double Sum(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var sum = 0d;
        foreach (var row in document.RootElement.EnumerateArray())
        {
            sum += row[0].GetInt64();
            for (var value = 1; value <= 5; value++)
            {
                sum += double.Parse(row[value].GetString()!, CultureInfo.InvariantCulture);
            }
        }

        return sum;
    }

    // Rows with the digits of the exchange's answers for BTCUSDT, from a seeded walk.
    private static byte[] Page()
    {
        const long Hour = 3_600_000;
        var random = new Random(7);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        var close = 61_200m;
        for (var i = 0; i < Rows; i++)
        {
            var (open, range) = (close, random.Next(100, 40_000) / 100m);
            close += random.Next(-20_000, 20_000) / 100m;
            var volume = random.Next(100_000, 9_000_000) / 1000m;
            var openTime = 1_794_999_600_000 + (i * Hour);
            json.WriteStartArray();
            json.WriteNumberValue(openTime);
            foreach (var value in (decimal[])[open, Math.Max(open, close) + range, Math.Min(open, close) - range, close])
            {
                json.WriteStringValue(value.ToString("0.00", CultureInfo.InvariantCulture));
            }

            json.WriteStringValue(volume.ToString("0.000", CultureInfo.InvariantCulture));
            json.WriteNumberValue(openTime + Hour - 1);
            json.WriteStringValue((volume * close).ToString("0.00000", CultureInfo.InvariantCulture));
            json.WriteNumberValue(random.Next(1_000, 200_000));
            json.WriteStringValue((volume / 2).ToString("0.000", CultureInfo.InvariantCulture));
            json.WriteStringValue((volume * close / 2).ToString("0.00000", CultureInfo.InvariantCulture));
            json.WriteStringValue("0");
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
