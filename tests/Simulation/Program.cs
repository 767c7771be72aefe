using TradingBot.Tests.Simulation;

return await SimulationCommand.Create().Parse(args).InvokeAsync();
