using TradingBot.Tests.Simulation.Mutants;
using Xunit.Abstractions;

namespace TradingBot.Tests.Simulation;

public sealed class MutantTests(ITestOutputHelper output)
{
    private const ulong MostSeeds = 400;

    public static TheoryData<string> Bugs => [.. PlantedBug.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void PlantedBug_RandomWorlds_IsCaught(string name)
    {
        var caught = PlantedBug.Named(name).FirstCaught(MostSeeds);

        caught.Should().NotBeNull("{0} seeds must find {1}", MostSeeds, name);
        var (seed, breach) = caught!.Value;
        output.WriteLine($"{name}: {seed} seeds needed; cycle {breach.Cycle}: {breach.What}");
        output.WriteLine(Replay.Command(seed, SeededWorld.DefaultCycles, name));
    }
}
