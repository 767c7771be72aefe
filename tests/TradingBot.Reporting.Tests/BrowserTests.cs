using System.Globalization;
using Microsoft.Playwright;
using TradingBot.Market;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Tests.Shared;

namespace TradingBot.Reporting.Tests;

/// <summary>Opens the pages as a person does; the screenshots are kept in artifacts/screenshots.</summary>
public sealed class BrowserTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const string ColorsByPane = """
        () => {
          const names = ['up', 'down', 'forecast', 'soft', 'equity', 'hold'];
          const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const wanted = names.map(name => {
            probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
            probe.fillRect(0, 0, 1, 1);
            return probe.getImageData(0, 0, 1, 1).data.slice(0, 3).join();
          });
          const rows = [...document.querySelectorAll('#prices table tr')].filter(row => row.cells.length === 3 && row.cells[1].clientHeight > 60);
          return rows.map(row => {
            const found = new Set();
            row.cells[1].querySelectorAll('canvas').forEach(canvas => {
              const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              for (let i = 0; i < data.length; i += 4) {
                if (data[i + 3] === 255) {
                  const at = wanted.indexOf(data[i] + ',' + data[i + 1] + ',' + data[i + 2]);
                  if (at >= 0) { found.add(names[at]); }
                }
              }
            });
            return [...found];
          });
        }
        """;

    // Where the line of the equity begins and ends, as shares of its pane's width.
    private const string ExtentOfEquity = """
        () => {
          const canvas = [...document.querySelectorAll('#prices table tr')].filter(row => row.cells.length === 3 && row.cells[1].clientHeight > 60)[1].cells[1].querySelector('canvas');
          const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--equity').trim();
          probe.fillRect(0, 0, 1, 1);
          const wanted = probe.getImageData(0, 0, 1, 1).data;
          const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          let first = canvas.width, last = -1;
          for (let i = 0; i < data.length; i += 4) {
            if (data[i] === wanted[0] && data[i + 1] === wanted[1] && data[i + 2] === wanted[2] && data[i + 3] === 255) {
              const x = (i / 4) % canvas.width;
              first = Math.min(first, x);
              last = Math.max(last, x);
            }
          }
          return [first / canvas.width, last / canvas.width];
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, int, int, ColorScheme> Views { get; } = new()
    {
        { "backtest", 1280, 900, ColorScheme.Light },
        { "backtest", 1280, 900, ColorScheme.Dark },
        { "backtest", 390, 844, ColorScheme.Light },
        { "backtest", 390, 844, ColorScheme.Dark },
        { "backtest-large", 390, 844, ColorScheme.Dark },
        { "backtest-ambiguous", 1280, 900, ColorScheme.Light },
        { "backtest-ambiguous", 390, 844, ColorScheme.Dark },
        { "portfolio", 1280, 900, ColorScheme.Light },
        { "portfolio", 1280, 900, ColorScheme.Dark },
        { "portfolio", 390, 844, ColorScheme.Light },
        { "portfolio", 390, 844, ColorScheme.Dark },
        { "forecast", 1280, 900, ColorScheme.Light },
        { "forecast", 1280, 900, ColorScheme.Dark },
        { "forecast", 390, 844, ColorScheme.Light },
        { "forecast", 390, 844, ColorScheme.Dark },
    };

    public void Dispose() => _folder.Dispose();

    [BrowserTheory]
    [MemberData(nameof(Views))]
    public async Task Page_InBrowser_IsDrawnWithoutErrorsRequestsOrOverflow(string name, int width, int height, ColorScheme scheme)
    {
        var path = Write(name);
        await using var context = await NewContextAsync(width, height, scheme);
        var page = await context.NewPageAsync();
        var (faults, requests) = (new List<string>(), new List<string>());
        page.Console += (_, message) => faults.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => faults.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);

        await page.GotoAsync(new Uri(path).AbsoluteUri);
        await page.WaitForSelectorAsync("html[data-ready=true]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        await NextFrameAsync(page);
        var folder = Directory.CreateDirectory(Repository.PathOf("artifacts", "screenshots")).FullName;
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{width}-{scheme}.png".ToLowerInvariant()), FullPage = true });

        faults.Should().BeEmpty();
        requests.Should().OnlyContain(url => url == new Uri(path).AbsoluteUri || url.StartsWith("data:", StringComparison.Ordinal));
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width);
        (await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('.chart')].every(chart => chart.querySelector('canvas') && chart.querySelector('canvas').width > 100)")).Should().BeTrue();
        (await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('.chart')].every(chart => chart.querySelector('a[href*=\"tradingview.com\"]'))")).Should().BeTrue("the library's licence asks for its mark");
        var background = await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        background.Should().Be(scheme == ColorScheme.Dark ? "rgb(15, 20, 27)" : "rgb(245, 246, 248)");
    }

    [BrowserTheory]
    [InlineData(1280, 900, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task BacktestPage_InBrowser_ShowsEveryPart(int width, int height, ColorScheme scheme)
    {
        var result = Samples.Backtest();
        await using var context = await NewContextAsync(width, height, scheme);
        var page = await OpenAsync(context, Write("backtest"));

        await ZoomInAsync(page, times: 4);

        // What is drawn is told by its colours in each pane; the exits are the only grey squares.
        var colors = await page.EvaluateAsync<string[][]>(ColorsByPane);
        colors.Should().HaveCount(3);
        colors[0].Should().Contain(["up", "down", "forecast", "soft"], "there are candles, the forecast, and exits");
        colors[1].Should().Contain(["equity", "hold"]);
        colors[2].Should().Equal("down"); // the drawdown has the colour of falls
        var marks = await page.EvaluateAsync<int>("() => JSON.parse(document.getElementById('data').textContent)[0].marks.filter(mark => mark.isEntry).length");
        marks.Should().Be(result.Trades.Count);

        (await page.EvaluateAsync<int>("() => document.querySelectorAll('#trades .sortable tbody tr').length")).Should().Be(result.Trades.Count);
        (await page.EvaluateAsync<int>("() => document.querySelectorAll('#statistics tbody tr').length")).Should().Be(21);
        var heat = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#months .heat td.up, #months .heat td.down')].map(cell => getComputedStyle(cell).backgroundColor)");
        heat.Should().HaveCount(MonthlyReturns.Of(result).Count).And.Subject.Distinct(StringComparer.Ordinal).Should().HaveCountGreaterThan(10, "each size has its shade");

        (await TextOfAsync(page, "#warnings")).Should().Contain("After 400 trials, luck alone gives this Sharpe ratio");
        (await TextOfAsync(page, "#luck")).Should().Contain("400").And.Contain("Largest fall, 95 % interval");
        (await TextOfAsync(page, "#regimes")).Should().Contain("Rising market");
        (await TextOfAsync(page, "#options")).Should().Contain("Initial balance").And.Contain("Slippage");
        (await TextOfAsync(page, "#model")).Should().Contain("Verdict: Echo.").And.Contain("SHA-256 of the file");
        (await TextOfAsync(page, "#reproduce")).Should().Contain("Hash of the bars").And.Contain("TradingBot.Core").And.Contain("Command line").And.Contain("backtest --seed 7");
    }

    [BrowserTheory]
    [InlineData(390, 844)]
    [InlineData(1280, 900)]
    public async Task BacktestPage_OfMoreTradesThanHaveRoom_MarksThemOnceZoomedIn(int width, int height)
    {
        await using var context = await NewContextAsync(width, height, ColorScheme.Light);
        var page = await OpenAsync(context, Write("backtest-large"));
        var hint = page.Locator("[data-hint=prices]");

        (await hint.IsVisibleAsync()).Should().BeTrue();
        (await page.EvaluateAsync<string[][]>(ColorsByPane))[0].Should().Contain(["up", "down"]).And.NotContain("soft", "squares would hide the candles");

        await ZoomInAsync(page, times: 8);
        (await hint.IsVisibleAsync()).Should().BeFalse();
        (await page.EvaluateAsync<string[][]>(ColorsByPane))[0].Should().Contain("soft");

        await page.Locator("[data-zoom=prices] button").Last.ClickAsync();
        await NextFrameAsync(page);
        (await hint.IsVisibleAsync()).Should().BeTrue();
    }

    [BrowserTheory]
    [InlineData(400, 1200)]
    [InlineData(1200, 400)]
    public async Task BacktestPage_WindowChangesItsWidth_StillShowsAllOfTheTime(int before, int after)
    {
        await using var context = await NewContextAsync(before, 900, ColorScheme.Light);
        var page = await OpenAsync(context, Write("backtest"));

        await page.SetViewportSizeAsync(after, 900);
        await NextFrameAsync(page);

        var drawn = await page.EvaluateAsync<double[]>(ExtentOfEquity);
        drawn[0].Should().BeLessThan(0.03, "the first bar is at the left edge");
        drawn[1].Should().BeGreaterThan(0.97, "the last bar is at the right edge");
    }

    [BrowserTheory]
    [InlineData(390, 844)]
    [InlineData(1280, 900)]
    public async Task BacktestPage_OfBarsThatHideTheOrder_HeadlinesIntervals(int width, int height)
    {
        var result = Samples.Ambiguous();
        await using var context = await NewContextAsync(width, height, ColorScheme.Light);
        var page = await OpenAsync(context, Write("backtest-ambiguous"));

        var (low, high) = (result.Statistics.TotalReturn, result.Optimistic!.Statistics.TotalReturn);
        low.Should().BeLessThan(high);
        var interval = string.Create(CultureInfo.InvariantCulture, $"{low * 100:#,0.0} % to {high * 100:#,0.0} %");
        (await page.Locator(".tiles div").First.InnerTextAsync()).Should().MatchEquivalentOf($"*Total return*{interval}*");
        (await page.Locator(".tiles div").Nth(1).InnerTextAsync()).Should().NotContain(" to ", "holding is not in doubt");
        (await TextOfAsync(page, "#statistics")).Should().Contain(interval).And.Contain($"{result.AmbiguousBars.Count} bars, the first of ");
        (await TextOfAsync(page, "#warnings")).Should().Contain($"{result.AmbiguousBars.Count} bars hide the order of what happened in them: the return lies between ");
        (await TextOfAsync(page, "#chart")).Should().Contain("what hurts came first");
        (await TextOfAsync(page, "#options")).Should().Contain("Stop order at a loss of");
        (await TextOfAsync(page, "#reproduce")).Should().Contain("Bars that hide the order of events").And.Contain("Finer bars");
        (await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('.tiles div')].every(tile => tile.scrollWidth <= tile.clientWidth)")).Should().BeTrue("an interval must fit its tile");
    }

    [BrowserTheory]
    [InlineData(390, 844)]
    public async Task BacktestPage_OfHolding_SaysThatItIsHolding(int width, int height)
    {
        var path = _folder.PathOf("holding.html");
        BacktestReport.Write(Samples.Backtest(SampleBars.RandomWalk(800, seed: 5, interval: Interval.OneDay), new HoldLong()), path);
        await using var context = await NewContextAsync(width, height, ColorScheme.Light);
        var page = await OpenAsync(context, path);

        (await TextOfAsync(page, "#warnings")).Should().MatchRegex("(All of the average return, and more,|[0-9]+ % of the average return) is explained by holding");
    }

    [BrowserTheory]
    [InlineData("Net", 12)]
    [InlineData("Entry", 2)]
    public async Task TradeTable_HeadingClicked_IsSorted(string heading, int column)
    {
        await using var context = await NewContextAsync(1280, 900, ColorScheme.Light);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(Write("backtest")).AbsoluteUri);
        var values = $"() => [...document.querySelectorAll('.sortable tbody tr')].map(row => Number(row.cells[{column}].dataset.value))";
        var before = await page.EvaluateAsync<double[]>(values);
        var button = page.Locator(".sortable thead button").Filter(new LocatorFilterOptions { HasText = heading }).First;

        await button.ClickAsync();
        (await page.EvaluateAsync<double[]>(values)).Should().Equal(before.Order());
        await button.ClickAsync();
        (await page.EvaluateAsync<double[]>(values)).Should().Equal(before.OrderDescending());
    }

    [BrowserTheory]
    [InlineData("</script><script>document.title = 'broken'</script>")]
    public async Task Page_HostileTexts_StayTexts(string text)
    {
        var path = _folder.PathOf("hostile.html");
        BacktestReport.Write(Samples.Backtest(card: Samples.Card(text)), path, new BacktestReportOptions { Title = text });
        await using var context = await NewContextAsync(390, 844, ColorScheme.Light);
        var page = await context.NewPageAsync();

        await page.GotoAsync(new Uri(path).AbsoluteUri);

        (await page.TitleAsync()).Should().Be(text);
        (await page.Locator("h1").TextContentAsync()).Should().Be(text);
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        await page.WaitForSelectorAsync("html[data-ready=true]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        await NextFrameAsync(page);
        return page;
    }

    private static async Task ZoomInAsync(IPage page, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await page.Locator("[data-zoom=prices] button").First.ClickAsync();
        }

        await NextFrameAsync(page);
    }

    private static async Task NextFrameAsync(IPage page) => await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

    private static async Task<string> TextOfAsync(IPage page, string selector)
    {
        (await page.Locator(selector).IsVisibleAsync()).Should().BeTrue();
        return await page.Locator(selector).InnerTextAsync();
    }

    private async Task<IBrowserContext> NewContextAsync(int width, int height, ColorScheme scheme)
    {
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });

        // A machine that is busy with other builds draws slowly.
        context.SetDefaultTimeout(120_000);
        return context;
    }

    private string Write(string name)
    {
        var path = _folder.PathOf($"{name}.html");
        switch (name)
        {
            case "backtest":
                BacktestReport.Write(Samples.Backtest(), path, new BacktestReportOptions
                {
                    Trials = new TrialHistory { Count = 400, LuckSharpe = 9.5, OverfittingProbability = 0.4 },
                    Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Command line"] = "backtest --seed 7", ["Strategy"] = "threshold" },
                });
                break;
            case "backtest-ambiguous":
                BacktestReport.Write(Samples.Ambiguous(), path);
                break;
            case "backtest-large":
                BacktestReport.Write(Samples.Backtest(9_000, interval: Interval.OneHour), path);
                break;
            case "portfolio":
                PortfolioReport.Write(Samples.Portfolio(), path);
                break;
            default:
                var forecasts = Samples.Forecasts(SampleBars.RandomWalk(600, seed: 5, interval: Interval.OneDay));
                ForecastPage.Write(forecasts, path, new ForecastPageOptions { Model = Samples.Card(), Rounds = Samples.Rounds(forecasts, 3) });
                break;
        }

        return path;
    }

    private sealed class HoldLong : IStrategy
    {
        public Decision Decide(in StrategyContext context) => context.Position.IsFlat ? Decision.Long : Decision.None;
    }
}
