using System.Globalization;
using System.Runtime.InteropServices;
using TradingBot.Tests.Simulation.Worlds;

namespace TradingBot.Tests.Simulation;

/// <summary>One trouble at one thing that a scenario's cycle waits for.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Path">The seed of the prices.</param>
/// <param name="Wait">The number of what it waits for, from 0.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Delay">How long, in milliseconds: the trouble, or, when the process dies, its absence.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Strike(string Scenario, ulong Path, int Wait, TroubleKind Kind, int Delay)
{
    /// <summary>Gets every trouble that can come, with the delays that lead to different ends.</summary>
    public static IReadOnlyList<(TroubleKind Kind, int Delay)> Kinds { get; } =
    [
        (TroubleKind.CrashBefore, 300),
        (TroubleKind.CrashBefore, 15_000),
        (TroubleKind.CrashBefore, 70_000),
        (TroubleKind.CrashAfter, 300),
        (TroubleKind.CrashAfter, 15_000),
        (TroubleKind.CrashAfter, 70_000),
        (TroubleKind.Refused, 0),
        (TroubleKind.RequestLost, 1_500),
        (TroubleKind.AnswerLost, 1_500),
        (TroubleKind.SlowRequest, 3_000),
        (TroubleKind.SlowRequest, 6_000),
        (TroubleKind.SlowAnswer, 10_000),
        (TroubleKind.Stale, 1_500),
        (TroubleKind.Partial, 0),
        (TroubleKind.CanceledBefore, 0),
        (TroubleKind.CanceledAfter, 0),
        (TroubleKind.Freeze, 20_000),
        (TroubleKind.Freeze, 130_000),
    ];

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Strike Parse(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 5
            ? new Strike(
                parts[0],
                ulong.Parse(parts[1], CultureInfo.InvariantCulture),
                int.Parse(parts[2], CultureInfo.InvariantCulture),
                Enum.Parse<TroubleKind>(parts[3]),
                int.Parse(parts[4], CultureInfo.InvariantCulture))
            : throw new FormatException($"Expected scenario:path:wait:trouble:milliseconds, found '{text}'.");
    }

    /// <summary>Makes the world in which it happens.</summary>
    public World CreateWorld(bool isTraced = false)
    {
        var scenario = Simulation.Scenario.Named(Scenario);
        var isCrash = Kind is TroubleKind.CrashBefore or TroubleKind.CrashAfter;
        var trouble = new Troubles.OneTrouble(scenario.Run, Wait, new Trouble(Kind, isCrash ? 0 : Delay), isCrash ? Delay : 1_000);
        return new World(scenario.SettingsOf(Path), trouble, isTraced: isTraced);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Scenario}:{Path}:{Wait}:{Kind}:{Delay}");
}
