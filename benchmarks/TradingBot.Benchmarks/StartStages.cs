using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace TradingBot.Benchmarks;

/// <summary>Where the time of a start goes, by the times of the host's log lines.</summary>
internal sealed class StartStages
{
    private static readonly (string Event, string Meaning)[] Known =
    [
        ("Starting", "the program runs"),
        ("Connected", "the settings are right, and the exchange's rules are read"),
        ("ModelLoaded", "the model is loaded meanwhile; the first event is asked for"),
        ("Woken", "the event has come, and the exchange has told its time"),
        ("CycleEnded", "the account and the bars are read, the forecast and the decision are made, the orders are sent"),
    ];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<double>> _times = new(StringComparer.Ordinal);
    private DateTimeOffset _start;

    /// <summary>Takes the present for the start of the next process.</summary>
    public void Begin() => _start = TimeProvider.System.GetUtcNow();

    /// <summary>Takes in a line of the log.</summary>
    public void Add(string line)
    {
        if (!line.StartsWith('{'))
        {
            return;
        }

        using var json = JsonDocument.Parse(line);
        if (!json.RootElement.TryGetProperty("event", out var name))
        {
            return;
        }

        lock (_gate)
        {
            if (!_times.TryGetValue(name.GetString()!, out var times))
            {
                _times[name.GetString()!] = times = [];
            }

            times.Add((json.RootElement.GetProperty("timestamp").GetDateTimeOffset() - _start).TotalMilliseconds);
        }
    }

    public void Write(IAnsiConsole console)
    {
        console.WriteLine("Median time since the start of the process, to the millisecond:");
        foreach (var (name, meaning) in Known)
        {
            lock (_gate)
            {
                if (_times.TryGetValue(name, out var times))
                {
                    times.Sort();
                    console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2],6:0} ms  {meaning}"));
                }
            }
        }
    }
}
