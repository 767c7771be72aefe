using Xunit.Abstractions;

namespace TradingBot.Tests.Simulation;

public sealed class RandomWorldTests(ITestOutputHelper output)
{
    private const int Seeds = 100;

    [Fact]
    public void Worlds_OfAHundredSeeds_BreachNothingAndMeetEverythingThatCanGoWrong()
    {
        var run = SeedRun.Of(0, Seeds, SeededWorld.DefaultCycles);
        output.WriteLine($"{run.Seeds} seeds, {run.Cycles} cycles, {run.CalmChecks} recoveries checked");

        var (seed, breach) = run.Breaches.FirstOrDefault();
        breach.Should().BeNull("of seed {0}; replay: {1}", seed, Replay.Command(seed, SeededWorld.DefaultCycles));
        run.Cycles.Should().Be(Seeds * SeededWorld.DefaultCycles);
        run.CalmChecks.Should().BeGreaterThan(10_000);
        foreach (var (what, count) in run.Tally.Counts)
        {
            output.WriteLine($"{count,12} {what}");
            count.Should().BePositive("{0} belongs to the worlds", what);
        }
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
        var untraced = SeededWorld.Create(5, 200);
        var traced = SeededWorld.Create(5, 200, isTraced: true);
        untraced.Run();
        traced.Run();

        traced.Venue.Fills.Should().Equal(untraced.Venue.Fills);
        traced.Now.Should().Be(untraced.Now);
    }

    private static string TraceOf(ulong seed)
    {
        var world = SeededWorld.Create(seed, 200, isTraced: true);
        world.Run();
        return world.Trace!.ToString();
    }
}
