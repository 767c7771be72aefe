using System.Runtime.CompilerServices;
using System.Text;

namespace TradingBot.Simulation;

/// <summary>A client order id in place: up to 36 letters, as an exchange allows.</summary>
[InlineArray(Capacity)]
internal struct OrderName
{
    internal const int Capacity = 36;

    private byte _first;

    /// <summary>Writes a name; letters beyond it are cleared.</summary>
    /// <param name="name">ASCII letters, at most <see cref="Capacity"/>.</param>
    public void Set(string name)
    {
        Span<byte> bytes = this;
        var length = Encoding.ASCII.GetBytes(name, bytes);
        bytes[length..].Clear();
    }

    /// <summary>Returns the name.</summary>
    public override readonly string ToString()
    {
        ReadOnlySpan<byte> bytes = this;
        return Encoding.ASCII.GetString(bytes.TrimEnd((byte)0));
    }
}
