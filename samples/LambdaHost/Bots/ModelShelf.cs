using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using TradingBot.Aws.S3;
using TradingBot.Prediction;

namespace LambdaHost.Bots;

/// <summary>Loads the models of the bots; bots with the same model share it.</summary>
internal sealed class ModelShelf(ILoggerFactory logging) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<OnnxPredictor>>> _models = new(StringComparer.Ordinal);

    public Task<OnnxPredictor> GetAsync(IConfiguration bot, CancellationToken cancellationToken)
    {
        var (name, loader) = Choose(bot);
        return _models.GetOrAdd(name, _ => new Lazy<Task<OnnxPredictor>>(() => OnnxPredictor.LoadAsync(loader, null, cancellationToken))).Value;
    }

    public void Dispose()
    {
        foreach (var model in _models.Values.Where(model => model is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
        {
            model.Value.Result.Dispose();
        }
    }

    private (string Name, IModelLoader Loader) Choose(IConfiguration bot)
    {
        var s3 = new SettingsGroup(bot, "Model", "Bucket", "Key", "VersionId", "Sha256");
        return (bot["ModelPath"], s3.IsEmpty) switch
        {
            ({ Length: > 0 } path, true) => (path, new FileModelLoader(path)),
            (null or "", false) => (s3.Require("Sha256"), new S3ModelLoader(new S3ModelOptions
            {
                Bucket = s3.Require("Bucket"),
                Key = s3.Require("Key"),
                VersionId = s3["VersionId"],
                Sha256 = s3.Require("Sha256"),
                Logger = logging.CreateLogger<S3ModelLoader>(),
            })),
            _ => throw new SettingsException($"Expected either ModelPath or Model__Bucket, Model__Key and Model__Sha256, found {(s3.IsEmpty ? "neither" : "both")}."),
        };
    }
}
