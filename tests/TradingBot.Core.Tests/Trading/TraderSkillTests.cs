using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

/// <summary>What a trader does about the verdict in a model's card.</summary>
public sealed class TraderSkillTests
{
    [Theory]
    [InlineData(ForecastVerdict.Echo, "an echo of past prices")]
    [InlineData(ForecastVerdict.NoSkill, "without shown skill")]
    public void Create_LiveWithAnUnskilledModel_IsRefused(ForecastVerdict verdict, string expected)
    {
        var create = () => Create(new ModelSkill(verdict, 300), TradingMode.Live);

        create.Should().Throw<ModelException>().WithMessage($"The model 'judged' was found to be {expected}*It does not trade live; set AllowUnskilledModel if that is meant.");
    }

    [Theory]
    [InlineData(ForecastVerdict.Echo)]
    [InlineData(ForecastVerdict.NoSkill)]
    public void Create_LiveWithTheOverride_IsAllowed(ForecastVerdict verdict)
    {
        var create = () => Create(new ModelSkill(verdict, 300), TradingMode.Live, allow: true);

        create.Should().NotThrow();
    }

    [Theory]
    [InlineData(ForecastVerdict.Skill, TradingMode.Live)]
    [InlineData(ForecastVerdict.Echo, TradingMode.Paper)]
    [InlineData(ForecastVerdict.NoSkill, TradingMode.Paper)]
    public void Create_SkilledOrOnPaper_IsAllowed(ForecastVerdict verdict, TradingMode mode)
    {
        var create = () => Create(new ModelSkill(verdict, 300), mode);

        create.Should().NotThrow();
    }

    [Fact]
    public void Create_LiveWithoutAVerdict_IsAllowed()
    {
        var create = () => Create(null, TradingMode.Live);

        create.Should().NotThrow();
    }

    private static void Create(ModelSkill? skill, TradingMode mode, bool allow = false)
    {
        var options = new TradingBotOptions
        {
            Symbol = "BTCUSDT",
            Interval = Interval.OneDay,
            Mode = mode,
            AllowLiveTrading = true,
            AllowUnskilledModel = allow,
        };
        using var metrics = new TraderMetrics();
        new Trader(
            null!, new Judged(skill), new ThresholdStrategy(new ThresholdStrategyOptions()), null!, new InMemoryRiskStore(), TimeProvider.System, metrics, Options.Create(options), NullLogger<Trader>.Instance).Dispose();
    }

    private sealed class Judged(ModelSkill? skill) : IPredictor
    {
        public ModelCard Card { get; } = new PersistencePredictor(Interval.OneDay).Card with { Name = "judged", Skill = skill };

        public Forecast? Predict(BarSeries bars) => throw new NotSupportedException();

        public ForecastSeries PredictSeries(BarSeries bars) => throw new NotSupportedException();
    }
}
