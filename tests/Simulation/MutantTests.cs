using TradingBot.Tests.Simulation.Mutants;
using Xunit.Abstractions;

namespace TradingBot.Tests.Simulation;

public sealed class MutantTests(ITestOutputHelper output)
{
    private const int MostSeeds = 200;

    public static TheoryData<string> Bugs => [.. PlantedBug.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void PlantedBug_RandomWorlds_IsCaught(string name)
    {
        var bug = PlantedBug.Named(name);
        for (var seed = 1UL; seed <= MostSeeds; seed++)
        {
            var world = SeededWorld.Create(seed, SeededWorld.DefaultCycles, bug.Create());
            if (world.Run() is { } breach)
            {
                output.WriteLine($"{name}: caught by seed {seed} in cycle {breach.Cycle}: {breach.What}");
                output.WriteLine(Replay.Command(seed, SeededWorld.DefaultCycles, name));
                return;
            }
        }

        Assert.Fail($"{name} was not caught by {MostSeeds} seeds.");
    }
}
