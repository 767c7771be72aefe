using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.History;

/// <summary>Brings the history of a market into a store: asks only for what is missing, several requests at a time, and stores each answer at once.</summary>
/// <remarks>A download that fails or is canceled keeps what it has; the next one goes on from there. The exchange's limits are the fetcher's business.</remarks>
public sealed class HistoryDownloader
{
    private const int BarsPerRequest = 1500;

    // The last bars before a missing span may have been stored before the exchange settled them.
    private const int RecheckedBars = 3;
    private readonly IFetcher _fetcher;
    private readonly BarStore _store;
    private readonly TimeProvider _time;

    /// <summary>Initializes a downloader.</summary>
    /// <param name="fetcher">Where bars come from.</param>
    /// <param name="store">Where they are kept.</param>
    /// <param name="timeProvider">The clock.</param>
    public HistoryDownloader(IFetcher fetcher, BarStore store, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(fetcher);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(timeProvider);
        (_fetcher, _store, _time) = (fetcher, store, timeProvider);
    }

    /// <summary>Downloads what the store lacks of a span.</summary>
    /// <param name="request">Which history.</param>
    /// <param name="progress">Told after each request; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="ExchangeException">The exchange did not answer, or refused.</exception>
    /// <exception cref="BarDataException">The exchange's bars cannot be used.</exception>
    public async Task<HistoryReport> DownloadAsync(
        HistoryRequest request, IProgress<HistoryProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Parallelism, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Parallelism, 32);
        var span = SpanOf(request);
        var chunks = ChunksOf(request, await WithoutTimeBeforeListingAsync(request, span, cancellationToken).ConfigureAwait(false));
        var sync = new Lock();
        var revisions = new List<BarRevision>();
        var (done, added) = (0, 0);
        await Parallel.ForEachAsync(
            chunks,
            new ParallelOptions { MaxDegreeOfParallelism = request.Parallelism, CancellationToken = cancellationToken },
            async (chunk, token) =>
            {
                var saved = await DownloadAsync(request, chunk, token).ConfigureAwait(false);
                HistoryProgress state;
                lock (sync)
                {
                    done++;
                    added += saved.Added;
                    revisions.AddRange(saved.Revisions);
                    state = new HistoryProgress(done, chunks.Count, added);
                }

                progress?.Report(state);
            }).ConfigureAwait(false);

        return new HistoryReport(
            span,
            chunks.Count,
            added,
            [.. revisions.OrderBy(revision => revision.Stored.OpenTime)],
            _store.FindGaps(request.Symbol, request.Interval, span));
    }

    private async Task<SaveResult> DownloadAsync(HistoryRequest request, BarSpan chunk, CancellationToken cancellationToken)
    {
        var bars = await FetchAsync(request.Symbol, request.Interval, chunk, cancellationToken).ConfigureAwait(false);

        // The newest bars may still be to come, by the exchange's clock or because it is late; time counts as answered only up to the last that came.
        var settled = request.Interval.OpenTimeAt(_time.GetUtcNow()) - request.Interval.Length;
        var answered = chunk.To <= settled ? chunk.To : bars.Count > 0 ? bars.CloseTimeAt(bars.Count - 1) : chunk.From < settled ? settled : chunk.From;
        return _store.Save(bars, chunk with { To = answered < chunk.To ? answered : chunk.To });
    }

    private BarSpan SpanOf(HistoryRequest request)
    {
        var from = request.Interval.OpenTimeAt(request.From);
        from = from < request.From ? from + request.Interval.Length : from;
        var end = request.Interval.OpenTimeAt(_time.GetUtcNow());
        return new BarSpan(from, request.To is { } to && to < end ? to.ToUniversalTime() : end);
    }

    /// <summary>Finds what to ask for, without the time before the market's first bar: one request for weeks tells where that is.</summary>
    private async Task<IReadOnlyList<BarSpan>> WithoutTimeBeforeListingAsync(HistoryRequest request, BarSpan span, CancellationToken cancellationToken)
    {
        var wanted = Wanted(request, span);
        if (wanted.Count == 0 || (wanted[0].To - wanted[0].From) / request.Interval.Length <= BarsPerRequest)
        {
            return wanted;
        }

        var weeks = await FetchAsync(request.Symbol, Interval.OneWeek, span with { From = Interval.OneWeek.OpenTimeAt(span.From) }, cancellationToken).ConfigureAwait(false);
        if (weeks.Count == 0 || weeks.OpenTimeAt(0) <= span.From)
        {
            return wanted;
        }

        var listed = request.Interval.OpenTimeAt(weeks.OpenTimeAt(0));
        _store.Save(new BarSeriesBuilder(request.Symbol, request.Interval, GapPolicy.Flag).Build(), new BarSpan(span.From, listed));
        return Wanted(request, span with { From = listed });
    }

    private IReadOnlyList<BarSpan> Wanted(HistoryRequest request, BarSpan span)
    {
        if (request.Verify)
        {
            return span.From < span.To ? [span] : [];
        }

        var rechecked = RecheckedBars * request.Interval.Length;
        var missing = _store.FindMissing(request.Symbol, request.Interval, span);
        return [.. missing.Select(part => part with { From = part.From - rechecked > span.From ? part.From - rechecked : span.From })];
    }

    private static List<BarSpan> ChunksOf(HistoryRequest request, IReadOnlyList<BarSpan> spans)
    {
        var length = BarsPerRequest * request.Interval.Length;
        var chunks = new List<BarSpan>();
        foreach (var span in spans)
        {
            for (var from = span.From; from < span.To; from += length)
            {
                chunks.Add(new BarSpan(from, from + length < span.To ? from + length : span.To));
            }
        }

        return chunks;
    }

    private Task<BarSeries> FetchAsync(Symbol symbol, Interval interval, BarSpan span, CancellationToken cancellationToken) => _fetcher.FetchBarsAsync(
        new BarRequest { Symbol = symbol, Interval = interval, GapPolicy = GapPolicy.Flag, From = span.From, To = span.To }, cancellationToken);
}
