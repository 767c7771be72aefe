using TradingBot.Market;
using TradingBot.Trading;
using Xunit;

namespace TradingBot.Testing.Contracts;

/// <summary>What every <see cref="IFetcher"/> must do. Inherit it in a test project and give it a fetcher with at least twenty closed bars.</summary>
public abstract class FetcherContract
{
    /// <summary>Gets a listed symbol.</summary>
    protected virtual Symbol Symbol => SampleSymbols.BtcUsdt.Symbol;

    /// <summary>Gets a symbol that the exchange does not list.</summary>
    protected virtual Symbol UnknownSymbol => Symbol.Parse("NOSUCHTHINGUSDT");

    /// <summary>Gets the length of the bars to ask for.</summary>
    protected virtual Interval Interval => Interval.OneHour;

    /// <summary>Gets the present instant of the exchange's clock.</summary>
    protected abstract DateTimeOffset Now { get; }

    /// <summary>Only bars that have closed are served, up to the latest.</summary>
    [Fact]
    public async Task FetchBarsAsync_Always_ReturnsClosedBarsOnly()
    {
        var bars = await CreateFetcher().FetchBarsAsync(Request(count: 10));

        Assert.Equal(10, bars.Count);
        var closed = bars.CloseTimeAt(bars.Count - 1);
        Assert.True(closed <= Now, $"The last bar closes at {closed:u}; it is {Now:u}.");
        Assert.True(closed > Now - Interval.Length, $"A bar closed after {closed:u}; it is {Now:u}.");
    }

    /// <summary>The bars are of the symbol and interval that were asked for, oldest first, on the grid and without overlap.</summary>
    [Fact]
    public async Task FetchBarsAsync_Always_ReturnsTheMarketAskedForOldestFirst()
    {
        var bars = await CreateFetcher().FetchBarsAsync(Request(count: 10));

        Assert.Equal((Symbol, Interval), (bars.Symbol, bars.Interval));
        for (var i = 0; i < bars.Count; i++)
        {
            Assert.True(Interval.IsOpenTime(bars.OpenTimeAt(i)), $"{bars.OpenTimeAt(i):u} is not on the grid of {Interval}.");
            Assert.True(i == 0 || bars.OpenTimes[i] > bars.OpenTimes[i - 1], $"The bar of {bars.OpenTimeAt(i):u} is not after the one before.");
        }
    }

    /// <summary>A count asks for the latest bars.</summary>
    [Fact]
    public async Task FetchBarsAsync_Count_ReturnsTheLatest()
    {
        var fetcher = CreateFetcher();

        var (many, few) = (await fetcher.FetchBarsAsync(Request(count: 10)), await fetcher.FetchBarsAsync(Request(count: 3)));

        Assert.Equal(many.Skip(7), few);
    }

    /// <summary>From is inclusive, to is exclusive, and both mean open times.</summary>
    [Fact]
    public async Task FetchBarsAsync_FromAndTo_ReturnsTheOpenTimesInBetween()
    {
        var fetcher = CreateFetcher();
        var all = await fetcher.FetchBarsAsync(Request(count: 10));

        var part = await fetcher.FetchBarsAsync(Request() with { From = all.OpenTimeAt(2), To = all.OpenTimeAt(5) });

        Assert.Equal(all.Skip(2).Take(3), part);
    }

    /// <summary>From without an end reaches up to the latest closed bar.</summary>
    [Fact]
    public async Task FetchBarsAsync_FromOnly_ReturnsUpToTheLatest()
    {
        var fetcher = CreateFetcher();
        var all = await fetcher.FetchBarsAsync(Request(count: 10));

        Assert.Equal(all.Skip(6), await fetcher.FetchBarsAsync(Request() with { From = all.OpenTimeAt(6) }));
    }

    /// <summary>A span that has no bars yet is empty.</summary>
    [Fact]
    public async Task FetchBarsAsync_FromTheFuture_ReturnsNone() =>
        Assert.Empty(await CreateFetcher().FetchBarsAsync(Request() with { From = Now + Interval.Length }));

    /// <summary>Reading twice gives the same.</summary>
    [Fact]
    public async Task FetchBarsAsync_Twice_ReturnsTheSame()
    {
        var fetcher = CreateFetcher();

        Assert.Equal(await fetcher.FetchBarsAsync(Request(count: 5)), await fetcher.FetchBarsAsync(Request(count: 5)));
    }

    /// <summary>A symbol that is not listed is an error of the exchange.</summary>
    [Fact]
    public async Task FetchBarsAsync_UnknownSymbol_ThrowsExchangeException() =>
        await Assert.ThrowsAsync<ExchangeException>(() => CreateFetcher().FetchBarsAsync(Request(count: 5) with { Symbol = UnknownSymbol }));

    /// <summary>A call that was canceled before it began does nothing.</summary>
    [Fact]
    public async Task FetchBarsAsync_Canceled_ThrowsOperationCanceledException() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CreateFetcher().FetchBarsAsync(Request(count: 5), new CancellationToken(canceled: true)));

    /// <summary>The trading rules of a listed symbol are usable.</summary>
    [Fact]
    public async Task FetchSymbolInfoAsync_ListedSymbol_ReturnsUsableRules()
    {
        var info = await CreateFetcher().FetchSymbolInfoAsync(Symbol);

        Assert.Equal(Symbol, info.Symbol);
        Assert.True(info.TickSize > 0 && info.StepSize > 0, $"Tick {info.TickSize} and step {info.StepSize} must be above 0.");
        Assert.True(info.MinQuantity >= 0 && info.MaxQuantity > info.MinQuantity && info.MaxMarketQuantity > info.MinQuantity, $"Quantities {info} leave nothing to trade.");
        Assert.True(info.MinNotional >= 0, $"The minimum notional {info.MinNotional} must not be negative.");
    }

    /// <summary>A symbol that is not listed is an error of the exchange.</summary>
    [Fact]
    public async Task FetchSymbolInfoAsync_UnknownSymbol_ThrowsExchangeException() =>
        await Assert.ThrowsAsync<ExchangeException>(() => CreateFetcher().FetchSymbolInfoAsync(UnknownSymbol));

    /// <summary>The price of a listed symbol is a price, and not older than the latest closed bar.</summary>
    [Fact]
    public async Task FetchPriceAsync_ListedSymbol_ReturnsACurrentPrice()
    {
        var price = await CreateFetcher().FetchPriceAsync(Symbol);

        Assert.True(price.Last > 0 && price.Mark > 0, $"Expected prices above 0, found {price}.");
        Assert.Equal(TimeSpan.Zero, price.Time.Offset);
        Assert.True(price.Time >= Interval.OpenTimeAt(Now), $"The price is of {price.Time:u}; it is {Now:u}.");
    }

    /// <summary>A symbol that is not listed is an error of the exchange.</summary>
    [Fact]
    public async Task FetchPriceAsync_UnknownSymbol_ThrowsExchangeException() =>
        await Assert.ThrowsAsync<ExchangeException>(() => CreateFetcher().FetchPriceAsync(UnknownSymbol));

    /// <summary>Makes the fetcher to test.</summary>
    protected abstract IFetcher CreateFetcher();

    private BarRequest Request(int? count = null) => new() { Symbol = Symbol, Interval = Interval, GapPolicy = GapPolicy.Reject, Count = count };
}
