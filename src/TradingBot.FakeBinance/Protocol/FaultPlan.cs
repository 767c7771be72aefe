namespace TradingBot.FakeBinance.Protocol;

/// <summary>The faults that are still to happen, in the order in which they were injected.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Pending> _pending = [];

    internal void Add(Fault fault)
    {
        lock (_gate)
        {
            _pending.Add(new Pending(fault));
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _pending.Clear();
        }
    }

    internal IReadOnlyList<(Fault Fault, int Left)> List()
    {
        lock (_gate)
        {
            return _pending.ConvertAll(pending => (pending.Fault, pending.Left));
        }
    }

    /// <summary>Takes the faults that hit a request.</summary>
    internal IReadOnlyList<Fault> Take(string method, string path) => Take(fault =>
        fault.Kind is not (FaultKind.DuplicateEvent or FaultKind.ReorderEvent or FaultKind.LoseEvent)
        && (fault.Kind != FaultKind.StaleBars || path.EndsWith("lines", StringComparison.Ordinal))
        && (fault.Kind != FaultKind.HideOrder || (method == "GET" && path is "/fapi/v1/order" or "/fapi/v1/openOrder" or "/fapi/v1/algoOrder"))
        && (fault.Method is null || fault.Method == method)
        && (fault.Path is null || fault.Path == path));

    /// <summary>Takes the fault that hits a stream event.</summary>
    internal Fault? TakeForEvent(string type)
    {
        var hits = Take(
            fault => fault.Kind is FaultKind.DuplicateEvent or FaultKind.ReorderEvent or FaultKind.LoseEvent && (fault.Event is null || fault.Event == type),
            most: 1);
        return hits.Count == 0 ? null : hits[0];
    }

    private List<Fault> Take(Func<Fault, bool> matches, int most = int.MaxValue)
    {
        lock (_gate)
        {
            var hits = new List<Fault>();
            foreach (var pending in _pending.Where(pending => matches(pending.Fault)))
            {
                if (pending.Skip > 0)
                {
                    pending.Skip--;
                }
                else if (pending.Left > 0 && hits.Count < most)
                {
                    pending.Left--;
                    hits.Add(pending.Fault);
                }
            }

            _pending.RemoveAll(pending => pending.Left == 0);
            return hits;
        }
    }

    private sealed class Pending(Fault fault)
    {
        internal Fault Fault => fault;

        internal int Skip { get; set; } = fault.Skip;

        internal int Left { get; set; } = fault.Times;
    }
}
