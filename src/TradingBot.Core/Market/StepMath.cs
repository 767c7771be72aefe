namespace TradingBot.Market;

/// <summary>Multiples of a step of prices or quantities, reckoned in whole numbers where they fit into 64 bits, as nearly all do: decimals are slow to divide.</summary>
internal static class StepMath
{
    private static ReadOnlySpan<ulong> Powers =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <summary>Tells whether a value is a multiple of a step.</summary>
    /// <param name="value">A price or quantity, of either sign.</param>
    /// <param name="step">The step; above 0.</param>
    public static bool IsMultiple(decimal value, decimal step)
    {
        var difference = value.Scale - step.Scale;
        return TryScale(value, -difference, out var units) && TryScale(step, difference, out var unitsOfStep) ? units % unitsOfStep == 0 : value % step == 0;
    }

    /// <summary>Computes the largest multiple of a step that is not above a value. It has no more decimals than the step.</summary>
    /// <param name="value">A price or quantity; below 0 it is the smallest multiple that is not below it.</param>
    /// <param name="step">The step; above 0.</param>
    public static decimal MultipleBelow(decimal value, decimal step)
    {
        var difference = value.Scale - step.Scale;
        if (difference >= 0 && !decimal.IsNegative(value) && TryScale(value, 0, out var units) && TryScale(step, 0, out var lot) && TryScale(step, difference, out var unitsOfStep))
        {
            var multiple = units / unitsOfStep * lot;
            return new decimal(unchecked((int)multiple), unchecked((int)(multiple >> 32)), 0, isNegative: false, step.Scale);
        }

        var beyond = value % step;
        // The remainder drags its many decimals along.
        return beyond == 0 && difference <= 0 ? value : decimal.Round(value - beyond, step.Scale);
    }

    /// <summary>Gets a number, without its sign, as a whole number of units of its last decimal, or of one that is some places further to the right.</summary>
    private static bool TryScale(decimal value, int places, out ulong units)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        units = unchecked((uint)bits[0] | ((ulong)(uint)bits[1] << 32));
        return bits[2] == 0 && (places <= 0 || (places < Powers.Length && Math.BigMul(units, Powers[places], out units) == 0));
    }
}
