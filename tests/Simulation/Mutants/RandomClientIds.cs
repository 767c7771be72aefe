using System.Globalization;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Names every order anew, so that what it sent before cannot be found.</summary>
internal sealed class RandomClientIds : Mutant
{
    private readonly Dictionary<string, string> _own = new(StringComparer.Ordinal);
    private ulong _next;

    public override async Task<OrderResult> SubmitAsync(Process process, OrderRequest order, CancellationToken cancellationToken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"x-{Dice.Mix(process.World.Settings.Seed, _next++):x}");
        _own[order.ClientOrderId] = id;
        var result = await process.Wire.SubmitAsync(order with { ClientOrderId = id }, cancellationToken);
        return result with { Request = order };
    }

    public override Task<OrderResult?> FindAsync(Process process, OrderQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<OrderResult?>(null);
}
