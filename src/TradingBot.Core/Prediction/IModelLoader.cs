namespace TradingBot.Prediction;

/// <summary>Brings a model's file from where it is kept.</summary>
public interface IModelLoader
{
    /// <summary>Loads the whole file.</summary>
    /// <exception cref="ModelException">The file is missing, cannot be read, or is not the one that was pinned.</exception>
    Task<ModelFile> LoadAsync(CancellationToken cancellationToken = default);
}
