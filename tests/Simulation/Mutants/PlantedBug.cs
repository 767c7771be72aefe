namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>A fault that the checks must find.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Create">Makes a mutant for one world.</param>
internal sealed record PlantedBug(string Name, Func<Mutant> Create)
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("retry-without-lookup", static () => new RetryWithoutLookup()),
        new("random-client-ids", static () => new RandomClientIds()),
        new("hidden-open-orders", static () => new HiddenOpenOrders()),
        new("unknown-as-rejected", static () => new UnknownAsRejected()),
        new("unreadable-as-flat", static () => new UnreadableAsFlat()),
        new("dropped-cancels", static () => new DroppedCancels()),
        new("reduce-only-ignored", static () => new ReduceOnlyIgnored()),
        new("forgotten-limits", static () => new ForgottenLimits()),
        new("resend-after-restart", static () => new ResendAfterRestart()),
        new("rounded-up", static () => new RoundedUp()),
        new("partial-as-full", static () => new PartialAsFull()),
        new("remembered-account", static () => new RememberedAccount()),
        new("stop-before-fill", static () => new StopBeforeFill()),
        new("stop-not-sent", static () => new StopNotSent()),
        new("stop-on-wrong-side", static () => new StopOnWrongSide()),
        new("stopped-clock", static () => new StoppedClock()),
        new("nothing-found", static () => new NothingFound()),
    ];

    public static PlantedBug Named(string name) =>
        All.FirstOrDefault(bug => bug.Name == name)
        ?? throw new ArgumentException($"Expected one of {string.Join(", ", All.Select(bug => bug.Name))}, found '{name}'.", nameof(name));
}
