namespace TradingBot.Trading;

/// <summary>The parts of a trader that need the exchange's rules of the symbol.</summary>
/// <param name="Settings">Sizes what is entered.</param>
/// <param name="Ids">Names the orders.</param>
/// <param name="Orders">Sends and finds them.</param>
/// <param name="Position">Looks after what is held.</param>
/// <param name="Decision">Decides a bar.</param>
/// <param name="Memory">Writes down what was decided.</param>
/// <param name="Gate">Checks, right before an entry, what takes a reading.</param>
/// <param name="Executor">Carries it out.</param>
internal sealed record TradingDesk(
    TradeSettings Settings, ClientOrderIds Ids, OrderDesk Orders, PositionKeeper Position, BarDecision Decision, CycleMemory Memory, EntryGate Gate, PlanExecutor Executor);
