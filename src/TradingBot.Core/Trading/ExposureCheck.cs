using System.Globalization;
using Microsoft.Extensions.Logging;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Tells whether the bot opened what the exchange says is held, and takes back what one entry filled twice.</summary>
/// <remarks>What was left by the last cycle is the bot's. So is what the entries of the last bars, and of the bars that its stops are named after, explain,
/// found by their ids; and what a stop of the bot stands for where memory says flat or nothing and no entry waits. Exactly one entry more than
/// that is an order that two hosts, or the network, carried out twice: it is taken back, whatever the policy.</remarks>
internal sealed class ExposureCheck(OrderDesk desk, ClientOrderIds ids, SymbolInfo info, ILogger logger)
{
    /// <summary>Looks at what is held.</summary>
    /// <returns>What is held beyond the bot's own: nothing, an entry twice, or something unknown.</returns>
    public async Task<Exposure> JudgeAsync(AccountSnapshot account, RiskState memory, DateTimeOffset bar, TimeSpan interval, CancellationToken cancellationToken)
    {
        var held = account.Position.Quantity;
        var expected = memory.Expected?.Quantity;
        if (held == 0 || held == expected)
        {
            return Exposure.Own;
        }

        // A stop is named after the bar of its entry, as long as nobody canceled it.
        var own = account.OpenOrders.Where(order => ids.Owns(order.ClientOrderId)).ToArray();
        var stops = Array.FindAll(own, order => order.Request.Type == OrderType.StopMarket && order.Request.Side == account.Position.ClosingSide);
        (decimal Surplus, DateTimeOffset Bar)? latest = null;
        DateTimeOffset[] recent = [memory.Intent?.BarOpenTime ?? bar, bar, bar - interval];
        foreach (var candidate in recent.Concat(stops.Select(stop => ids.BarOf(stop.ClientOrderId) ?? bar)).Distinct().OrderDescending())
        {
            var (entry, opened) = await OpenedByAsync(candidate, cancellationToken).ConfigureAwait(false);
            if (opened == 0 || Math.Sign(opened) != Math.Sign(held))
            {
                continue;
            }

            if (latest is var (surplusOfLatest, latestBar))
            {
                // Two hosts entered on two bars: what is too much is the earlier entry.
                if (Math.Abs(opened) == surplusOfLatest)
                {
                    return new Exposure(ExposureKind.Doubled, surplusOfLatest, latestBar);
                }

                continue;
            }

            var surplus = Math.Abs(held) - Math.Abs(opened);
            if (surplus <= 0)
            {
                return Exposure.Own with { EntryBar = candidate };
            }

            if (await IsDoubledAsync(candidate, entry, surplus, cancellationToken).ConfigureAwait(false))
            {
                return new Exposure(ExposureKind.Doubled, surplus, candidate);
            }

            latest = (surplus, candidate);
        }

        if (latest is not null)
        {
            return Unknown(held, Math.Abs(held) - latest.Value.Surplus);
        }

        var isReduced = expected is { } left && Math.Sign(left) == Math.Sign(held) && Math.Abs(held) < Math.Abs(left);
        var isProtected = expected is null or 0 && stops.Length > 0 && stops.Length == own.Length;
        return isReduced || isProtected ? Exposure.Own : Unknown(held, expected ?? 0);
    }

    // What is too much is the entry once more, less what a trim that filled in part has taken back of it already.
    private async Task<bool> IsDoubledAsync(DateTimeOffset bar, decimal entry, decimal surplus, CancellationToken cancellationToken)
    {
        var (trimmed, left) = await desk.TrimmedAsync(bar, cancellationToken).ConfigureAwait(false);
        var doubled = surplus + trimmed;
        return surplus <= left || doubled % entry == 0 || await IsOfCompletedTwinAsync(bar, entry, doubled, cancellationToken).ConfigureAwait(false);
    }

    // Of an entry carried out twice, one may have filled in part and been completed under the next id, which the one that is found, filled in full, says nothing of.
    private async Task<bool> IsOfCompletedTwinAsync(DateTimeOffset bar, decimal entry, decimal doubled, CancellationToken cancellationToken) =>
        await desk.FindAsync(ids.For(bar, OrderLeg.EntryRest), cancellationToken).ConfigureAwait(false) is { FilledQuantity: > 0 } rest
        && (doubled == rest.FilledQuantity || doubled == entry + rest.FilledQuantity);

    /// <summary>Takes back a part of the position.</summary>
    public async Task<OrderResult?> TrimAsync(Position position, decimal surplus, DateTimeOffset bar, CancellationToken cancellationToken)
    {
        if (info.FitQuantity(Math.Min(surplus, Math.Abs(position.Quantity))) is not { } quantity
            || await desk.NextIdAsync(bar, OrderLeg.Trim, cancellationToken).ConfigureAwait(false) is not { } id)
        {
            return null;
        }

        logger.SurplusTrimmed(info.Symbol.Id, position.Quantity, quantity);
        return await desk.SendAsync(
            new OrderRequest
            {
                Symbol = info.Symbol,
                Side = position.ClosingSide,
                Type = OrderType.Market,
                ClientOrderId = id,
                Quantity = quantity,
                ReduceOnly = true,
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static Exposure Unknown(decimal held, decimal own) => new(ExposureKind.Unknown, Math.Abs(held - own), default)
    {
        Reason = string.Create(CultureInfo.InvariantCulture, $"{held:0.########} is held, of which the bot knows {own:0.########} as its own"),
    };

    // What the entry of a bar has opened, with what was added to it or undone; the entry's own part apart.
    private async Task<(decimal Entry, decimal Opened)> OpenedByAsync(DateTimeOffset bar, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(ids.For(bar, OrderLeg.Entry), cancellationToken).ConfigureAwait(false) is not { FilledQuantity: > 0 } entry)
        {
            return (0, 0);
        }

        var opened = entry.FilledQuantity;
        if (opened < entry.Request.Quantity)
        {
            opened += (await desk.FindAsync(ids.For(bar, OrderLeg.EntryRest), cancellationToken).ConfigureAwait(false))?.FilledQuantity ?? 0;
            opened -= (await desk.FindAsync(ids.For(bar, OrderLeg.Undo), cancellationToken).ConfigureAwait(false))?.FilledQuantity ?? 0;
        }

        return (entry.FilledQuantity, entry.Request.Side == Side.Buy ? opened : -opened);
    }
}
