using System.Globalization;
using System.Runtime.CompilerServices;

namespace TradingBot.Tests.Simulation.Checks;

/// <summary>The text of a breach, put together only where there is one: requirements are checked at every event.</summary>
[InterpolatedStringHandler]
internal ref struct BreachText
{
    private DefaultInterpolatedStringHandler _text;

    public BreachText(int literalLength, int formattedCount, bool isSo, out bool isNeeded)
    {
        isNeeded = !isSo;
        _text = isNeeded ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public override string ToString() => _text.ToStringAndClear();
}
