using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Core.Tests.Prediction;

public sealed class ModelCardMetadataTests
{
    private static readonly ModelCard Plain = new()
    {
        Name = "ar-5",
        Features = [BarFeature.Close],
        Window = 6,
        Horizon = 1,
        Interval = Interval.OneDay,
    };

    private static readonly ModelCard Full = new()
    {
        Name = "conv-lstm",
        Features = [BarFeature.Close, BarFeature.Volume],
        Window = 5,
        Horizon = 3,
        Interval = Interval.FourHours,
        Scaling = new ModelScaling.MinMax([3122.11, 0], [69000.000000000015, 1e7]),
        Output = ModelOutput.ScaledPrice,
        Symbol = Symbol.Parse("BTCUSDT"),
        TrainedFrom = new DateTimeOffset(2019, 9, 8, 0, 0, 0, TimeSpan.Zero),
        TrainedTo = new DateTimeOffset(2024, 1, 31, 8, 0, 0, TimeSpan.Zero),
    };

    private static readonly ModelCard Judged = Plain with
    {
        Exogenous = [new ExogenousFeature("gold", TimeSpan.FromDays(3)), new ExogenousFeature("funding.8h")],
        Skill = new ModelSkill(ForecastVerdict.NoSkill, 897)
        {
            TheilU = 1.0125,
            DirectionalAccuracy = 0.5,
            From = new DateTimeOffset(2020, 1, 2, 0, 0, 0, TimeSpan.Zero),
            To = new DateTimeOffset(2021, 7, 7, 0, 0, 0, TimeSpan.Zero),
        },
    };

    public static TheoryData<ModelScaling> Scalings => new(
        ModelScaling.None,
        new ModelScaling.LogReturn(),
        new ModelScaling.RollingMinMax(48),
        new ModelScaling.MinMax([0.1], [1d / 3]),
        new ModelScaling.ZScore([-1e-300], [double.Epsilon]));

