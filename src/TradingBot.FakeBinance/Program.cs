using TradingBot.FakeBinance;

return await FakeBinanceCommand.Create().Parse(args).InvokeAsync().ConfigureAwait(false);
