using TradingBot.Simulation;

namespace TradingBot.Core.Tests.Simulation;

public sealed class LiquidationBoundTests
{
    // Amounts that do not follow from the rates: the margin jumps from step to step.
    private static readonly MarginTiers Jumping = new(
    [
        new MarginTier(0, 1_000, 0.01m, 0, 50),
        new MarginTier(1_000, 50_000, 0.02m, 3, 20),
        new MarginTier(50_000, 10_000_000, 0.1m, 2_000, 5),
    ]);

    [Fact]
    public void LiquidationBound_RandomPositions_LiesBarelyBesideTheExactPrice()
    {
        var (prices, others) = (0, 0);
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var tiers = random.Next(2) == 0 ? MarginTiers.Typical : Jumping;
                var entry = Math.Round((decimal)Math.Pow(10, (random.NextDouble() * 7) - 2), random.Next(2, 8)) + 0.00000001m;
                var quantity = Math.Round((decimal)(Math.Pow(10, random.NextDouble() * 8) * 0.001) / entry, 8) + 0.00000001m;
                var signed = random.Next(2) == 0 ? quantity : -quantity;
                var collateral = Math.Round(quantity * entry * (decimal)Math.Pow(10, (random.NextDouble() * 4) - 2.5), 8);

                var exact = tiers.LiquidationPrice(signed, entry, collateral);
                var bound = tiers.LiquidationBound(signed, entry, collateral);

                if (exact is not { } price)
                {
                    // Where rounding leaves a doubt it is a price that no market has.
                    (bound ?? 0).Should().BeLessThan((double)entry * 1e-8);
                    others++;
                    return;
                }

                var tolerance = ((double)price + (double)entry) * 2e-9;
                var beyond = signed > 0 ? bound!.Value - (double)price : (double)price - bound!.Value;
                beyond.Should().BePositive().And.BeLessThan(tolerance);
                prices++;
            },
            runs: 3_000);

        prices.Should().BeGreaterThan(1_000);
        others.Should().BeGreaterThan(300);
    }
}
