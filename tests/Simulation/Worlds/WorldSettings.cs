using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>How a world is made. Everything that is drawn from the seed beforehand stands here.</summary>
internal sealed record WorldSettings
{
    public required ulong Seed { get; init; }

    /// <summary>Gets after how many cycles the world ends.</summary>
    public required int Cycles { get; init; }

    /// <summary>Gets how many hosts run the same bot.</summary>
    public int Hosts { get; init; } = 1;

    /// <summary>Gets a value indicating whether the hosts keep what the bot remembers in one place; otherwise each on its own disk.</summary>
    public bool SharesMemory { get; init; } = true;

    /// <summary>Gets a value indicating whether the bot keeps a journal.</summary>
    public bool KeepsJournal { get; init; }

    /// <summary>Gets a value indicating whether the exchange never trades a client id twice; otherwise only while its order is open.</summary>
    public bool RemembersIds { get; init; }

    /// <summary>Gets a value indicating whether an order can be carried out twice, by the network or by two hosts at once, because the exchange
    /// knows an id only while its order is open. No client can exclude that; what is entered twice has to be taken back.</summary>
    public bool CanDouble { get; init; }

    /// <summary>Gets the loss at which a stop is to close a position, as a share of its entry price.</summary>
    public decimal? StopLoss { get; init; }

    public PartialFillPolicy PartialFillPolicy { get; init; } = PartialFillPolicy.Accept;

    public UnknownExposurePolicy UnknownExposurePolicy { get; init; } = UnknownExposurePolicy.Adopt;

    public decimal? MaxBalanceChange { get; init; }

    /// <summary>Gets before which run of the bot somebody cancels its stop; 0 for never.</summary>
    public int StopLostBeforeRun { get; init; }

    /// <summary>Gets how often hosts look after the stop between cycles, in milliseconds; 0 for never.</summary>
    public int ProtectEvery { get; init; }

    /// <summary>Gets how far prices move at most, in hundredths of a per cent.</summary>
    public int Roughness { get; init; } = 20;

    /// <summary>Gets how often in a thousand prices one jumps.</summary>
    public int Jumps { get; init; }

    public int Leverage { get; init; } = 1;

    public decimal PositionFraction { get; init; } = 0.1m;

    public decimal? MaxNotional { get; init; }

    public decimal? MaxDrawdown { get; init; }

    public decimal Balance { get; init; } = 100_000m;

    /// <summary>Gets for how many bars the strategy keeps to what it wants.</summary>
    public int BarsPerWish { get; init; } = 2;

    /// <summary>Gets what the strategy wants at the bar before the world begins and at those after it, the last for ever; <see langword="null"/>
    /// for what the seed says.</summary>
    public IReadOnlyList<Wish>? Wishes { get; init; }

    /// <summary>Gets how far the clocks of hosts are off, in milliseconds.</summary>
    public int ClockSkew { get; init; }
}
