using System.Globalization;
using System.Text.RegularExpressions;
using TradingBot.Backtesting;

namespace TradingBot.Reporting.Tests;

public sealed class PortfolioReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_SameResultTwice_GivesTheSameBytes()
    {
        PortfolioReport.Write(Samples.Portfolio(), _folder.PathOf("one.html"));
        PortfolioReport.Write(Samples.Portfolio(), _folder.PathOf("two.html"));

        File.ReadAllBytes(_folder.PathOf("two.html")).Should().Equal(File.ReadAllBytes(_folder.PathOf("one.html")));
    }

    [Fact]
    public void Write_Result_PrintsTheAccountAndEveryMarket()
    {
        var result = Samples.Portfolio();

        var html = Html(result);

        html.Should().Contain("<h1>Portfolio of BTCUSDT, ETHUSDT</h1>");
        html.Should().Contain($"<th scope=\"row\">Final balance</th><td>{Money(result.Statistics.FinalBalance)}</td>");
        foreach (var market in result.Markets)
        {
            html.Should().Contain($"<th scope=\"row\">{market.Market.Bars.Symbol} 1d</th><td class=\"{(market.Contribution < 0 ? "loss" : "gain")}\">{(market.Contribution * 100).ToString("#,0.0", CultureInfo.InvariantCulture)} %</td><td>{Money(market.NetProfit)}</td><td>{Money(market.Edge)}</td><td>{Money(-market.TotalFees)}</td>");
            html.Should().Contain($"<dd>{Fingerprint.Of(market.Market.Bars)}</dd>");
        }

        var trades = result.Markets.Sum(market => market.Trades.Count);
        trades.Should().BeGreaterThan(50);
        Regex.Count(html, "<td>(BTCUSDT|ETHUSDT)</td><td>(long|short)</td>", RegexOptions.None, TimeSpan.FromSeconds(10)).Should().Be(trades);
        html.Should().Contain("Decisions of ETHUSDT that did not become fills").And.Contain("InsufficientMargin");
        html.Should().Contain("<li class=\"grave\">BTCUSDT: The model &#39;sample&#39; was found to be");
    }

    [Fact]
    public void Write_HostileTexts_AreEscapedEverywhere()
    {
        var result = Samples.Portfolio() with { Warnings = [Samples.Hostile] };
        var market = result.Markets[0];
        result = result with
        {
            Markets =
            [
                market with
                {
                    Market = market.Market with { Model = Samples.Card(Samples.Hostile) },
                    Denials = new Dictionary<string, int>(StringComparer.Ordinal) { [Samples.Hostile] = 1 },
                    Trades = [market.Trades[0] with { EntryReason = Samples.Hostile, ExitReason = Samples.Hostile }],
                },
            ],
        };

        var html = Html(result, new PortfolioReportOptions
        {
            Title = Samples.Hostile,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { [Samples.Hostile] = Samples.Hostile },
        });

        html.Should().NotContain("<img");
        // Title twice, warning, denial, two reasons, the model, and the setting's name and value.
        Regex.Count(html, Regex.Escape("&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co"), RegexOptions.None, TimeSpan.FromSeconds(10)).Should().Be(9);
    }

    [Fact]
    public void Write_BarsThatHideTheOrder_PrintsTheInterval()
    {
        var result = Samples.Portfolio();
        result = result with
        {
            Statistics = result.Statistics with { TotalReturn = 0.1, Sharpe = 1 },
            Optimistic = new OptimisticResult { Statistics = result.Statistics with { TotalReturn = 0.15, Sharpe = 1.5 }, Equity = result.Equity },
        };

        var html = Html(result);

        html.Should().Contain("<span>Total return</span><strong class=\"gain\">10.0 % to 15.0 %</strong>");
        html.Should().Contain("<th scope=\"row\">Sharpe ratio (yearly)</th><td>1.00 to 1.50</td>");
        html.Should().Contain("bar(s) hide the order of what happened in them; where two figures are given");
    }

    [Fact]
    public void Write_NothingTraded_SaysSo()
    {
        var result = Samples.Portfolio(bars: 4);

        var html = Html(result);

        html.Should().Contain("It never traded, so there is nothing to judge.").And.Contain("There were no trades.");
    }

    private static string Money(decimal value) => value.ToString("#,0.00", CultureInfo.InvariantCulture);

    private string Html(PortfolioResult result, PortfolioReportOptions? options = null)
    {
        var path = _folder.PathOf("report.html");
        PortfolioReport.Write(result, path, options);
        var text = File.ReadAllText(path);
        return text[..text.IndexOf("<script type", StringComparison.Ordinal)];
    }
}
