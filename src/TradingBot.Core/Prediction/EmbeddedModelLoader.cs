using System.Reflection;

namespace TradingBot.Prediction;

/// <summary>Loads a model that is compiled into an assembly, as an <c>EmbeddedResource</c> item of its project.</summary>
public sealed class EmbeddedModelLoader : IModelLoader
{
    private readonly Assembly _assembly;
    private readonly string _resourceName;

    /// <summary>Initializes a loader.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="resourceName">The resource's name: the item's <c>LogicalName</c>, or else the root namespace, the folders and the file name, joined by dots.</param>
    public EmbeddedModelLoader(Assembly assembly, string resourceName)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentException.ThrowIfNullOrWhiteSpace(resourceName);
        (_assembly, _resourceName) = (assembly, resourceName);
    }

    /// <inheritdoc/>
    public async Task<ModelFile> LoadAsync(CancellationToken cancellationToken = default)
    {
        var stream = _assembly.GetManifestResourceStream(_resourceName) ?? throw Missing();
        await using (stream.ConfigureAwait(false))
        {
            var content = new byte[checked((int)stream.Length)];
            await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
            return new ModelFile(_resourceName, content);
        }
    }

    private ModelException Missing()
    {
        var names = _assembly.GetManifestResourceNames();
        var found = names.Length == 0 ? "no resources" : string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => $"'{name}'"));
        return new ModelException($"The assembly {_assembly.GetName().Name} has no resource '{_resourceName}'; found {found}.");
    }
}
