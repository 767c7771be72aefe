using LambdaHost.Bots;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using TradingBot.Aws.Lambda;
using TradingBot.Aws.S3;
using TradingBot.Prediction;

namespace LambdaHost;

internal sealed class BotFunction(Bot bot)
{
    public static async Task<BotFunction> StartAsync(ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var section = configuration.GetSection("TradingBot");
        IModelLoader loader = section["ModelPath"] is { } path ? new FileModelLoader(path) : new S3ModelLoader(new S3ModelOptions { Bucket = section["Model:Bucket"]!, Key = section["Model:Key"]!, Sha256 = section["Model:Sha256"]! });
        var predictor = await OnnxPredictor.LoadAsync(loader, null, cancellationToken);
        return new BotFunction(await Bot.StartAsync("bot", section, predictor, logging, cancellationToken));
    }

    public async Task<ReadOnlyMemory<byte>> HandleAsync(LambdaInvocation invocation, CancellationToken cancellationToken)
    {
        var result = await bot.Trader.RunCycleAsync(cancellationToken);
        return System.Text.Encoding.UTF8.GetBytes($"\"{result.Outcome} {result.Decision} {result.Forecast} {result.Reason} {result.Orders.Count}\"");
    }
}
