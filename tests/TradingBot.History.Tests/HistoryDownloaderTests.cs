using System.Collections.Concurrent;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.History.Tests;

public sealed class HistoryDownloaderTests : IDisposable
{
    private static readonly Symbol Btc = Symbol.Parse("BTCUSDT");
    private static readonly Interval Minute = Interval.OneMinute;
    private readonly ListedMarket _market = new(new DateTimeOffset(2026, 11, 1, 10, 30, 0, TimeSpan.Zero));
    private readonly TemporaryStore _file;

    // It is 12:00:12, so the bar of 11:59 is the last closed one.
    private readonly DateTimeOffset _end = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    public HistoryDownloaderTests() => _file = new TemporaryStore(_market.Clock);

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Download_AnEmptyStore_GetsEverything_AndASecondRunNothing()
    {
        var from = _end.AddMinutes(-4000);
        var report = await DownloadAsync(from);
        report.Span.Should().Be(new BarSpan(from, _end));
        (report.Added, report.Requests).Should().Be((4000, 3));
        report.Gaps.Should().BeEmpty();
        report.Revisions.Should().BeEmpty();
        Stored().Should().Equal(Enumerable.Range(0, 4000).Select(i => _market.Bar(from.AddMinutes(i), Minute)));

        _market.Forget();
        _file.Reopen();
        report = await DownloadAsync(from);
        (report.Added, report.Requests).Should().Be((0, 0));
        _market.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Download_LaterAndEarlier_AsksOnlyForWhatIsMissing()
    {
        await DownloadAsync(_end.AddMinutes(-100));
        _market.Forget();
        _market.Clock.Advance(TimeSpan.FromMinutes(10));
        var report = await DownloadAsync(_end.AddMinutes(-150));
        report.Added.Should().Be(60);
        _market.Requests.Select(request => (request.From, request.To)).Should().BeEquivalentTo(
            [(_end.AddMinutes(-150), _end.AddMinutes(-100)), (_end.AddMinutes(-3), _end.AddMinutes(10))],
            "the last three bars before the missing ones are compared on the way");
        Stored().Should().HaveCount(160);
    }

    [Fact]
    public async Task Download_FromLongBeforeTheListing_BeginsWithIt()
    {
        var report = await DownloadAsync(new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Stored()[0].OpenTime.Should().Be(new DateTimeOffset(2026, 11, 1, 10, 30, 0, TimeSpan.Zero));
        _market.Requests.Should().Contain(request => request.Interval == Interval.OneWeek);
        report.Requests.Should().BeLessThan(25, "six million minutes before the listing are not asked for");
        _market.Forget();
        await DownloadAsync(new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _market.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Download_BarsThatTheExchangeDoesNotHave_AreReportedAndNotAskedForAgain()
    {
        var from = _end.AddMinutes(-50);
        _market.Missing.UnionWith([from.AddMinutes(10), from.AddMinutes(11), from.AddMinutes(30)]);
        Gap[] gaps = [new(from.AddMinutes(10), 2, false), new(from.AddMinutes(30), 1, false)];
        (await DownloadAsync(from)).Gaps.Should().Equal(gaps);
        _market.Forget();
        (await DownloadAsync(from)).Gaps.Should().Equal(gaps);
        _market.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Download_TheNewestBarIsLate_IsAskedForAgain()
    {
        _market.Delay = TimeSpan.FromMinutes(1);
        await DownloadAsync(_end.AddMinutes(-10));
        Stored().Should().HaveCount(9);
        _market.Delay = TimeSpan.Zero;
        (await DownloadAsync(_end.AddMinutes(-10))).Added.Should().Be(1);
        Stored().Should().HaveCount(10);
    }

    [Fact]
    public async Task Download_TheLastBarsWereRevised_IsReported()
    {
        await DownloadAsync(_end.AddMinutes(-10));
        _market.Changed[_end.AddMinutes(-1)] = 1234;
        _market.Changed[_end.AddMinutes(-9)] = 1234;
        _market.Clock.Advance(TimeSpan.FromMinutes(5));
        var report = await DownloadAsync(_end.AddMinutes(-10));
        report.Revisions.Select(revision => revision.Stored.OpenTime).Should().Equal(_end.AddMinutes(-1));
        report = await DownloadAsync(_end.AddMinutes(-10), request => request with { Verify = true });
        report.Revisions.Select(revision => (revision.Stored.OpenTime, revision.Received!.Value.Close)).Should().Equal((_end.AddMinutes(-9), 1234));
        (report.Added, report.Requests).Should().Be((0, 1));
    }

    [Fact]
    public async Task Download_TheExchangeFailsInBetween_TheNextRunGoesOnFromThere()
    {
        var from = _end.AddMinutes(-9000);
        _market.AnswersLeft = 4; // one for the listing
        var download = () => DownloadAsync(from, request => request with { Parallelism = 1 });
        await download.Should().ThrowAsync<ExchangeException>();
        Stored().Should().HaveCount(4500);
        _market.AnswersLeft = int.MaxValue;
        _market.Forget();
        var report = await DownloadAsync(from);
        report.Added.Should().Be(4500);
        Stored().Should().HaveCount(9000);
        _market.Requests.Count(request => request.Interval == Minute).Should().Be(4, "of which three are full, and one holds the bars that are compared");
    }

    [Fact]
    public async Task Download_Progress_IsToldAfterEachRequest()
    {
        var told = new ConcurrentQueue<HistoryProgress>();
        await new HistoryDownloader(_market, _file.Store, _market.Clock).DownloadAsync(Request(_end.AddMinutes(-6000)), new Recorder(told));
        told.Should().BeEquivalentTo([new HistoryProgress(1, 4, 1500), new HistoryProgress(2, 4, 3000), new HistoryProgress(3, 4, 4500), new HistoryProgress(4, 4, 6000)]);
    }

    [Fact]
    public async Task Download_UpToAnEnd_StopsThere()
    {
        var report = await DownloadAsync(_end.AddMinutes(-100), request => request with { To = _end.AddMinutes(-40) });
        report.Span.Should().Be(new BarSpan(_end.AddMinutes(-100), _end.AddMinutes(-40)));
        report.Added.Should().Be(60);
    }

    [Fact]
    public async Task Download_FromTheFuture_IsNothing()
    {
        var report = await DownloadAsync(_end.AddDays(1));
        (report.Added, report.Requests).Should().Be((0, 0));
    }

    private static HistoryRequest Request(DateTimeOffset from) => new() { Symbol = Btc, Interval = Minute, From = from };

    private Task<HistoryReport> DownloadAsync(DateTimeOffset from, Func<HistoryRequest, HistoryRequest>? configure = null) =>
        new HistoryDownloader(_market, _file.Store, _market.Clock).DownloadAsync((configure ?? (request => request))(Request(from)));

    private BarSeries Stored() => _file.Store.Load(Btc, Minute, GapPolicy.Flag);

    private sealed class Recorder(ConcurrentQueue<HistoryProgress> told) : IProgress<HistoryProgress>
    {
        public void Report(HistoryProgress value) => told.Enqueue(value);
    }
}
