using Microsoft.Playwright;
using TradingBot.Market;
using TradingBot.Testing;

namespace TradingBot.Reporting.Tests;

/// <summary>What a person sees on the page of forecasts: that lines are drawn, and that the table of rounds adds up.</summary>
public sealed class ForecastPageBrowserTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    // Student's t for 95 % and two degrees of freedom, from tables.
    private const double StudentT = 4.302653;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserTheory]
    [InlineData("current", "Current price against forecast", "actual", "forecast")]
    [InlineData("actual", "Actual price against forecast", "actual", "forecast")]
    [InlineData("residuals", "Errors: forecast less close", "residual")]
    [InlineData("losses", "Loss by epoch", "r0", "r1", "r2")]
    public async Task Chart_InBrowser_IsDrawnInTheColoursOfItsSeries(string id, string heading, params string[] colors)
    {
        await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        var page = await OpenAsync(context);

        (await page.Locator($"#section-{id} h2").TextContentAsync()).Should().Be(heading);
        foreach (var color in colors)
        {
            // A thin and slanted line has few pixels of its pure colour.
            (await PixelsAsync(page, id, color)).Should().BeGreaterThan(10, "the series in the colour {0} is drawn", color);
        }
    }

    [BrowserTheory]
    [InlineData(3)]
    public async Task Rounds_InBrowser_EndWithTheirMeanAndItsInterval(int count)
    {
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await OpenAsync(context);

        var rows = await page.EvaluateAsync<string[][]>("() => [...document.querySelectorAll('#rounds tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))");

        rows.Select(row => row[0]).Should().Equal("1", "2", "3", "Mean", "95 % from", "95 % to");
        double Number(int row, int column) => double.Parse(rows[row][column], System.Globalization.CultureInfo.InvariantCulture);
        for (var column = 1; column <= 3; column++)
        {
            double[] values = [.. Enumerable.Range(0, count).Select(row => Number(row, column))];
            var mean = values.Average();
            var half = StudentT * Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (count - 1) / count);
            Number(3, column).Should().BeApproximately(mean, 1e-5 * mean);
            Number(4, column).Should().BeApproximately(mean - half, 1e-4 * mean);
            Number(5, column).Should().BeApproximately(mean + half, 1e-4 * mean);
        }

        rows[0][1..3].Should().Equal("40", "0.125");
        (await page.Locator("#rounds thead th").AllTextContentsAsync()).Should().StartWith(["Round", "Epoch kept", "Training loss", "Validation loss", "RMSE"]);
    }

    private async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var path = _folder.PathOf("forecast.html");
        var forecasts = Samples.Forecasts(SampleBars.RandomWalk(300, seed: 5, interval: Interval.OneDay));
        ForecastPage.Write(forecasts, path, new ForecastPageOptions { Model = Samples.Card(), Rounds = Samples.Rounds(forecasts, 3) });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        await page.WaitForSelectorAsync("html[data-ready=true]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        return page;
    }

    // The pixels of the panes, not of the narrow scales beside them, that have just the colour of a series.
    private static Task<int> PixelsAsync(IPage page, string id, string color) => page.EvaluateAsync<int>(
        """
        ([id, color]) => {
          const probe = document.createElement('canvas').getContext('2d');
          probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--' + color).trim();
          probe.fillRect(0, 0, 1, 1);
          const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
          let count = 0;
          for (const canvas of [...document.getElementById(id).querySelectorAll('canvas')].filter(one => one.width > 200)) {
            const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            for (let i = 0; i < pixels.length; i += 4) {
              if (pixels[i] === r && pixels[i + 1] === g && pixels[i + 2] === b && pixels[i + 3] === 255) { count++; }
            }
          }
          return count;
        }
        """,
        new[] { id, color });
}
