using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class SymbolInfoTests
{
    private static readonly decimal[] Steps = [0.00000001m, 0.001m, 0.01m, 0.025m, 0.1m, 0.5m, 1m, 5m, 1000m];

    [Theory]
    [InlineData("0.0029", "0.002")]
    [InlineData("0.001", "0.001")]
    [InlineData("0.00099999", null)]
    [InlineData("0", null)]
    [InlineData("119.9999", "119.999")]
    [InlineData("120", "120")]
    [InlineData("1000", "120")] // the largest market order
    public void FitQuantity_AWantedQuantity_IsRoundedDown(string wanted, string? expected) =>
        Rules().FitQuantity(Number(wanted)).Should().Be(expected is null ? null : Number(expected));

    [Fact]
    public void FitQuantity_CapThatIsNoMultiple_IsRoundedDown() =>
        (Rules() with { StepSize = 7 }).FitQuantity(1000).Should().Be(119);

    [Fact]
    public void FitQuantity_BelowTheMinimumAfterRounding_IsNull()
    {
        var rules = Rules() with { StepSize = 0.5m, MinQuantity = 0.7m };
        rules.FitQuantity(0.9m).Should().BeNull();
        rules.FitQuantity(1.4m).Should().Be(1m);
    }

    [Fact]
    public void FitQuantity_Negative_Throws()
    {
        var fit = () => Rules().FitQuantity(-0.001m);
        fit.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void FitQuantity_AnyQuantity_IsTheLargestMultipleNotAboveIt() => Properties.ForAll(Properties.Randoms, random =>
    {
        var step = Steps[random.Next(Steps.Length)];
        var wanted = Amount(random);
        var rules = Rules() with { StepSize = step, MinQuantity = 0, MaxQuantity = 1_000_000_000, MaxMarketQuantity = 1_000_000_000 };
        if (rules.FitQuantity(wanted) is { } fitted)
        {
            fitted.Should().BeLessThanOrEqualTo(wanted).And.BePositive();
            (fitted % step).Should().Be(0);
            (wanted - fitted).Should().BeLessThan(step);
        }
        else
        {
            wanted.Should().BeLessThan(step);
        }
    });

    [Theory]
    [InlineData("100.07", Side.Buy, "100.0")]
    [InlineData("100.07", Side.Sell, "100.1")]
    [InlineData("100.1", Side.Buy, "100.1")]
    [InlineData("100.1", Side.Sell, "100.1")]
    [InlineData("0.01", Side.Sell, "0.1")]
    [InlineData("0.1", Side.Buy, "0.1")]
    [InlineData("0.09", Side.Buy, null)] // the tick below is 0, which is no price
    public void FitPrice_AWantedPrice_IsNeverWorseForItsOwner(string wanted, Side side, string? expected) =>
        Rules().FitPrice(Number(wanted), side).Should().Be(expected is null ? null : Number(expected));

    [Theory]
    [InlineData("0", Side.Buy)]
    [InlineData("-1", Side.Sell)]
    [InlineData("100", (Side)0)]
    public void FitPrice_NoSuchOrder_Throws(string wanted, Side side)
    {
        var fit = () => Rules().FitPrice(Number(wanted), side);
        fit.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void FitPrice_AnyPrice_IsAMultipleLessThanATickAway() => Properties.ForAll(Properties.Randoms, random =>
    {
        var tick = Steps[random.Next(Steps.Length)];
        var wanted = tick + Amount(random);
        var rules = Rules() with { TickSize = tick };
        var (buy, sell) = (rules.FitPrice(wanted, Side.Buy)!.Value, rules.FitPrice(wanted, Side.Sell)!.Value);
        buy.Should().BeLessThanOrEqualTo(wanted).And.BeGreaterThan(wanted - tick);
        sell.Should().BeGreaterThanOrEqualTo(wanted).And.BeLessThan(wanted + tick);
        (buy % tick).Should().Be(0);
        (sell % tick).Should().Be(0);
    });

    [Fact]
    public void MaxMarketQuantity_Unset_IsMaxQuantity()
    {
        var rules = new SymbolInfo { Symbol = TestBars.BtcUsdt, TickSize = 1, StepSize = 1, MinQuantity = 1, MaxQuantity = 50, MinNotional = 5 };
        rules.MaxMarketQuantity.Should().Be(50);
        (rules with { MaxQuantity = 60 }).MaxMarketQuantity.Should().Be(60);
        (rules with { MaxMarketQuantity = 40 }).FitQuantity(45).Should().Be(40);
    }

    [Fact]
    public void Init_RuleOutsideItsRange_Throws()
    {
        var rules = Rules();
        Action[] changes =
        [
            () => _ = rules with { TickSize = 0 },
            () => _ = rules with { StepSize = 0 },
            () => _ = rules with { StepSize = -1 },
            () => _ = rules with { MinQuantity = -1 },
            () => _ = rules with { MaxQuantity = 0 },
            () => _ = rules with { MaxMarketQuantity = 0 },
            () => _ = rules with { MinNotional = -1 },
        ];
        changes.Should().AllSatisfy(change => change.Should().Throw<ArgumentOutOfRangeException>());
    }

    // Notionals that are exact multiples, and such that miss one by the last digit, are the ones that a division in whole numbers could get wrong.
    [Fact]
    public void Fit_NotionalAtAPrice_IsTheQuantityOfTheDivision() => Properties.ForAll(
        Properties.Randoms,
        random =>
        {
            var step = Steps[random.Next(Steps.Length)];
            var rules = Rules() with { StepSize = step, MinQuantity = step, MaxMarketQuantity = 1_000_000 };
            var price = 0.01m * random.Next(1, 10_000_000);
            var notional = random.Next(3) switch
            {
                0 => Amount(random),
                1 => random.Next(1, 1_000_000) * step * price,
                _ => (random.Next(1, 1_000_000) * step * price) - 0.000000000001m,
            };

            ((decimal)rules.Fit(notional, price)).Should().Be(rules.FitQuantity(notional / price) ?? 0);
        },
        runs: 1_000);

    private static SymbolInfo Rules() => new()
    {
        Symbol = TestBars.BtcUsdt,
        TickSize = 0.1m,
        StepSize = 0.001m,
        MinQuantity = 0.001m,
        MaxQuantity = 1000,
        MaxMarketQuantity = 120,
        MinNotional = 100,
    };

    private static decimal Amount(Random random) =>
        new decimal(random.Next(), random.Next(), 0, false, (byte)random.Next(8, 19)) % 1_000_000_000;

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
