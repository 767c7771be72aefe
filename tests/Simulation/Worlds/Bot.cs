using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TradingBot.Journal;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Tests.Simulation.Mutants;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>The bot of a world: its settings and strategy, and how a process makes a trader of them.</summary>
internal sealed class Bot
{
    public const int FirstBar = 3;
    private static readonly TraderMetrics Metrics = new();
    private readonly Mutant? _mutant;
    private readonly IOptions<TradingBotOptions> _options;
    private readonly IPredictor _predictor = new FixedPredictor();

    /// <summary>Makes a bot.</summary>
    /// <param name="settings">Its world's settings.</param>
    /// <param name="mutant">The fault that is built into it, or <see langword="null"/> for the product as it is.</param>
    public Bot(WorldSettings settings, Mutant? mutant)
    {
        _mutant = mutant;
        Strategy = new SeededStrategy(settings);
        Options = new TradingBotOptions
        {
            BotId = "sim",
            Symbol = Arena.Symbol.Id,
            Interval = Interval.OneMinute,
            Leverage = settings.Leverage,
            PositionFraction = settings.PositionFraction,
            MaxNotional = settings.MaxNotional,
            MaxDrawdown = settings.MaxDrawdown,
            StopLoss = settings.StopLoss,
            PartialFillPolicy = settings.PartialFillPolicy,
            UnknownExposurePolicy = settings.UnknownExposurePolicy,
            MaxBalanceChange = settings.MaxBalanceChange,
        };
        LongestUnprotected = (settings.ProtectEvery > 0 ? settings.ProtectEvery : Arena.BarLength + Host.LatestWake)
            + (long)Options.StopPlacementTimeout.TotalMilliseconds;
        _options = Microsoft.Extensions.Options.Options.Create(Options);
        Ids = new ClientOrderIds(Options.BotId, Arena.Symbol);
    }

    public TradingBotOptions Options { get; }

    public SeededStrategy Strategy { get; }

    public ClientOrderIds Ids { get; }

    /// <summary>Gets how long a position may be without its stop by the bot's policy, in milliseconds: until the next look after it, and the
    /// time that placing it may take.</summary>
    public long LongestUnprotected { get; }

    public Trader CreateTrader(Process process)
    {
        var wire = _mutant is null ? null : new MutantWire(_mutant, process);
        return new Trader(
            (IFetcher?)wire ?? process.Wire,
            _predictor,
            Strategy,
            (IOrderer?)wire ?? process.Wire,
            (IRiskStore?)wire ?? process.Wire,
            _mutant?.ClockOf(process) ?? process.Clock,
            Metrics,
            _options,
            NullLogger<Trader>.Instance,
            process.World.Settings.KeepsJournal ? new TraderReporting { Journal = (ITradeJournal?)wire ?? process.Wire } : null);
    }
}
