using Microsoft.Playwright;
using TradingBot.Market;
using TradingBot.Testing;
using TradingBot.Tests.Shared;

namespace TradingBot.Reporting.Tests;

/// <summary>Opens the pages as a person does; the screenshots are kept in artifacts/screenshots.</summary>
public sealed class BrowserTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, int, int, ColorScheme> Views { get; } = new()
    {
        { "backtest", 1280, 900, ColorScheme.Light },
        { "backtest", 1280, 900, ColorScheme.Dark },
        { "backtest", 390, 844, ColorScheme.Light },
        { "backtest", 390, 844, ColorScheme.Dark },
        { "backtest-large", 390, 844, ColorScheme.Dark },
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
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
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

    private Task<IBrowserContext> NewContextAsync(int width, int height, ColorScheme scheme) => chromium.Browser.NewContextAsync(new BrowserNewContextOptions
    {
        ViewportSize = new ViewportSize { Width = width, Height = height },
        ColorScheme = scheme,
    });

    private string Write(string name)
    {
        var path = _folder.PathOf($"{name}.html");
        switch (name)
        {
            case "backtest":
                BacktestReport.Write(Samples.Backtest(), path);
                break;
            case "backtest-large":
                BacktestReport.Write(Samples.Backtest(9_000, interval: Interval.OneHour), path);
                break;
            default:
                var forecasts = Samples.Forecasts(SampleBars.RandomWalk(600, seed: 5, interval: Interval.OneDay));
                ForecastPage.Write(forecasts, path, new ForecastPageOptions { Model = Samples.Card(), Rounds = Samples.Rounds(forecasts, 3) });
                break;
        }

        return path;
    }
}
