namespace TradingBot.Prediction;

/// <summary>Loads a model from the file system.</summary>
public sealed class FileModelLoader : IModelLoader
{
    private readonly string _path;

    /// <summary>Initializes a loader.</summary>
    /// <param name="path">The file, relative to the current directory or absolute.</param>
    public FileModelLoader(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = path;
    }

    /// <inheritdoc/>
    public async Task<ModelFile> LoadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return new ModelFile(_path, await File.ReadAllBytesAsync(_path, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException($"The model's file '{_path}' does not exist; looked for '{Path.GetFullPath(_path)}'.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The model's file '{_path}' cannot be read: {e.Message}", e);
        }
    }
}
