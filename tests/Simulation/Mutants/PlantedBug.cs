using TradingBot.Journal;
using TradingBot.Tests.Simulation.Checks;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>A fault that the checks must find.</summary>
/// <param name="Name">Its name.</param>
/// <param name="What">What the bot with it does.</param>
/// <param name="Create">Makes a mutant for one world.</param>
internal sealed record PlantedBug(string Name, string What, Func<Mutant> Create)
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("retry-without-lookup", "sends an order again when its answer was lost", static () => new RetryWithoutLookup()),
        new("random-client-ids", "gives every order a new id, and so finds none again", static () => new RandomClientIds()),
        new("nothing-found", "never finds an order that was sent before", static () => new NothingFound()),
        new("resend-after-restart", "sends the last order again after a restart", static () => new ResendAfterRestart()),
        new("unknown-as-rejected", "takes an order whose answer was lost for refused", static () => new UnknownAsRejected()),
        new("unreadable-as-flat", "takes an account that cannot be read for flat", static () => new UnreadableAsFlat()),
        new("remembered-account", "reads the account once and believes its memory from then on", static () => new RememberedAccount()),
        new("hidden-open-orders", "reads the account without its open orders", static () => new HiddenOpenOrders()),
        new("dropped-cancels", "says that an order is canceled without canceling it", static () => new DroppedCancels()),
        new("reduce-only-ignored", "sends exits that may open a position", static () => new ReduceOnlyIgnored()),
        new("rounded-up", "rounds quantities up to the next step", static () => new RoundedUp()),
        new("partial-as-full", "reports a partial fill as a full one", static () => new PartialAsFull()),
        new("forgotten-limits", "forgets with the process that a limit has tripped", static () => new ForgottenLimits()),
        new("stop-before-fill", "sends the stop before its entry has filled", static () => new StopBeforeFill()),
        new("stop-not-sent", "says that a stop waits without sending it", static () => new StopNotSent()),
        new("stop-on-wrong-side", "sends stops that buy where they must sell", static () => new StopOnWrongSide()),
        new("unwritten-decisions", "says that a decision is in the journal without writing it", static () => new Unwritten<DecisionEntry>()),
        new("unwritten-orders", "says that orders are in the journal without writing them", static () => new Unwritten<OrderEntry>()),
        new("stopped-clock", "does not notice that it stood still between reading and sending", static () => new StoppedClock()),
    ];

    public static PlantedBug Named(string name) =>
        All.FirstOrDefault(bug => bug.Name == name)
        ?? throw new ArgumentException($"Expected one of {string.Join(", ", All.Select(bug => bug.Name))}, found '{name}'.", nameof(name));

    /// <summary>Looks for the first seed whose world finds it.</summary>
    /// <param name="first">The seed to begin with.</param>
    /// <param name="most">How many seeds to try.</param>
    /// <returns>How many seeds were needed, and what was breached; <see langword="null"/> when none of them finds it.</returns>
    public (int Needed, Breach Breach)? FirstCaught(ulong first, int most)
    {
        for (var needed = 1; needed <= most; needed++)
        {
            if (SeededWorld.Create(first + (ulong)needed - 1, SeededWorld.DefaultCycles, Create()).Run() is { } breach)
            {
                return (needed, breach);
            }
        }

        return null;
    }

    /// <summary>Reckons how many seeds are needed in the middle of several beginnings.</summary>
    /// <returns><see langword="null"/> when one of the beginnings finds nothing.</returns>
    public double? MedianNeeded(IEnumerable<ulong> beginnings, int most)
    {
        var needed = beginnings.Select(first => FirstCaught(first, most)?.Needed).Order().ToArray();
        return needed[0] is null ? null : (needed[(needed.Length - 1) / 2] + needed[needed.Length / 2]) / 2d;
    }
}
