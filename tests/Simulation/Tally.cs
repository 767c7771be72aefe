using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation;

/// <summary>Counts how often each thing that can go wrong went wrong.</summary>
internal sealed class Tally
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Gets the counts, in the order of their names; what never happened is 0.</summary>
    public IReadOnlyList<(string What, long Count)> Counts => [.. _counts.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal)];

    /// <summary>Adds what happened in a world.</summary>
    public void Add(World world)
    {
        foreach (var kind in Enum.GetValues<TroubleKind>())
        {
            Add(TextOf(kind), world.Struck[(int)kind]);
        }

        Add("refused: too many requests, banned (429, 418)", world.Refused[(int)ExchangeErrorKind.RateLimited]);
        Add("refused: server error (5xx)", world.Refused[(int)ExchangeErrorKind.Transient]);
        Add("refused: outside the receive window (-1021)", world.Refused[(int)ExchangeErrorKind.ClockSkew]);
        Add("store failed", world.Struck[(int)TroubleKind.Refused] - world.Refused.Skip(1).Sum());
        Add("everything refused for a while", world.Troubles.Outages);
        Add("maintenance", world.Troubles.Maintenances);
        Add("request overtaken by a later one", world.Overtaken);
        Add("host late for a bar", world.LateWakes);
        Add("stop canceled by somebody", world.StopsLost);
        Add("two hosts (worlds)", world.Hosts.Count > 1 ? 1 : 0);
        Add("clock off (hosts)", world.Hosts.Count(host => host.ClockSkew != 0));
        Add("price gap", world.Path.Jumps);
        Add("entry carried out twice", world.Auditor.Doubled);
        Add("liquidation", world.Venue.Fills.Count(fill => fill.IsLiquidation));
        Add("stop reached", world.Venue.Fills.Count(fill => world.Venue.Find(fill.ClientOrderId)?.Request.TriggerPrice is not null));
    }

    /// <summary>Adds what another one counted.</summary>
    public void Add(Tally other)
    {
        foreach (var (what, count) in other._counts)
        {
            Add(what, count);
        }
    }

    private void Add(string? what, long count)
    {
        if (what is not null)
        {
            _counts[what] = _counts.GetValueOrDefault(what) + count;
        }
    }

    private static string? TextOf(TroubleKind kind) => kind switch
    {
        TroubleKind.None or TroubleKind.Refused => null,
        TroubleKind.RequestLost => "request lost (answer lost before execution)",
        TroubleKind.AnswerLost => "answer lost after execution",
        TroubleKind.SlowRequest => "request delayed",
        TroubleKind.SlowAnswer => "answer delayed",
        TroubleKind.Late => "carried out after the caller gave up",
        TroubleKind.Twice => "request duplicated",
        TroubleKind.Stale => "old answer",
        TroubleKind.Partial => "partial fill",
        TroubleKind.CanceledBefore => "cycle canceled before a request",
        TroubleKind.CanceledAfter => "cycle canceled after a request",
        TroubleKind.Freeze => "process frozen",
        TroubleKind.CrashBefore => "crash before a request",
        TroubleKind.CrashAfter => "crash after a request",
        TroubleKind.Gap => "bar missing",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Expected a kind that has a name."),
    };
}
