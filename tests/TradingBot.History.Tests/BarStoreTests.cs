using TradingBot.Market;
using TradingBot.Testing;

namespace TradingBot.History.Tests;

public sealed class BarStoreTests : IDisposable
{
    private static readonly Symbol Btc = Symbol.Parse("BTCUSDT");
    private static readonly Interval Hour = Interval.OneHour;
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _clock = new(Start.AddYears(1));
    private readonly TemporaryStore _file;

    public BarStoreTests() => _file = new TemporaryStore(_clock);

    private BarStore Store => _file.Store;

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Load_SavedBars_AreTheSameToTheLastBit_AfterReopening()
    {
        var random = new Random(11);
        var bars = BarSeries.Create(Btc, Hour, GapPolicy.Flag, Enumerable.Range(0, 500).Where(i => i % 97 != 5).Select(i =>
        {
            var (open, close) = (random.NextDouble() + 1, random.NextDouble() + 1);
            return new Bar(Start.AddHours(i), Hour.Length, open, Math.Max(open, close) * 1.1, Math.Min(open, close) / 1.1, close, random.NextDouble() * 1e9);
        }));
        Store.Save(bars, Span(0, 500)).Should().BeEquivalentTo(new SaveResult(bars.Count, 0, []));
        _file.Reopen().Load(Btc, Hour, GapPolicy.Flag).Should().Equal(bars);
        Store.Load(Btc, Hour, GapPolicy.Flag).Gaps.Should().Equal(bars.Gaps);
        Store.FindGaps(Btc, Hour, Span(0, 500)).Should().Equal(bars.Gaps);
        Store.Load(Btc, Hour, GapPolicy.Flag, Start.AddHours(10), Start.AddHours(20)).Should().Equal(bars.Between(Start.AddHours(10), Start.AddHours(20)));
    }

    [Fact]
    public void Load_ASeriesThatIsNotStored_IsEmpty()
    {
        Store.Save(Series(0, 1, 2), Span(0, 3));
        Store.Load(Btc, Interval.OneDay, GapPolicy.Reject).Count.Should().Be(0);
        Store.Load(Symbol.Parse("ETHUSDT"), Hour, GapPolicy.Reject).Count.Should().Be(0);
        Store.FindMissing(Symbol.Parse("ETHUSDT"), Hour, Span(0, 3)).Should().Equal(Span(0, 3));
    }

    [Fact]
    public void Save_TheSameAgain_ChangesNothing()
    {
        Store.Save(Series(0, 1, 2), Span(0, 3));
        Store.Save(Series(0, 1, 2), Span(0, 3)).Should().BeEquivalentTo(new SaveResult(0, 3, []));
        Store.GetRevisions(Btc, Hour).Should().BeEmpty();
    }

    [Fact]
    public void Save_OtherValues_AreTakenAndReported_ForGood()
    {
        Store.Save(Series(0, 1, 2), Span(0, 3));
        var changed = new Bar(Start.AddHours(1), Hour.Length, 100, 102, 98, 101.5, 7);
        var result = Store.Save(BarSeries.Create(Btc, Hour, GapPolicy.Flag, [changed]), Span(1, 2));
        var revision = new BarRevision(Bar(1), changed, _clock.GetUtcNow());
        result.Should().BeEquivalentTo(new SaveResult(0, 0, [revision]));
        _file.Reopen().GetRevisions(Btc, Hour).Should().Equal(revision);
        Store.Load(Btc, Hour, GapPolicy.Reject)[1].Should().Be(changed);
    }

    [Fact]
    public void Save_ABarThatTheSourceNoLongerHas_IsReportedAndKept()
    {
        Store.Save(Series(0, 1, 2), Span(0, 3));
        Store.Save(Series(0, 2), Span(0, 3)).Revisions.Should().Equal(new BarRevision(Bar(1), null, _clock.GetUtcNow()));
        Store.GetRevisions(Btc, Hour).Should().Equal(new BarRevision(Bar(1), null, _clock.GetUtcNow()));
        Store.Load(Btc, Hour, GapPolicy.Reject).Count.Should().Be(3);
    }

