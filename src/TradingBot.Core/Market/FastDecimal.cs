using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TradingBot.Market;

/// <summary>A <see cref="decimal"/> for the paths of a backtest where the time goes: what fits into 64 bits is reckoned in registers, anything else by
/// <see cref="decimal"/> itself. Every result is the one that <see cref="decimal"/> gives, bit for bit.</summary>
/// <remarks>Its operations are called and not inlined: a trade makes some two hundred of them, and all its code must fit into the first cache of instructions.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct FastDecimal : IEquatable<FastDecimal>, IComparable<FastDecimal>, IFormattable
{
    private const ulong SignBit = 0x8000_0000;
    private const int ScaleShift = 16;
    private const int MostDecimals = 28;

    private static readonly ulong[] PowersOfTen =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    // Exact up to the twenty-second.
    private static readonly double[] DoublePowersOfTen =
    [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    // The two halves of a decimal: its flags (the sign, and the number of decimals from bit 16 on) with the upper 32 of its 96 bits above them, and the other 64.
    private readonly ulong _top;
    private readonly ulong _low;

    private FastDecimal(ulong top, ulong low) => (_top, _low) = (top, low);

    private FastDecimal(ulong sign, int scale, ulong units)
        : this(sign | unchecked((ulong)(uint)scale << ScaleShift), units)
    {
    }

    /// <summary>Gets the number of decimals.</summary>
    public int Scale => unchecked((byte)(_top >> ScaleShift));

    /// <summary>Gets a value indicating whether the number is above 0.</summary>
    public bool IsPositive => !HasMinus && !IsZero;

    /// <summary>Gets a value indicating whether the number is below 0.</summary>
    public bool IsNegative => HasMinus && !IsZero;

    /// <summary>Gets a value indicating whether the number is 0.</summary>
    public bool IsZero => (_low | (_top >> 32)) == 0;

    /// <summary>Gets -1, 0 or 1.</summary>
    public int Sign => IsZero ? 0 : HasMinus ? -1 : 1;

    /// <summary>Gets a value indicating whether the sign is minus, which that of 0 can be too.</summary>
    public bool HasMinus => (_top & SignBit) != 0;

    /// <summary>Gets the number itself where it is above 0, and otherwise 0.</summary>
    public FastDecimal PositivePart => IsPositive ? this : default;

    private bool IsLong => _top > uint.MaxValue;

    public static implicit operator FastDecimal(decimal value) => BitConverter.IsLittleEndian ? Unsafe.BitCast<decimal, FastDecimal>(value) : FromBits(value);

    public static implicit operator decimal(FastDecimal value) => BitConverter.IsLittleEndian ? Unsafe.BitCast<FastDecimal, decimal>(value) : value.ToBits();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static explicit operator double(FastDecimal value)
    {
        if (value.IsLong || value.Scale >= DoublePowersOfTen.Length)
        {
            return (double)(decimal)value;
        }

        var size = value._low / DoublePowersOfTen[value.Scale];
        return value.HasMinus ? -size : size;
    }

    public static FastDecimal operator -(FastDecimal value) => new(value._top ^ SignBit, value._low);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FastDecimal operator +(FastDecimal left, FastDecimal right)
    {
        if (!TryAlign(left, right, out var units, out var otherUnits))
        {
            return (decimal)left + (decimal)right;
        }

        var scale = Math.Max(left.Scale, right.Scale);
        if (left.HasMinus == right.HasMinus)
        {
            var sum = unchecked(units + otherUnits);
            return sum >= units ? new FastDecimal(left._top & SignBit, scale, sum) : (decimal)left + (decimal)right;
        }

        var isLeft = units == otherUnits ? GivesSignOfZero(left.Scale, right.Scale, units) : units > otherUnits;
        return unchecked(isLeft ? new(left._top & SignBit, scale, units - otherUnits) : new(right._top & SignBit, scale, otherUnits - units));
    }

    public static FastDecimal operator -(FastDecimal left, FastDecimal right) => left + -right;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FastDecimal operator *(FastDecimal left, FastDecimal right)
    {
        var scale = left.Scale + right.Scale;
        // How many decimals a product of 0 has depends on the sizes of the factors.
        return !left.IsLong && !right.IsLong && TryMultiply(left._low, right._low, out var units) && units != 0 && scale <= MostDecimals
            ? new FastDecimal((left._top ^ right._top) & SignBit, scale, units)
            : (decimal)left * (decimal)right;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FastDecimal operator /(FastDecimal left, FastDecimal right) => (decimal)left / (decimal)right;

    // What is asked to be equal is mostly the very same number.
    public static bool operator ==(FastDecimal left, FastDecimal right) => (left._low == right._low && left._top == right._top) || Compare(left, right) == 0;

    public static bool operator !=(FastDecimal left, FastDecimal right) => !(left == right);

    public static bool operator <(FastDecimal left, FastDecimal right) => Compare(left, right) < 0;

    public static bool operator >(FastDecimal left, FastDecimal right) => Compare(left, right) > 0;

    public static bool operator <=(FastDecimal left, FastDecimal right) => Compare(left, right) <= 0;

    public static bool operator >=(FastDecimal left, FastDecimal right) => Compare(left, right) >= 0;

    /// <summary>Makes a number of up to 64 bits.</summary>
    /// <param name="units">Its size in units of the last decimal.</param>
    /// <param name="scale">Its number of decimals; 0 to 28.</param>
    public static FastDecimal Of(ulong units, int scale) => new(0, scale, units);

    public static FastDecimal Abs(FastDecimal value) => new(value._top & ~SignBit, value._low);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FastDecimal Min(FastDecimal left, FastDecimal right) => left < right ? left : right;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FastDecimal Max(FastDecimal left, FastDecimal right) => left >= right ? left : right;

    /// <summary>Divides without regard to signs, and drops the remainder.</summary>
    /// <returns><see langword="false"/> where more than 64 bits would be needed.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryDivide(FastDecimal left, FastDecimal right, out ulong quotient)
    {
        if (!TryAlign(left, right, out var units, out var otherUnits) || otherUnits == 0)
        {
            quotient = 0;
            return false;
        }

        quotient = units / otherUnits;
        return true;
    }

    /// <summary>Rounds to a number of decimals, towards plus infinity.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public FastDecimal RoundUp(int decimals) =>
        TryRound(decimals, awayFromZero: !HasMinus, out var rounded) ? rounded : decimal.Round(this, decimals, MidpointRounding.ToPositiveInfinity);

    /// <summary>Rounds to a number of decimals, towards minus infinity.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public FastDecimal RoundDown(int decimals) =>
        TryRound(decimals, awayFromZero: HasMinus, out var rounded) ? rounded : decimal.Round(this, decimals, MidpointRounding.ToNegativeInfinity);

    /// <summary>Gets the size, without the sign, in units of the last decimal or of one that is some places further to the right, where that fits into 64 bits.</summary>
    public bool TryGetUnits(int places, out ulong units)
    {
        units = _low;
        return !IsLong && (places <= 0 || TryScale(ref units, places));
    }

    public int CompareTo(FastDecimal other) => Compare(this, other);

    public bool Equals(FastDecimal other) => Compare(this, other) == 0;

    public override bool Equals(object? obj) => obj is FastDecimal other && Equals(other);

    public override int GetHashCode() => ((decimal)this).GetHashCode();

    public override string ToString() => ToString(null, null);

    public string ToString(string? format, IFormatProvider? formatProvider) => ((decimal)this).ToString(format, formatProvider);

    private static FastDecimal FromBits(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return unchecked(new(((ulong)(uint)bits[2] << 32) | (uint)bits[3], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]));
    }

    private decimal ToBits() => unchecked(new((int)_low, (int)(_low >> 32), (int)(_top >> 32), HasMinus, (byte)Scale));

    // Refuses some products that would just fit: to count bits is faster than to compute the upper half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryMultiply(ulong left, ulong right, out ulong product)
    {
        product = unchecked(left * right);
        return BitOperations.LeadingZeroCount(left) + BitOperations.LeadingZeroCount(right) >= 64;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryScale(ref ulong units, int places) => places < PowersOfTen.Length && TryMultiply(units, PowersOfTen[places], out units);

    // Brings the units of two numbers to the same decimal.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryAlign(FastDecimal left, FastDecimal right, out ulong units, out ulong otherUnits)
    {
        (units, otherUnits) = (left._low, right._low);
        var places = unchecked(right.Scale - left.Scale);
        return !left.IsLong && !right.IsLong && (places == 0 || (places > 0 ? TryScale(ref units, places) : TryScale(ref otherUnits, unchecked(-places))));
    }

    // Which of two zeros, or of two numbers that leave nothing, gives the result its sign is how decimal happens to have it.
    private static bool GivesSignOfZero(int scale, int otherScale, ulong units) => units == 0 ? scale >= otherScale : scale <= otherScale;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Compare(FastDecimal left, FastDecimal right)
    {
        var (units, otherUnits) = (left._low, right._low);
        var places = unchecked(right.Scale - left.Scale);
        if (left.IsLong || right.IsLong || places >= PowersOfTen.Length || places <= -PowersOfTen.Length)
        {
            return ((decimal)left).CompareTo(right);
        }

        // What outgrows 64 bits is larger than what does not.
        if (places > 0 && Math.BigMul(units, PowersOfTen[places], out units) != 0)
        {
            (units, otherUnits) = (1, 0);
        }
        else if (places < 0 && Math.BigMul(otherUnits, PowersOfTen[-places], out otherUnits) != 0)
        {
            (units, otherUnits) = (0, 1);
        }

        if (((left._top | right._top) & SignBit) == 0)
        {
            return units.CompareTo(otherUnits);
        }

        return left.HasMinus && right.HasMinus ? otherUnits.CompareTo(units)
            : (units | otherUnits) == 0 ? 0
            : left.HasMinus ? -1 : 1;
    }

    private bool TryRound(int decimals, bool awayFromZero, out FastDecimal rounded)
    {
        var places = Scale - decimals;
        rounded = this;
        if (places <= 0)
        {
            return true;
        }

        if (IsLong || places >= PowersOfTen.Length)
        {
            return false;
        }

        var (units, left) = Math.DivRem(_low, PowersOfTen[places]);
        rounded = new(_top & SignBit, decimals, units + (awayFromZero && left != 0 ? 1ul : 0));
        return true;
    }
}
