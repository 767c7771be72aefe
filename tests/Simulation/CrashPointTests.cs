using TradingBot.Tests.Simulation.Troubles;
using TradingBot.Tests.Simulation.Worlds;
using Xunit.Abstractions;

namespace TradingBot.Tests.Simulation;

public sealed class CrashPointTests(ITestOutputHelper output)
{
    private const int Paths = 4;

    public static TheoryData<string> Scenarios => [.. Scenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Cycle_AnyTroubleAtAnyAwait_EndsAsWithoutIt(string scenario)
    {
        var strikes = 0;
        for (var path = 1UL; path <= Paths; path++)
        {
            var (waits, undisturbed) = Undisturbed(scenario, path);
            for (var wait = 0; wait < waits.Count; wait++)
            {
                foreach (var (kind, delay) in Strike.Kinds)
                {
                    var strike = new Strike(scenario, path, wait, kind, delay);
                    var world = strike.CreateWorld();
                    var breach = world.Run();

                    breach.Should().BeNull("of {0}; replay: {1}", strike, Replay.Command(strike));
                    world.Auditor.CalmChecks.Should().BePositive("the bot has to recover from {0}", strike);
                    ((OneTrouble)world.Troubles).HasStruck.Should().BeTrue("{0} is something that the cycle waits for", strike);
                    EndOf(world).Should().Be(undisturbed, "two cycles heal {0}", strike);
                    strikes++;
                }
            }
        }

        output.WriteLine($"{scenario}: {strikes} worlds with one trouble each");
    }

    private static (IReadOnlyList<CallKind> Waits, string End) Undisturbed(string scenario, ulong path)
    {
        var world = new Strike(scenario, path, -1, TroubleKind.None, 0).CreateWorld();
        world.Run().Should().BeNull();
        return (((OneTrouble)world.Troubles).Waits, EndOf(world));
    }

    // A limit order may fill on one way and not on the other; what is held then is checked inside the world.
    private static string EndOf(World world) =>
        world.Bot.Strategy.WishAt(int.MaxValue) is Wish.LongAtLimit or Wish.ShortAtLimit ? "" : $"{Math.Sign(world.Venue.Position.Quantity)}, {world.Venue.OpenOrders.Count} open";
}
