using LambdaHost;
using LambdaHost.Bots;
using Microsoft.Extensions.Logging;
using TradingBot.Aws.Lambda;

if (args.Length > 0)
{
    return await HostCommand.RunAsync(args, CancellationToken.None);
}

using var output = new LambdaLoggerProvider();
using var logging = LoggerFactory.Create(builder => builder.AddProvider(output).SetMinimumLevel(LogLevel.Trace));
var logger = logging.CreateLogger("LambdaHost");
logger.Starting();
Fleet? fleet = null;
try
{
    return await LambdaRuntime.RunAsync(
        async cancellationToken =>
        {
            fleet = await Fleet.StartAsync(logging, cancellationToken);
            return new HostFunction(fleet, TimeProvider.System, logger).HandleAsync;
        },
        new LambdaRuntimeOptions { Logger = logger });
}
catch (LambdaRuntimeException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
finally
{
    if (fleet is not null)
    {
        await fleet.DisposeAsync();
    }
}
