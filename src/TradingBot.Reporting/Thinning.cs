namespace TradingBot.Reporting;

/// <summary>Puts neighbouring bars together, as many as it takes for a chart that a browser draws at once.</summary>
internal sealed class Thinning
{
    /// <summary>The most points of a chart.</summary>
    public const int MaxPoints = 3_000;

    public Thinning(int count) => (Count, Size) = (count, Math.Max(1, ((count - 1) / MaxPoints) + 1));

    /// <summary>Gets how many bars one point stands for.</summary>
    public int Size { get; }

    public int Points => ((Count - 1) / Size) + 1;

    private int Count { get; }

    public int PointOf(int bar) => bar / Size;

    public double[] First(Func<int, double> value) => Each((from, _) => value(from));

    public double[] Highest(Func<int, double> value) => Each((from, end) => Enumerable.Range(from, end - from).Max(value));

    public double[] Lowest(Func<int, double> value) => Each((from, end) => Enumerable.Range(from, end - from).Min(value));

    /// <summary>Takes the last value that is one.</summary>
    public double[] Last(Func<int, double> value) =>
        Each((from, end) => Enumerable.Range(from, end - from).Select(value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Last());

    /// <summary>Takes the value that is farthest from 0.</summary>
    public double[] Largest(Func<int, double> value) =>
        Each((from, end) => Enumerable.Range(from, end - from).Select(value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).MaxBy(Math.Abs));

    private double[] Each(Func<int, int, double> value)
    {
        var points = new double[Points];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = value(i * Size, Math.Min(Count, (i + 1) * Size));
        }

        return points;
    }
}
