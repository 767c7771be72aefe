using Xunit.Abstractions;

namespace TradingBot.Tests.Simulation;

public sealed class RandomWorldTests(ITestOutputHelper output)
{
    private const int Seeds = 100;

    [Fact]
    public void Worlds_OfAHundredSeeds_BreachNothing()
    {
        var outcome = SeedRun.Many(1, Seeds, SeedRun.DefaultCycles);
        output.WriteLine($"{outcome.Seeds} seeds, {outcome.Cycles} cycles, {outcome.CalmChecks} recoveries checked");

        outcome.Failed.Should().BeNull("{0}; replay: {1}", outcome.Breach?.What, Replay.Command(outcome.Failed ?? 0, SeedRun.DefaultCycles));
        outcome.Cycles.Should().Be(Seeds * SeedRun.DefaultCycles);
        outcome.CalmChecks.Should().BeGreaterThan(10_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void World_SameSeedTwice_LeavesTheSameTrace(ulong seed) => TraceOf(seed).Should().Be(TraceOf(seed));

    [Fact]
    public void World_OtherSeed_LeavesAnotherTrace() => TraceOf(1).Should().NotBe(TraceOf(2));

    [Fact]
    public void World_Traced_RunsAsUntraced()
    {
        var untraced = SeedRun.Create(5, 200);
        var traced = SeedRun.Create(5, 200, isTraced: true);
        untraced.Run();
        traced.Run();

        traced.Venue.Fills.Should().Equal(untraced.Venue.Fills);
        traced.Now.Should().Be(untraced.Now);
    }

    private static string TraceOf(ulong seed)
    {
        var world = SeedRun.Create(seed, 200, isTraced: true);
        world.Run();
        return world.Trace!.ToString();
    }
}
