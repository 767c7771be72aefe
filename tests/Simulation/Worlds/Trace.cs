using System.Globalization;
using System.Text;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>What happened in a world, a line an event.</summary>
internal sealed class Trace(World world)
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string text) => _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{Arena.At(world.Now):dd HH:mm:ss.fff}            {text}"));

    public void Add(Process process, string text) =>
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{Arena.At(world.Now):dd HH:mm:ss.fff} {process,-10} {text}"));

    public override string ToString() => _lines.Aggregate(new StringBuilder(), static (text, line) => text.AppendLine(line)).ToString();
}
