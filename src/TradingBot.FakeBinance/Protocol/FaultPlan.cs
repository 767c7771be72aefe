namespace TradingBot.FakeBinance.Protocol;

/// <summary>The faults that are still to happen, in the order in which they were injected.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Pending> _pending = [];

    internal void Add(ServerFault fault)
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

    internal IReadOnlyList<(ServerFault Fault, int Left)> List()
    {
        lock (_gate)
        {
            return _pending.ConvertAll(pending => (pending.Fault, pending.Left));
        }
    }

    /// <summary>Takes the faults that hit a request.</summary>
    internal IReadOnlyList<ServerFault> Take(string method, string path) => Take(fault =>
        fault.Kind is not (ServerFaultKind.DuplicateEvent or ServerFaultKind.ReorderEvent or ServerFaultKind.LoseEvent)
        && (fault.Kind != ServerFaultKind.StaleBars || path.EndsWith("lines", StringComparison.Ordinal))
        && (fault.Kind != ServerFaultKind.HideOrder || (method == "GET" && path is "/fapi/v1/order" or "/fapi/v1/openOrder" or "/fapi/v1/algoOrder"))
        && (fault.Method is null || fault.Method == method)
        && (fault.Path is null || fault.Path == path));

    /// <summary>Takes the fault that hits a stream event.</summary>
    internal ServerFault? TakeForEvent(string type)
    {
        var hits = Take(
            fault => fault.Kind is ServerFaultKind.DuplicateEvent or ServerFaultKind.ReorderEvent or ServerFaultKind.LoseEvent && (fault.Event is null || fault.Event == type),
            most: 1);
        return hits.Count == 0 ? null : hits[0];
    }

    /// <summary>Takes a fault that loses an event which is told to one connection alone.</summary>
    internal bool TakeLoss(string type) =>
        Take(fault => fault.Kind == ServerFaultKind.LoseEvent && (fault.Event is null || fault.Event == type), most: 1).Count > 0;

    private List<ServerFault> Take(Func<ServerFault, bool> matches, int most = int.MaxValue)
    {
        lock (_gate)
        {
            var hits = new List<ServerFault>();
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

    private sealed class Pending(ServerFault fault)
    {
        internal ServerFault Fault => fault;

        internal int Skip { get; set; } = fault.Skip;

        internal int Left { get; set; } = fault.Times;
    }
}
