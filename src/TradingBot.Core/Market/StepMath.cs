namespace TradingBot.Market;

/// <summary>Multiples of a step of prices or quantities, reckoned in whole numbers where they fit into 64 bits, as nearly all do: decimals are slow to divide.</summary>
internal static class StepMath
{
    /// <summary>Tells whether a value is a multiple of a step.</summary>
    /// <param name="value">A price or quantity, of either sign.</param>
    /// <param name="step">The step; above 0.</param>
    public static bool IsMultiple(FastDecimal value, FastDecimal step)
    {
        var difference = value.Scale - step.Scale;
        return IsDecimal(step, difference)
            || (value.TryGetUnits(-difference, out var units) && step.TryGetUnits(difference, out var unitsOfStep) ? units % unitsOfStep == 0 : (decimal)value % step == 0);
    }

    /// <summary>Computes the largest multiple of a step that is not above a value. It has no more decimals than the step.</summary>
    /// <param name="value">A price or quantity; below 0 it is the smallest multiple that is not below it.</param>
    /// <param name="step">The step; above 0.</param>
    public static FastDecimal MultipleBelow(FastDecimal value, FastDecimal step) => MultipleBelow(value, step, out _);

    /// <summary>Computes the largest multiple of a step that is not above a value, and tells whether it is the value.</summary>
    /// <inheritdoc cref="MultipleBelow(FastDecimal, FastDecimal)"/>
    public static FastDecimal MultipleBelow(FastDecimal value, FastDecimal step, out bool isEqual)
    {
        var difference = value.Scale - step.Scale;
        if (IsDecimal(step, difference))
        {
            isEqual = true;
            return value;
        }

        if (difference >= 0 && !value.HasMinus && value.TryGetUnits(0, out var units) && step.TryGetUnits(0, out var lot) && step.TryGetUnits(difference, out var unitsOfStep))
        {
            var (steps, rest) = Math.DivRem(units, unitsOfStep);
            isEqual = rest == 0;
            return FastDecimal.Of(steps * lot, step.Scale);
        }

        var beyond = (decimal)value % step;
        isEqual = beyond == 0;
        // The remainder drags its many decimals along.
        return beyond == 0 && difference <= 0 ? value : decimal.Round(value - beyond, step.Scale);
    }

    // A step of one unit of its last decimal divides whatever has no more decimals.
    private static bool IsDecimal(FastDecimal step, int difference) => difference <= 0 && step.TryGetUnits(0, out var units) && units == 1;
}
