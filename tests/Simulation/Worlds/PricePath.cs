using TradingBot.Market;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>The prices of a world: four in every bar, of which the bars are made.</summary>
internal sealed class PricePath
{
    public const int PricesPerBar = 4;
    private const int Start = 10_000;
    private readonly int[] _ticks;
    private readonly int[] _offsets;

    /// <summary>Draws a path.</summary>
    /// <param name="dice">The randomness.</param>
    /// <param name="bars">How many bars.</param>
    /// <param name="roughness">How far the price moves at most from one price to the next, in hundredths of a per cent.</param>
    /// <param name="jumps">How often in a thousand times the price jumps by up to a fifth.</param>
    public PricePath(Dice dice, int bars, int roughness, int jumps)
    {
        _ticks = new int[bars * PricesPerBar];
        _offsets = new int[bars * PricesPerBar];
        var price = Start;
        for (var i = 0; i < _ticks.Length; i++)
        {
            var next = Next(dice, price, roughness, jumps);
            Jumps += Math.Abs(next - price) > price * roughness / 10_000 ? 1 : 0;
            _ticks[i] = price = next;
            _offsets[i] = (i % PricesPerBar) switch
            {
                0 => 0,
                1 => dice.Between(100, 25_000),
                2 => dice.Between(25_100, 58_000),
                _ => 59_900,
            };
        }

        Bars = ToBars();
    }

    public BarSeries Bars { get; }

    public int Count => _ticks.Length;

    /// <summary>Gets how often the price jumps.</summary>
    public int Jumps { get; }

    /// <summary>Gets one of the prices.</summary>
    /// <param name="index">The bar's number times <see cref="PricesPerBar"/>, plus 0 to 3.</param>
    public decimal PriceAt(int index) => new(_ticks[index], 0, 0, false, 1);

    /// <summary>Gets when a price is made.</summary>
    public long TimeOf(int index) => (index / PricesPerBar * Arena.BarLength) + _offsets[index];

    /// <summary>Gets a part of the bars of which the last but one is missing.</summary>
    public BarSeries WithGap(int start, int count)
    {
        var builder = new BarSeriesBuilder(Arena.Symbol, Interval.OneMinute, GapPolicy.Flag, count - 1);
        for (var i = start; i < start + count; i++)
        {
            if (i != start + count - 2)
            {
                builder.Add(Bars[i]);
            }
        }

        return builder.Build();
    }

    private static int Next(Dice dice, int price, int roughness, int jumps)
    {
        var reach = Math.Max(1, dice.Chance(jumps) ? price / 5 : price * roughness / 10_000);
        var move = dice.Between(-reach, reach);
        // Prices stay where orders have a usual size.
        return price + move is < Start / 4 or > Start * 4 ? price - move : price + move;
    }

    private BarSeries ToBars()
    {
        var builder = new BarSeriesBuilder(Arena.Symbol, Interval.OneMinute, GapPolicy.Reject, _ticks.Length / PricesPerBar);
        for (var i = 0; i < _ticks.Length; i += PricesPerBar)
        {
            var (open, first, second, close) = (_ticks[i], _ticks[i + 1], _ticks[i + 2], _ticks[i + 3]);
            var high = Math.Max(Math.Max(open, first), Math.Max(second, close));
            var low = Math.Min(Math.Min(open, first), Math.Min(second, close));
            builder.Add(new Bar(Arena.At(i / PricesPerBar * Arena.BarLength), Interval.OneMinute.Length, open / 10d, high / 10d, low / 10d, close / 10d, 100));
        }

        return builder.Build();
    }
}
