using TradingBot.Tests.Simulation.Mutants;
using Xunit.Abstractions;

namespace TradingBot.Tests.Simulation;

public sealed class MutantTests(ITestOutputHelper output)
{
    private const int MostSeeds = 400;
    private const int FewSeeds = 10;

    public static TheoryData<string> Bugs => [.. PlantedBug.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void PlantedBug_RandomWorlds_IsCaught(string name)
    {
        var caught = PlantedBug.Named(name).FirstCaught(0, MostSeeds);

        caught.Should().NotBeNull("{0} seeds must find {1}", MostSeeds, name);
        var (needed, breach) = caught!.Value;
        output.WriteLine($"{name}: {needed} seeds needed; cycle {breach.Cycle}: {breach.What}");
        output.WriteLine(Replay.Command((ulong)needed - 1, SeededWorld.DefaultCycles, name));
    }

    [Fact]
    public void PlantedBugs_FewSeeds_FindAtLeastTenOfThemAndNothingElse()
    {
        PlantedBug.All.Count(bug => bug.FirstCaught(0, FewSeeds) is not null).Should().BeGreaterThanOrEqualTo(10);
        SeedRun.Of(0, FewSeeds, SeededWorld.DefaultCycles).Breaches.Should().BeEmpty("the trader without a planted bug passes the same seeds");
    }
}
