namespace TradingBot.Market;

/// <summary>Reads the rows of one file into a series.</summary>
internal sealed class BarCsvReader(CsvRows rows, BarCsvOptions options)
{
    private const long MillisecondsPerSecond = 1000;

    // The smallest distance between two bars and the line of the later one: it tells a wrong interval from gaps.
    private long _smallestStep = long.MaxValue;
    private int _smallestStepLine;

    public BarSeries Read()
    {
        var layout = BarCsvLayout.Of(rows, rows.ReadFirst());
        if (!(layout.HasHeader ? rows.Read() : true))
        {
            throw rows.Error("the file has a header only; expected bars");
        }

        var first = Row(layout);
        BarCsvRow? second = rows.Read() ? Row(layout) : null;
        var interval = options.Interval ?? Infer(first, second);
        var builder = new BarSeriesBuilder(options.Symbol, interval, options.GapPolicy);
        var toOpenTime = layout.TimeIsLastSecond ? (long)interval.Length.TotalMilliseconds : 0;
        Add(builder, first, toOpenTime);
        if (second is not { } row)
        {
            return builder.Build();
        }

        var last = first.Time;
        while (true)
        {
            Add(builder, row, toOpenTime);
            NoteStep(row.Time - last, row.Line);
            last = row.Time;
            if (!rows.Read())
            {
                break;
            }

            row = Row(layout);
        }

        return TimeSpan.FromMilliseconds(_smallestStep) == interval.Length
            ? builder.Build()
            : throw rows.ErrorAt(_smallestStepLine, $"expected bars of interval {interval}, but no two bars are so close; these, the closest, open {Span(_smallestStep)} apart");
    }

    private static string Span(long milliseconds) =>
        Interval.FromLength(TimeSpan.FromMilliseconds(milliseconds)) is { } interval ? interval.ToString() : TimeSpan.FromMilliseconds(milliseconds).ToString("c");

    private Interval Infer(in BarCsvRow first, in BarCsvRow? second)
    {
        if (second is not { } next)
        {
            throw rows.ErrorAt(first.Line, "one bar alone does not tell its interval; give the interval in the options");
        }

        // A time that does not ascend is reported as such, by the builder, and not as a strange interval.
        var step = next.Time - first.Time;
        return step <= 0
            ? Interval.OneMinute
            : Interval.FromLength(TimeSpan.FromMilliseconds(step))
                ?? throw rows.ErrorAt(next.Line, $"the first two bars open {Span(step)} apart, which is no interval; expected one of {string.Join(", ", Interval.All)}, or give the interval in the options");
    }

    private void NoteStep(long step, int line)
    {
        if (step < _smallestStep)
        {
            (_smallestStep, _smallestStepLine) = (step, line);
        }
    }

    private BarCsvRow Row(BarCsvLayout layout)
    {
        rows.CheckFieldCount(layout.FieldCount);
        return new BarCsvRow(
            rows.Line,
            CsvTime.Get(rows, layout.Time.Index, layout.Time.Name) + (layout.TimeIsLastSecond ? MillisecondsPerSecond : 0),
            Number(layout.Open),
            Number(layout.High),
            Number(layout.Low),
            Number(layout.Close),
            Number(layout.Volume));
    }

    private double Number(BarCsvColumn column) => rows.GetDouble(column.Index, column.Name);

    private void Add(BarSeriesBuilder builder, in BarCsvRow row, long toOpenTime)
    {
        if (builder.TryAdd(row.Time - toOpenTime, row.Open, row.High, row.Low, row.Close, row.Volume) is { } fault)
        {
            throw rows.ErrorAt(row.Line, fault);
        }
    }
}
