namespace TradingBot.Prediction;

/// <summary>Decides which description a model goes by: the one in its file or the one in the options.</summary>
internal static class ModelCardSource
{
    /// <exception cref="ModelException">There is none, there are two, or the one there is does not hold.</exception>
    public static ModelCard CardOf(ModelFile file, IReadOnlyDictionary<string, string> metadata, OnnxPredictorOptions options)
    {
        var card = options.Card is { } given ? FromOptions(given, file, metadata, options.ReplaceCard) : FromFile(file, metadata);
        if (options.Interval is { } interval && card.Interval != interval)
        {
            throw new ModelException($"The model '{card.Name}' from '{file.Source}' does not fit: expected one for bars of {interval}, found one for bars of {card.Interval}.");
        }

        return card with { ContentHash = file.Sha256 };
    }

    private static ModelCard FromFile(ModelFile file, IReadOnlyDictionary<string, string> metadata)
    {
        ModelCard? card;
        try
        {
            card = ModelCardMetadata.FromMetadata(metadata);
        }
        catch (ModelException e)
        {
            throw new ModelException($"The card of the model '{file.Source}' cannot be read. {e.Message}", e);
        }

        return card ?? throw new ModelException(
            $"The model '{file.Source}' has no card: expected metadata with the key '{ModelCardMetadata.VersionKey}', found {KeysOf(metadata)}. "
            + $"Models made elsewhere are described by {nameof(OnnxPredictorOptions)}.{nameof(OnnxPredictorOptions.Card)}: features, window, horizon, interval, scaling and output.");
    }

    private static ModelCard FromOptions(ModelCard given, ModelFile file, IReadOnlyDictionary<string, string> metadata, bool replace)
    {
        if (!replace && metadata.ContainsKey(ModelCardMetadata.VersionKey))
        {
            throw new ModelException(
                $"The model '{file.Source}' carries a card and the options give another: expected one. Remove {nameof(OnnxPredictorOptions)}.{nameof(OnnxPredictorOptions.Card)}, or set {nameof(OnnxPredictorOptions.ReplaceCard)} to go by it.");
        }

        if (given.ContentHash is { } pinned && !string.Equals(pinned, file.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelException($"The model '{file.Source}' is not the one described: expected SHA-256 {pinned}, found {file.Sha256}.");
        }

        try
        {
            // A card in code is held to the rules of a card in a file.
            _ = ModelCardMetadata.ToMetadata(given);
            return given;
        }
        catch (ModelException e)
        {
            throw new ModelException($"The card that the options give for the model '{file.Source}' does not hold. {e.Message}", e);
        }
    }

    private static string KeysOf(IReadOnlyDictionary<string, string> metadata) =>
        metadata.Count == 0 ? "no metadata" : string.Join(", ", metadata.Keys.Order(StringComparer.Ordinal).Select(key => $"'{key}'"));
}
