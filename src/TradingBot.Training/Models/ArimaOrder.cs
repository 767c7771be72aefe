using System.Runtime.InteropServices;

namespace TradingBot.Training.Models;

/// <summary>The order of an ARIMA(p, d, q).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ArimaOrder
{
    private const int Largest = 50;

    /// <summary>Initializes an order.</summary>
    /// <param name="p">The number of past values that the next depends on; from 0 to 50.</param>
    /// <param name="d">How often the values are differenced; from 0 to 2.</param>
    /// <param name="q">The number of past residuals that the next value depends on; from 0 to 50.</param>
    public ArimaOrder(int p, int d, int q)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, Largest);
        ArgumentOutOfRangeException.ThrowIfNegative(d);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(d, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(q);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(q, Largest);
        (P, D, Q) = (p, d, q);
    }

    /// <summary>Gets the number of past values that the next depends on.</summary>
    public int P { get; }

    /// <summary>Gets how often the values are differenced.</summary>
    public int D { get; }

    /// <summary>Gets the number of past residuals that the next value depends on.</summary>
    public int Q { get; }

    /// <summary>Returns the order as "(p,d,q)".</summary>
    public override string ToString() => $"({P},{D},{Q})";
}
