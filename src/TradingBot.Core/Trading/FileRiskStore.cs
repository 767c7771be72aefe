using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TradingBot.Trading;

/// <summary>Keeps what the limits remember in one small JSON file per bot.</summary>
public sealed partial class FileRiskStore : IRiskStore
{
    private readonly string _folder;

    /// <summary>Initializes the store.</summary>
    /// <param name="folder">The folder of the files; it is made when the first state is saved.</param>
    public FileRiskStore(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
    }

    /// <inheritdoc/>
    public async Task<RiskState> LoadAsync(string botId, CancellationToken cancellationToken = default)
    {
        var path = PathOf(botId);
        if (!File.Exists(path))
        {
            return RiskState.Initial;
        }

        try
        {
            var json = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(json, StateContext.Default.RiskState);
        }
        catch (JsonException e)
        {
            throw new IOException($"{path} does not hold the state of the limits; expected the JSON that this store writes. Repair it, or remove it to start anew.", e);
        }
    }

    /// <inheritdoc/>
    public async Task SaveAsync(string botId, RiskState state, CancellationToken cancellationToken = default)
    {
        var path = PathOf(botId);
        Directory.CreateDirectory(_folder);
        // Written beside and moved, so that a crash leaves the old state or the new one, never half of it.
        var draft = path + ".new";
        await File.WriteAllBytesAsync(draft, JsonSerializer.SerializeToUtf8Bytes(state, StateContext.Default.RiskState), cancellationToken).ConfigureAwait(false);
        File.Move(draft, path, overwrite: true);
    }

    // Bot names may hold characters that file systems refuse, and two that differ only there must not meet.
    private string PathOf(string botId)
    {
        ArgumentException.ThrowIfNullOrEmpty(botId);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(botId)).AsSpan(0, 6));
        return Path.Combine(_folder, $"risk-{hash}.json");
    }

    [JsonSourceGenerationOptions(WriteIndented = true)]
    [JsonSerializable(typeof(RiskState))]
    private sealed partial class StateContext : JsonSerializerContext;
}
