using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>
/// The bills of the windows that policies had before the one in force: one for each policy, however often it was switched, and what
/// requests that are still under way came to in them.
/// </summary>
internal sealed class ClosedWindows
{
    private readonly Dictionary<string, Compared<Bill>> _policies = [];
    private readonly Dictionary<string, Compared<RequestBill>> _carried = [];

    /// <summary>Adds a window that is over.</summary>
    public void Add(string policy, Compared<Bill> window)
    {
        for (int i = 0; i < window.Actual.Requests.Count; i++)
        {
            Compared<RequestBill> part = new(window.Actual.Requests[i], window.Static.Requests[i]);
            Carry(part.Actual.Request, part);
        }

        Compared<Bill> nameless = window.Select(WithoutNames);
        _policies[policy] = Joined(policy, nameless);
    }

    /// <summary>The bills of all policies, with the window that is running.</summary>
    public IReadOnlyList<(string Policy, Compared<Bill> Bill)> With(string policy, Compared<Bill> running) =>
    [
        .. _policies.Where(entry => entry.Key != policy).Select(entry => (entry.Key, entry.Value)),
        (policy, Joined(policy, running)),
    ];

    /// <summary>As <see cref="With"/>, but the meters only.</summary>
    public IReadOnlyList<(string Policy, Compared<BillSums> Sums)> Sums(string policy, Compared<BillSums> running) =>
    [
        .. _policies.Where(entry => entry.Key != policy).Select(entry => (entry.Key, entry.Value.Select(Sum))),
        (policy, _policies.TryGetValue(policy, out Compared<Bill> earlier)
            ? earlier.Select(Sum).With(running, BillSums.Add)
            : running),
    ];

    /// <summary>The whole bill of a request that ends, from its part in the running window.</summary>
    public Compared<RequestBill> EndRequest(string id, Compared<RequestBill> last) =>
        _carried.Remove(id, out Compared<RequestBill> earlier) ? earlier.With(last, (one, other) => one.Plus(other)) : last;

    public IReadOnlyDictionary<string, Compared<RequestBill>> CarriedRequests() => new Dictionary<string, Compared<RequestBill>>(_carried);

    private static BillSums Sum(Bill bill) => new(bill.ActiveGbSeconds, bill.ResidencyGbSeconds, bill.Money, bill.Calls);

    /// <summary>Requests under way are no longer this window's: here they count among those that ended, without being counted.</summary>
    private static Bill WithoutNames(Bill bill) => bill with
    {
        Requests = [],
        EndedRequests = bill.Requests.Aggregate(bill.EndedRequests, (sum, request) => sum + new EndedRequests(
            Count: 0, request.ActiveGbSeconds, request.ResidencyGbSeconds, request.Calls, request.Money)),
    };

    private void Carry(string id, Compared<RequestBill> part) =>
        _carried[id] = _carried.TryGetValue(id, out Compared<RequestBill> before) ? before.With(part, (one, other) => one.Plus(other)) : part;

    private Compared<Bill> Joined(string policy, Compared<Bill> window) =>
        _policies.TryGetValue(policy, out Compared<Bill> earlier) ? earlier.With(window, (one, other) => one.Plus(other)) : window;
}
