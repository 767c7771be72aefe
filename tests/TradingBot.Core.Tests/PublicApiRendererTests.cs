using TradingBot.Market;
using TradingBot.Tests.Shared;

namespace TradingBot.Core.Tests;

public sealed class PublicApiRendererTests
{
    [Theory]
    [InlineData(typeof(int), "int")]
    [InlineData(typeof(int?), "int?")]
    [InlineData(typeof(string[,]), "string[,]")]
    [InlineData(typeof(Dictionary<string, List<decimal?>>), "System.Collections.Generic.Dictionary<string, System.Collections.Generic.List<decimal?>>")]
    [InlineData(typeof(Dictionary<string, int>.KeyCollection), "System.Collections.Generic.Dictionary<string, int>.KeyCollection")]
    public void Of_Type_IsWrittenAsInCSharp(Type type, string expected) => TypeNames.Of(type).Should().Be(expected);

    [Fact]
    public void Render_Core_WritesEveryKindOfMember() => PublicApiRenderer.Render(typeof(Bar).Assembly).Should().BeInAscendingOrder(StringComparer.Ordinal).And.Contain(
    [
        "TradingBot.Market.Bar (readonly record struct) : System.IEquatable<TradingBot.Market.Bar>",
        "TradingBot.Market.Bar.Close { get; } : double",
        "TradingBot.Market.Bar.new(System.DateTimeOffset openTime, System.TimeSpan length, double open, double high, double low, double close, double volume)",
        "TradingBot.Market.BarCsvOptions.Interval { get; init; } : TradingBot.Market.Interval",
        "TradingBot.Market.BarCsvOptions.required Symbol { get; init; } : TradingBot.Market.Symbol",
        "TradingBot.Market.BarSeries (sealed class) : System.Collections.Generic.IReadOnlyList<TradingBot.Market.Bar>",
        "TradingBot.Market.BarSeries.Item[int index] { get; } : TradingBot.Market.Bar",
        "TradingBot.Market.BarSeriesBuilder.Add(in TradingBot.Market.Bar bar) : void",
        "TradingBot.Market.FundingRate.Deconstruct(out System.DateTimeOffset Time, out decimal Rate) : void",
        "TradingBot.Market.GapPolicy (enum of int)",
        "TradingBot.Market.GapPolicy.Fill = 3",
        "TradingBot.Market.Interval.override ToString() : string",
        "TradingBot.Market.Interval.static OneDay { get; } : TradingBot.Market.Interval",
        "TradingBot.Market.Interval.static TryParse(string text, out TradingBot.Market.Interval interval) : bool",
        "TradingBot.Strategies.BarWindow (readonly ref struct)",
        "TradingBot.Strategies.IStrategy (interface)",
        "TradingBot.Strategies.IStrategy.Decide(in TradingBot.Strategies.StrategyContext context) : TradingBot.Strategies.Decision",
        "TradingBot.Strategies.IStrategy.virtual Lookback { get; } : int",
        "TradingBot.Trading.IFetcher.FetchBarsAsync(TradingBot.Trading.BarRequest request, System.Threading.CancellationToken cancellationToken = default) : System.Threading.Tasks.Task<TradingBot.Market.BarSeries>",
    ]);
}