    [Fact]
    public void ToMetadata_FullCard_WritesTheDocumentedText() =>
        ModelCardMetadata.ToMetadata(Full).Should().Equal(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["tradingbot.card.version"] = "1",
            ["tradingbot.name"] = "conv-lstm",
            ["tradingbot.features"] = "close,volume",
            ["tradingbot.window"] = "5",
            ["tradingbot.horizon"] = "3",
            ["tradingbot.interval"] = "4h",
            ["tradingbot.scaling"] = "min-max",
            ["tradingbot.scaling.minimums"] = "3122.11,0",
            ["tradingbot.scaling.maximums"] = "69000.00000000001,10000000",
            ["tradingbot.output"] = "scaled-price",
            ["tradingbot.symbol"] = "BTC/USDT:USDT",
            ["tradingbot.trained_from"] = "2019-09-08T00:00:00Z",
            ["tradingbot.trained_to"] = "2024-01-31T08:00:00Z",
        });

    [Fact]
    public void FromMetadata_WrittenFullCard_GivesItBack() =>
        ModelCardMetadata.FromMetadata(ModelCardMetadata.ToMetadata(Full)).Should().BeEquivalentTo(Full, options => options.RespectingRuntimeTypes());

    [Fact]
    public void FromMetadata_WrittenPlainCard_HasNullsAndDefaults()
    {
        var card = ModelCardMetadata.FromMetadata(ModelCardMetadata.ToMetadata(Plain));

        card.Should().BeEquivalentTo(Plain, options => options.RespectingRuntimeTypes());
        card!.Symbol.Should().BeNull();
        card.TrainedFrom.Should().BeNull();
        card.TrainedTo.Should().BeNull();
        card.Output.Should().Be(ModelOutput.Price);
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void FromMetadata_WrittenScaling_GivesItBack(ModelScaling scaling)
    {
        var written = ModelCardMetadata.ToMetadata(Plain with { Scaling = scaling });
        var read = ModelCardMetadata.FromMetadata(written)!;

        read.Scaling.Should().BeOfType(scaling.GetType());
        ModelCardMetadata.ToMetadata(read).Should().Equal(written);
    }

    [Fact]
    public void ToMetadata_LocalTimes_AreWrittenInUtc() =>
        ModelCardMetadata.ToMetadata(Plain with { TrainedFrom = new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(2)) })
            .Should().Contain("tradingbot.trained_from", "2023-12-31T23:00:00Z");

    [Fact]
    public void ToMetadata_ContentHash_IsLeftOut() =>
        ModelCardMetadata.ToMetadata(Plain with { ContentHash = "abc" }).Should().Equal(ModelCardMetadata.ToMetadata(Plain));

    [Fact]
    public void ToMetadata_ExogenousValuesAndVerdict_WritesTheDocumentedText() =>
        ModelCardMetadata.ToMetadata(Judged).Except(ModelCardMetadata.ToMetadata(Plain)).Should().BeEquivalentTo(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["tradingbot.exogenous"] = "gold,funding.8h",
            ["tradingbot.exogenous.max_ages"] = "3.00:00:00,none",
            ["tradingbot.skill"] = "no-skill",
            ["tradingbot.skill.samples"] = "897",
            ["tradingbot.skill.theil_u"] = "1.0125",
            ["tradingbot.skill.directional_accuracy"] = "0.5",
            ["tradingbot.skill.from"] = "2020-01-02T00:00:00Z",
            ["tradingbot.skill.to"] = "2021-07-07T00:00:00Z",
        });

    [Fact]
    public void FromMetadata_WrittenVerdict_GivesItBack()
    {
        var unknown = Judged with { Skill = new ModelSkill(ForecastVerdict.Skill, 0), Exogenous = [new ExogenousFeature("x")] };

        ModelCardMetadata.FromMetadata(ModelCardMetadata.ToMetadata(Judged)).Should().BeEquivalentTo(Judged, options => options.RespectingRuntimeTypes());
        ModelCardMetadata.FromMetadata(ModelCardMetadata.ToMetadata(unknown)).Should().BeEquivalentTo(unknown, options => options.RespectingRuntimeTypes());
    }

    [Theory]
    [InlineData("tradingbot.exogenous", "gold,gold", "each series once")]
    [InlineData("tradingbot.exogenous", "gold,fun ding", "a name of letters")]
    [InlineData("tradingbot.exogenous.max_ages", "none", "2 age(s)")]
    [InlineData("tradingbot.exogenous.max_ages", "3 days,none", "ages above 0 such as 1.00:00:00, or none")]
    [InlineData("tradingbot.exogenous.max_ages", "00:00:00,none", "ages above 0")]
    [InlineData("tradingbot.skill", "good", "one of echo, no-skill, skill")]
    [InlineData("tradingbot.skill.samples", "-1", "0 or more")]
    [InlineData("tradingbot.skill.theil_u", "-0.1", "a number of 0 or more")]
    [InlineData("tradingbot.skill.theil_u", "NaN", "a number of 0 or more")]
    [InlineData("tradingbot.skill.directional_accuracy", "1.5", "a number from 0 to 1")]
    [InlineData("tradingbot.skill.to", "2020-01-02T00:00:00Z", "an instant after tradingbot.skill.from")]
    [InlineData("tradingbot.scaling", "log-return", "another scaling, or none, for exogenous values")]
    public void FromMetadata_ExogenousValuesOrVerdictMalformed_NamesItExpectedAndFound(string key, string text, string expected)
    {
        var entries = ModelCardMetadata.ToMetadata(Judged);
        entries[key] = text;

        Reading(entries).Should().Throw<ModelException>().WithMessage($"*'{key}' is malformed: expected *{expected}*, found '{text}'*");
    }

    [Theory]
    [InlineData("tradingbot.exogenous.max_ages")]
    [InlineData("tradingbot.skill.samples")]
    public void FromMetadata_EntryOfAnotherMissing_NamesIt(string key)
    {
        var entries = ModelCardMetadata.ToMetadata(Judged);
        entries.Remove(key).Should().BeTrue();

        Reading(entries).Should().Throw<ModelException>().WithMessage($"*no '{key}'*");
    }

    [Fact]
    public void FromMetadata_LimitsOfExogenousValues_AreOnePerInput()
    {
        var scaled = Judged with { Scaling = new ModelScaling.ZScore([1, 2, 3], [4, 5, 6]) };
        var read = ModelCardMetadata.FromMetadata(ModelCardMetadata.ToMetadata(scaled));
        var write = () => ModelCardMetadata.ToMetadata(Judged with { Scaling = new ModelScaling.ZScore([1], [4]) });

        read!.InputWidth.Should().Be(3);
        write.Should().Throw<ModelException>().WithMessage("*3 number(s)*");
    }

    [Fact]
    public void ModelSkill_ToString_SaysTheVerdictAndItsFigures()
    {
        Judged.Skill!.ToString().Should().Be(
            "without shown skill against the last close (Theil's U 1.013, direction right in 50.0 %, on 897 forecasts from 2020-01-02 00:00:00Z to 2021-07-07 00:00:00Z)");
        new ModelSkill(ForecastVerdict.Echo, 3).ToString().Should().Be("an echo of past prices, no better than the last close (Theil's U unknown, on 3 forecasts)");
    }

    [Fact]
    public void FromMetadata_NoCard_IsNull() =>
        ModelCardMetadata.FromMetadata(new Dictionary<string, string>(StringComparer.Ordinal) { ["producer"] = "someone" }).Should().BeNull();

    [Fact]
    public void FromMetadata_UnknownKeys_AreIgnored()
    {
        var entries = ModelCardMetadata.ToMetadata(Plain);
        entries["tradingbot.later"] = "?";

        ModelCardMetadata.FromMetadata(entries).Should().BeEquivalentTo(Plain);
    }

    [Theory]
    [InlineData("tradingbot.name")]
    [InlineData("tradingbot.features")]
    [InlineData("tradingbot.window")]
    [InlineData("tradingbot.horizon")]
    [InlineData("tradingbot.interval")]
    [InlineData("tradingbot.scaling")]
    [InlineData("tradingbot.scaling.minimums")]
    [InlineData("tradingbot.scaling.maximums")]
    [InlineData("tradingbot.output")]
    public void FromMetadata_EntryMissing_NamesIt(string key)
    {
        var entries = ModelCardMetadata.ToMetadata(Full);
        entries.Remove(key).Should().BeTrue();

        Reading(entries).Should().Throw<ModelException>().WithMessage($"*no '{key}'*");
    }

    [Theory]
    [InlineData("tradingbot.card.version", "2", "'1'")]
    [InlineData("tradingbot.name", "", "a name")]
    [InlineData("tradingbot.features", "price", "one of open, high, low, close, volume")]
    [InlineData("tradingbot.features", "close,close", "each feature once")]
    [InlineData("tradingbot.window", "0", "1 or more")]
    [InlineData("tradingbot.window", "5.5", "whole number")]
    [InlineData("tradingbot.horizon", "-1", "1 or more")]
    [InlineData("tradingbot.interval", "7m", "one of 1m")]
    [InlineData("tradingbot.scaling", "minmax", "one of none, min-max")]
    [InlineData("tradingbot.scaling.minimums", "1", "2 number(s)")]
    [InlineData("tradingbot.scaling.minimums", "1,x", "finite numbers")]
    [InlineData("tradingbot.scaling.minimums", "1,NaN", "finite numbers")]
    [InlineData("tradingbot.scaling.maximums", "3122.11,1", "above its minimum")]
    [InlineData("tradingbot.output", "2", "one of price")]
    [InlineData("tradingbot.symbol", "btc", "a symbol")]
    [InlineData("tradingbot.trained_from", "2024-01-31", "an instant in UTC")]
    [InlineData("tradingbot.trained_to", "2019-09-08T00:00:00Z", "an instant after tradingbot.trained_from")]
    public void FromMetadata_EntryMalformed_NamesItExpectedAndFound(string key, string text, string expected)
    {
        var entries = ModelCardMetadata.ToMetadata(Full);
        entries[key] = text;

        Reading(entries).Should().Throw<ModelException>().WithMessage($"*'{key}' is malformed: expected *{expected}*, found '{text}'*");
    }

    [Fact]
    public void FromMetadata_RollingLimitsOverFewerBarsThanTheWindow_Throws()
    {
        var entries = ModelCardMetadata.ToMetadata(Plain with { Scaling = new ModelScaling.RollingMinMax(6) });
        entries["tradingbot.scaling.bars"] = "5";

        Reading(entries).Should().Throw<ModelException>().WithMessage("*'tradingbot.scaling.bars'*6 or more*'5'*");
    }

    [Fact]
    public void FromMetadata_DeviationOfZero_Throws()
    {
        var entries = ModelCardMetadata.ToMetadata(Plain with { Scaling = new ModelScaling.ZScore([1], [2]) });
        entries["tradingbot.scaling.deviations"] = "0";

        Reading(entries).Should().Throw<ModelException>().WithMessage("*'tradingbot.scaling.deviations'*above 0*'0'*");
    }

    [Fact]
    public void ToMetadata_CardThatCannotBeReadBack_Throws()
    {
        var write = () => ModelCardMetadata.ToMetadata(Plain with { Window = 0 });

        write.Should().Throw<ModelException>().WithMessage("*'tradingbot.window'*");
    }

    private static Func<ModelCard?> Reading(Dictionary<string, string> entries) => () => ModelCardMetadata.FromMetadata(entries);
}
