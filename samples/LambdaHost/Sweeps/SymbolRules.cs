using System.Text.Json.Serialization;

namespace LambdaHost.Sweeps;

/// <summary>The exchange's rules of a market, in the units of <see cref="TradingBot.Market.SymbolInfo"/>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SymbolRules
{
    public required decimal TickSize { get; init; }

    public required decimal StepSize { get; init; }

    public required decimal MinQuantity { get; init; }

    public required decimal MaxQuantity { get; init; }

    public required decimal MinNotional { get; init; }
}
