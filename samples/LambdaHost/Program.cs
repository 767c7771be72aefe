using LambdaHost;
using Microsoft.Extensions.Logging;
using TradingBot.Aws.Lambda;

using var output = new LambdaLoggerProvider();
using var logging = LoggerFactory.Create(builder => builder.AddProvider(output).SetMinimumLevel(LogLevel.Trace));
return await LambdaRuntime.RunAsync(
    async cancellationToken => (await BotFunction.StartAsync(logging, cancellationToken)).HandleAsync,
    new LambdaRuntimeOptions { Logger = logging.CreateLogger("LambdaHost") });
