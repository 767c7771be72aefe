using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training.Models;

namespace TradingBot.Training.WalkForward;

/// <summary>Trains a recipe, or finds the model that the same recipe made of the same data.</summary>
internal sealed class CachedTraining(ModelRecipe recipe, string? folder)
{
    private readonly string _fingerprint = $"{typeof(CachedTraining).Assembly.GetName().Version} {recipe.Fingerprint}";

    public async Task<(TrainedModel Model, bool IsNew)> TrainAsync(BarSeries bars, IReadOnlyList<ExogenousSeries>? exogenous, CancellationToken cancellationToken)
    {
        if (folder is null)
        {
            return (recipe.Train(bars, exogenous, cancellationToken: cancellationToken), true);
        }

        var path = Path.Combine(folder, $"{KeyOf(bars, exogenous ?? [])}.onnx");
        if (File.Exists(path) && Read(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)) is { } found)
        {
            return (found, false);
        }

        var model = recipe.Train(bars, exogenous, cancellationToken: cancellationToken);
        Directory.CreateDirectory(folder);
        await ModelFileWriter.WriteAsync(path, model.Content, cancellationToken).ConfigureAwait(false);
        return (model, true);
    }

    // A file that something else damaged is trained again.
    private static TrainedModel? Read(byte[] content)
    {
        try
        {
            return new TrainedModel(content);
        }
        catch (ModelException)
        {
            return null;
        }
    }

    private string KeyOf(BarSeries bars, IReadOnlyList<ExogenousSeries> exogenous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{_fingerprint}\n{bars.Symbol.Id} {bars.Interval} {bars.Count}\n"));
        hash.AppendData(MemoryMarshal.AsBytes(bars.OpenTimes));
        foreach (var feature in Enum.GetValues<BarFeature>())
        {
            hash.AppendData(MemoryMarshal.AsBytes(bars.Column(feature)));
        }

        foreach (var feature in recipe.Exogenous)
        {
            if (exogenous.FirstOrDefault(series => series.Name == feature.Name) is { } series)
            {
                hash.AppendData(MemoryMarshal.AsBytes(series.JoinTo(bars, feature.MaxAge).AsSpan()));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
