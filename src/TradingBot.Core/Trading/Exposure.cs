using System.Runtime.InteropServices;

namespace TradingBot.Trading;

/// <summary>What is held, compared with what the bot opened.</summary>
/// <param name="Kind">Whose it is.</param>
/// <param name="Surplus">The quantity beyond the bot's own; 0 or more.</param>
/// <param name="EntryBar">The bar of the entry that filled twice.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Exposure(ExposureKind Kind, decimal Surplus, DateTimeOffset EntryBar)
{
    public static Exposure Own => new(ExposureKind.Own, 0, default);

    /// <summary>Gets what is unknown, for people.</summary>
    public string? Reason { get; init; }
}
