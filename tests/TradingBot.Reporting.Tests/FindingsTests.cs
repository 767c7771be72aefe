using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Testing;

namespace TradingBot.Reporting.Tests;

/// <summary>Each sentence appears on the one side of its threshold and not on the other.</summary>
public sealed class FindingsTests
{
    // Two years of daily bars, one closed trade without costs that earned what holding did, by a model that was judged.
    private static readonly BacktestResult Clean = Make();

    [Fact]
    public void Of_CleanResult_SaysNothing() => Findings.Of(Clean, null).Should().BeEmpty();

    [Fact]
    public void Of_NoTrades_SaysOnlyThat() =>
        Findings.Of(Clean with { Statistics = Clean.Statistics with { TradeCount = 0, TotalReturn = -1 } }, null).Should().Equal("It never traded, so there is nothing to judge.");

    [Theory]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public void Of_FewTrades_AreTooFew(int trades, bool said) =>
        AssertSaid(said, Clean with { Statistics = Clean.Statistics with { TradeCount = trades } }, null, $"{trades} trades are too few to tell skill from luck.");

    [Theory]
    [InlineData(0.499, null)]
    [InlineData(0.5, "50 % of the average return is explained by holding: a steady position of 0.90 times the account in BTC would have earned that much without a decision (R² 0.80).")]
    [InlineData(0.98, "98 % of the average return is explained by holding: *")]
    [InlineData(1.0, "All of the average return, and more, is explained by holding: *")]
    [InlineData(1.7, "All of the average return, and more, is explained by holding: *")]
    public void Of_ReturnOfHolding_IsNamedFromOneHalf(double share, string? sentence)
    {
        var findings = Findings.Of(Clean, new HoldingShare(0.9, 0.8, share, 0.05, 1.2)).ToArray();

        if (sentence is null)
        {
            findings.Should().BeEmpty();
        }
        else
        {
            findings.Should().ContainSingle().Which.Should().Match(sentence.EndsWith('*') ? sentence : sentence + "*");
        }
    }

    [Theory]
    [InlineData(1.959, "What is left, 5.0 % a year, cannot be told from chance (t 1.96).")]
    [InlineData(-1.959, "What is left, 5.0 % a year, cannot be told from chance (t -1.96).")]
    [InlineData(1.96, "What is left, 5.0 % a year, is more than chance explains (t 1.96).")]
    [InlineData(null, "Nothing is left.")]
    public void Of_RestBesideHolding_IsComparedWithChance(double? t, string end) =>
        Findings.Of(Clean, new HoldingShare(0.9, 0.8, 0.98, 0.05, t)).Single().Should().EndWith(end);

    [Theory]
    [InlineData(0.21, 0.2, 0.1, 0.2, null)]
    [InlineData(0.2, 0.2, 0.1, 0.2, null)]
    [InlineData(0.19, 0.2, 0.1, 0.2, "Buying and holding returned 20.0 %, this 19.0 %, though with a smaller largest fall (10.0 % against 20.0 %).")]
    [InlineData(0.19, 0.2, 0.2, 0.2, "Buying and holding returned 20.0 %, this 19.0 %, and with a largest fall no smaller (20.0 % against 20.0 %).")]
    public void Of_LessThanHolding_IsSaid(double total, double hold, double fall, double holdFall, string? sentence) =>
        AssertOnly(sentence, Clean with { Statistics = Clean.Statistics with { TotalReturn = total, BuyAndHoldReturn = hold, MaxDrawdown = fall, BuyAndHoldMaxDrawdown = holdFall } });

    [Theory]
    [InlineData(49.9, null)]
    [InlineData(50, "Fees, slippage and funding took 50 % of what the trades earned before costs.")]
    [InlineData(100, "Fees, slippage and funding took 100 % of what the trades earned before costs.")]
    [InlineData(100.01, "The trades earned 100.00 before costs; fees, slippage and funding took 100.01, more than that.")]
    public void Of_Costs_AreNamedFromOneHalfOfTheEdge(double costs, string? sentence)
    {
        var fees = (decimal)costs;
        AssertOnly(sentence, Clean with { Trades = [Clean.Trades[0] with { GrossProfit = 100, Fees = fees }], Statistics = Clean.Statistics with { TotalFees = fees, LargestWin = null } });
    }

    [Theory]
    [InlineData(49.9, null)]
    [InlineData(50, "One trade made 50.00 of 100.00 in all (50 %): without it the result is another.")]
    public void Of_OneTrade_IsNamedFromOneHalfOfTheProfit(double largest, string? sentence)
    {
        var (win, rest) = ((decimal)largest, 100 - (decimal)largest);
        AssertOnly(sentence, Clean with
        {
            Trades = [Clean.Trades[0] with { GrossProfit = win }, Clean.Trades[0] with { GrossProfit = rest }],
            Statistics = Clean.Statistics with { LargestWin = win },
        });
    }

    [Theory]
    [InlineData(364, true)]
    [InlineData(365, false)]
    public void Of_LessThanAYear_IsExtrapolated(int days, bool said) => AssertSaid(said, Make(days), null, $"The bars span {days} days; figures for a year are extrapolated.");

    [Fact]
    public void Of_OpenTrade_IsSaid() => AssertOnly(
        "The last position is still open; its value counts at the last close, without the cost of leaving it.",
        Clean with { Trades = [Clean.Trades[0] with { IsOpen = true }] });

    [Fact]
    public void Of_ModelThatTellsLittle_IsSaid() => Findings.Of(Clean with { Model = Clean.Model! with { Skill = null, TrainedTo = null } }, null).Should().Equal(
        "The model 'sample' carries no verdict: nobody has shown that its forecasts are better than the last close.",
        "The model 'sample' does not say on what it was trained, so it may have seen these bars.");

    private static void AssertSaid(bool said, BacktestResult result, HoldingShare? holding, string sentence) => Findings.Of(result, holding).Should().Equal(said ? [sentence] : []);

    private static void AssertOnly(string? sentence, BacktestResult result) => Findings.Of(result, null).Should().Equal(sentence is null ? [] : [sentence]);

    private static BacktestResult Make(int days = 730)
    {
        var bars = SampleBars.Flat(days, interval: Interval.OneDay);
        var result = Samples.Backtest(60);
        var trade = result.Trades[0] with { GrossProfit = 100, Fees = 0, Funding = 0, Slippage = 0, IsOpen = false };
        return result with
        {
            Bars = bars,
            Model = Samples.Card() with { TrainedTo = bars.OpenTimeAt(0) },
            Trades = [trade],
            Statistics = result.Statistics with
            {
                TradeCount = 100,
                TotalReturn = 0.2,
                BuyAndHoldReturn = 0.2,
                TotalFees = 0,
                TotalFunding = 0,
                TotalSlippage = 0,
                LargestWin = null,
            },
        };
    }
}
