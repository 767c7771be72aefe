using System.Globalization;
using System.Text.RegularExpressions;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Strategies;
using TradingBot.Testing;

namespace TradingBot.Reporting.Tests;

public sealed class BacktestReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_SameResultTwice_GivesTheSameBytes()
    {
        BacktestReport.Write(Samples.Backtest(), _folder.PathOf("one.html"));
        BacktestReport.Write(Samples.Backtest(), _folder.PathOf("two.html"));

        File.ReadAllBytes(_folder.PathOf("two.html")).Should().Equal(File.ReadAllBytes(_folder.PathOf("one.html")));
    }

    [Fact]
    public void Write_HostileTexts_AreEscapedEverywhere()
    {
        var result = Samples.Backtest(card: Samples.Card(Samples.Hostile));
        result = result with
        {
            Warnings = [Samples.Hostile],
            Denials = new Dictionary<string, int>(StringComparer.Ordinal) { [Samples.Hostile] = 1 },
            Trades = [result.Trades[0] with { EntryReason = Samples.Hostile, ExitReason = Samples.Hostile }],
        };

        var html = Html(result, new BacktestReportOptions
        {
            Title = Samples.Hostile,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { [Samples.Hostile] = Samples.Hostile },
        });

        html.Should().NotContain("<img");
        // Title twice, warning, denial, two reasons, setting's name and value, and the card's name in the facts and a finding.
        Regex.Count(html, Regex.Escape("&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co"), RegexOptions.None, TimeSpan.FromSeconds(10)).Should().Be(10);
        Regex.Count(File.ReadAllText(_folder.PathOf("report.html")), "</script>", RegexOptions.None, TimeSpan.FromSeconds(10)).Should().Be(3);
    }

    [Fact]
    public void Write_Result_PrintsItsFigures()
    {
        var result = Samples.Backtest();
        var statistics = result.Statistics;

        var html = Html(result);

        html.Should().Contain($"<span>Total return</span><strong class=\"{(statistics.TotalReturn > 0 ? "gain" : "loss")}\">{(statistics.TotalReturn * 100).ToString("#,0.0", CultureInfo.InvariantCulture)} %</strong>");
        html.Should().Contain($"<th scope=\"row\">Sharpe ratio (yearly)</th><td>{statistics.Sharpe!.Value.ToString("0.00", CultureInfo.InvariantCulture)}</td><td>{statistics.BuyAndHoldSharpe!.Value.ToString("0.00", CultureInfo.InvariantCulture)}</td>");
        html.Should().Contain($"<th scope=\"row\">Final balance</th><td>{statistics.FinalBalance.ToString("#,0.00", CultureInfo.InvariantCulture)}</td>");
        html.Should().Contain("Verdict: Echo. The model is an echo of past prices");
        html.Should().Contain("<dt>Fee of a maker, of a taker</dt><dd>0.02 %, 0.05 %</dd>");
        html.Should().Contain("<dt>Funding in these bars</dt><dd>2,400 payments of 0.01 %</dd>");
        Regex.Count(html, "<tr><td data-value", RegexOptions.None, TimeSpan.FromSeconds(10)).Should().Be(result.Trades.Count);
    }

    [Fact]
    public void Write_Result_NamesWhatItTakesToReproduceIt()
    {
        var html = Html(Samples.Backtest());

        html.Should().Contain("<dt>First bar opens</dt><dd>2024-01-01 00:00:00Z</dd>");
        html.Should().Contain("<dt>Last bar closes</dt><dd>2026-03-11 00:00:00Z</dd>");
        html.Should().MatchRegex("<dt>Hash of the bars</dt><dd>[0-9a-f]{64}</dd>");
        html.Should().MatchRegex("<dt>Hash of the forecasts</dt><dd>[0-9a-f]{64}</dd>");
        html.Should().Contain($"<dt>Hash of the model&#39;s file</dt><dd>{new string('a', 64)}</dd>");
        html.Should().MatchRegex("<dt>Software</dt><dd>TradingBot.Reporting [0-9.]+[^<]*, TradingBot.Core [0-9.]+");
        html.Should().Contain("The settings of the strategy are not recorded here");
    }

    [Fact]
    public void Write_Settings_AreListedByName()
    {
        var html = Html(Samples.Backtest(), new BacktestReportOptions { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Threshold"] = "0.004", ["Strategy"] = "threshold" } });

        html.Should().MatchRegex("<dt>Strategy</dt><dd>threshold</dd></div><div><dt>Threshold</dt><dd>0.004</dd>");
        html.Should().NotContain("are not recorded here");
    }

    [Fact]
    public void Write_Trials_AreWhatTheSharpeRatioIsJudgedAgainst()
    {
        var html = Html(Samples.Backtest(), new BacktestReportOptions { Trials = new TrialHistory { Count = 400, LuckSharpe = 9.5, OverfittingProbability = 0.75 } });

        html.Should().MatchRegex("<li>After 400 trials, luck alone gives this Sharpe ratio: the best of so many is expected to show 9.50 without any skill, and this one shows [0-9.]+\\.</li>");
        html.Should().Contain("<li>In 75.0 % of the ways to cut the time in two");
        html.Should().Contain("<th scope=\"row\">Trials of this strategy on this data</th><td>400</td>");
        html.Should().Contain("<th scope=\"row\">Sharpe ratio that luck alone gives the best of so many</th><td>9.50</td>");
        html.Should().Contain("<th scope=\"row\">Probability of backtest overfitting</th><td>75.0 %</td>");
        html.Should().Contain("<td>800 days, no length suffices</td>").And.NotContain("was not counted");
    }

    [Fact]
    public void Write_NoTrials_SaysThatTheyWereNotCounted()
    {
        var html = Html(Samples.Backtest());

        html.Should().Contain("<th scope=\"row\">Trials of this strategy on this data</th><td>not counted</td>").And.Contain("before this one was not counted");
        html.Should().Contain("<th scope=\"row\">Probability that more than luck is behind it (deflated Sharpe ratio)</th><td>not known</td>");
    }

    [Fact]
    public void Write_Result_IsSplitByKindOfMarket()
    {
        var result = Samples.Backtest();
        var report = Statistics.RegimeReport.Of(result)!;

        var html = Html(result);

        html.Should().Contain($"<th scope=\"row\">Falling market</th><td>{report.ByTrend[0].BarCount}</td><td>{Figures.Percent(report.ByTrend[0].TotalReturn)}</td><td>{Figures.Number(report.ByTrend[0].Sharpe)}</td>");
        html.Should().Contain($"<th scope=\"row\">Restless market</th><td>{report.ByVolatility[2].BarCount}</td>");
        Html(Samples.Backtest(60)).Should().Contain("too few bars to tell one kind of market from another");
    }

    [Fact]
    public void Write_FewBars_IsNotThinned() => Html(Samples.Backtest()).Should().NotContain("Thinned for display");

    [Fact]
    public void Write_ManyBars_SaysThatTheyAreThinned()
    {
        var html = Html(Samples.Backtest(7_001, interval: Interval.OneHour));

        html.Should().Contain("Thinned for display: each point stands for up to 3 bars, 7,001 bars in 2,334 points.");
    }

    [Fact]
    public void Write_ManyTrades_ShowsTheLargestAndSaysSo()
    {
        var result = Samples.Backtest();
        var trade = result.Trades[0];
        Trade[] trades = [.. Enumerable.Range(1, TradeTable.MaxRows + 1).Select(i => trade with { GrossProfit = i, Fees = 0, Funding = 0, IsOpen = false })];

        var html = Html(result with { Trades = trades });

        html.Should().Contain("Thinned for display: the 2,000 of 2,001 trades with the largest profits and losses.");
        html.Should().Contain("<tr><td data-value=\"1\" class=\"number\">2</td>");
        html.Should().NotContain("<tr><td data-value=\"0\" class=\"number\">1</td>", "the smallest profit is the one left out");
    }

    [Fact]
    public void Write_NoTrades_SaysSo()
    {
        var html = Html(Samples.Backtest(SampleBars.Rising(60), new Idle()));

        html.Should().Contain("It never traded, so there is nothing to judge.");
        html.Should().Contain("There were no trades.");
        html.Should().Contain("The strategy ran without forecasts.");
    }

    [Fact]
    public void Write_OneBar_IsWritten() => Html(Samples.Backtest(SampleBars.Rising(1), new Idle())).Should().Contain("BTCUSDT 1h: 1 bars from");

    [Fact]
    public void Write_Page_NamesNoAddressButTheLibrarys()
    {
        var html = Html(Samples.Backtest());

        html.Should().Contain("default-src 'none'");
        Regex.Matches(html, "(src|href)=\"(?<address>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)).Select(match => match.Groups["address"].Value)
            .Should().BeSubsetOf(["data:,", "https://www.tradingview.com/"]);
        html.Should().Contain("TradingView Lightweight Charts™ 5.2.1, Copyright (c) 2026 TradingView, Inc.").And.Contain("Apache License");
    }

    [Fact]
    public void Write_NoResult_IsRefused()
    {
        FluentActions.Invoking(() => BacktestReport.Write(null!, _folder.PathOf("x.html"))).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => BacktestReport.Write(Samples.Backtest(), string.Empty)).Should().Throw<ArgumentException>();
    }

    private string Html(BacktestResult result, BacktestReportOptions? options = null)
    {
        var path = _folder.PathOf("report.html");
        BacktestReport.Write(result, path, options);
        // Without the scripts, which would bury a failure's message.
        return File.ReadAllText(path).Split("<script type=\"application/json\"")[0];
    }

    private sealed class Idle : IStrategy
    {
        public Decision Decide(in StrategyContext context) => Decision.None;
    }
}
