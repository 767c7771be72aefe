using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Checks;

/// <summary>What the bot reports of its orders is what the exchange has of them, and nothing is left out.</summary>
internal sealed class ReportAudit(Auditor auditor, World world)
{
    private readonly Dictionary<string, int> _timesAccepted = new(StringComparer.Ordinal);
    private readonly Dictionary<Process, List<string>> _sentInCycle = [];
    private readonly HashSet<(Process, string)> _refused = [];

    public void OnAccepted(RoundTrip<OrderRequest, OrderResult> call)
    {
        var id = call.Request.ClientOrderId;
        _timesAccepted[id] = _timesAccepted.GetValueOrDefault(id) + 1;
        if (!call.IsAwaited)
        {
            return;
        }

        if (!_sentInCycle.TryGetValue(call.Process, out var sent))
        {
            _sentInCycle[call.Process] = sent = [];
        }

        sent.Add(id);
    }

    public void OnRefused(Process process, OrderRequest order) => _refused.Add((process, order.ClientOrderId));

    public void OnEnded(Process process, IReadOnlyList<OrderResult> orders)
    {
        foreach (var order in orders)
        {
            Compare(process, order);
        }

        if (_sentInCycle.Remove(process, out var sent))
        {
            foreach (var id in sent)
            {
                auditor.Require(orders.Any(order => order.ClientOrderId == id), $"The cycle sent {id} and does not report it.");
            }
        }
    }

    public void OnCycleLost(Process process) => _sentInCycle.Remove(process);

    private void Compare(Process process, OrderResult reported)
    {
        // Of an id that was traded twice the exchange shows the latter order alone.
        if (reported.Status == OrderStatus.Unknown || _timesAccepted.GetValueOrDefault(reported.ClientOrderId) > 1)
        {
            return;
        }

        var real = world.Venue.Find(reported.ClientOrderId);
        var isRefused = reported.Status is OrderStatus.Denied or OrderStatus.Rejected;
        var isSame = isRefused || real is null
            ? isRefused && (real is null || _refused.Contains((process, reported.ClientOrderId)))
            : (reported.IsOpen
                ? reported.FilledQuantity <= real.FilledQuantity
                : (reported.Status, reported.FilledQuantity, reported.AveragePrice) == (real.Status, real.FilledQuantity, real.AveragePrice));
        auditor.Require(isSame, $"The bot reports {TraceText.Of(reported)}, the exchange has {TraceText.Of(real)}.");
    }
}
