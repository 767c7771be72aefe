using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>The parts of a trader that need the exchange's rules of the symbol.</summary>
internal sealed record TradingDesk
{
    public required SymbolInfo Info { get; init; }

    public required TradeCycle Cycle { get; init; }

    public required OrderDesk Orders { get; init; }

    public required ExposureCheck Exposure { get; init; }

    public required StopKeeper Stops { get; init; }

    public required PlanExecutor Executor { get; init; }
}