    [Fact]
    public void FindMissing_SpansInAnyOrder_AreJoined()
    {
        Store.Save(Series(), Span(10, 20));
        Store.Save(Series(), Span(40, 50));
        Store.FindMissing(Btc, Hour, Span(0, 60)).Should().Equal(Span(0, 10), Span(20, 40), Span(50, 60));
        Store.FindMissing(Btc, Hour, Span(12, 45)).Should().Equal(Span(20, 40));
        Store.FindMissing(Btc, Hour, Span(10, 20)).Should().BeEmpty();
        Store.Save(Series(), Span(20, 30));
        Store.Save(Series(), Span(28, 41));
        Store.FindMissing(Btc, Hour, Span(0, 60)).Should().Equal(Span(0, 10), Span(50, 60));
        Store.Save(Series(), Span(0, 60));
        Store.FindMissing(Btc, Hour, Span(0, 60)).Should().BeEmpty();
        Store.FindMissing(Btc, Hour, Span(60, 60)).Should().BeEmpty();
    }

    [Fact]
    public void FindMissing_RandomSpans_IsWhatNoneOfThemHolds()
    {
        var random = new Random(23);
        var held = new bool[200];
        for (var i = 0; i < 60; i++)
        {
            var from = random.Next(200);
            var to = Math.Min(200, from + random.Next(15));
            Store.Save(Series(), Span(from, to));
            Array.Fill(held, true, from, to - from);
            var missing = Store.FindMissing(Btc, Hour, Span(0, 200)).SelectMany(span => Enumerable.Range((int)(span.From - Start).TotalHours, (int)(span.To - span.From).TotalHours));
            missing.Should().Equal(Enumerable.Range(0, 200).Where(hour => !held[hour]));
        }
    }

    [Fact]
    public void Save_BarsBeyondTheSpan_Throws()
    {
        var save = () => Store.Save(Series(0, 1, 2), Span(0, 2));
        save.Should().Throw<ArgumentException>().WithMessage("*reach beyond the span*");
        Store.Load(Btc, Hour, GapPolicy.Flag).Count.Should().Be(0);
    }

    [Fact]
    public void Save_BarsThatStandForMissingOnes_Throws()
    {
        var save = () => Store.Save(BarSeries.Create(Btc, Hour, GapPolicy.Fill, [Bar(0), Bar(2)]), Span(0, 3));
        save.Should().Throw<ArgumentException>().WithMessage("*Flag*");
    }

    [Fact]
    public void ImportCsv_AFileOfTheArchive_IsStoredWithItsGaps()
    {
        var path = _file.File("BTCUSDT-1h-2024-01.csv");
        File.WriteAllLines(path,
        [
            "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore",
            .. Enumerable.Range(0, 4).Where(i => i != 2).Select(i => FormattableString.Invariant($"{Start.AddHours(i).ToUnixTimeMilliseconds()},100,110,98,{100 + i},5,0,0,0,0,0,0")),
        ]);
        Store.ImportCsv(path, Btc, Hour).Added.Should().Be(3);
        Store.Load(Btc, Hour, GapPolicy.Flag).Closes.ToArray().Should().Equal(100, 101, 103);
        Store.FindMissing(Btc, Hour, Span(0, 5)).Should().Equal(Span(4, 5));
        Store.FindGaps(Btc, Hour, Span(0, 5)).Should().Equal(new Gap(Start.AddHours(2), 1, false));
        Store.ImportCsv(path, Btc, Hour).Should().BeEquivalentTo(new SaveResult(0, 3, []));
    }

    [Fact]
    public void Constructor_AFileOfSomethingElse_Throws()
    {
        var path = _file.File("other.db");
        File.WriteAllText(path, new string('x', 5000));
        var open = () => new BarStore(path, _clock);
        open.Should().Throw<InvalidDataException>().WithMessage("*other.db' is not a store of bars*");
    }

    [Fact]
    public void Constructor_TwoProcessesOnOneFile_ShareIt()
    {
        using var other = new BarStore(_file.Path, _clock);
        other.Save(Series(0, 1), Span(0, 2));
        Store.Save(Series(2), Span(2, 3));
        other.Load(Btc, Hour, GapPolicy.Reject).Count.Should().Be(3);
    }

    private static BarSpan Span(int from, int to) => new(Start.AddHours(from), Start.AddHours(to));

    private static Bar Bar(int hour) => new(Start.AddHours(hour), Hour.Length, 100, 102, 98, 101, hour);

    private static BarSeries Series(params int[] hours) => BarSeries.Create(Btc, Hour, GapPolicy.Flag, hours.Select(Bar));
}
