using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>The requests' part of a report: those under way, the latest that ended, and all others that ended as one.</summary>
internal sealed class BilledRequests(BillReading reading, Compared<Bill> bill)
{
    public IReadOnlyList<BillPart> Parts()
    {
        List<(string Id, Compared<RequestBill> Bill)> running = [.. Running()];
        Compared<EndedRequests> earlier = bill.Select(Ended);
        earlier = reading.Latest.Aggregate(earlier, (rest, request) => rest.With(request.Bill, Without));
        // What they came to before the policy changed stands among those that ended.
        earlier = reading.Carried.Values.Aggregate(earlier, (rest, request) => rest.With(request, WithoutPart));
        return
        [
            .. running.Select(request => Part(request.Id, request.Bill, "running")),
            .. reading.Latest.Reverse().Select(request => Part(request.Id, request.Bill, "ended")),
            new BillPart("earlier", Figures(earlier.Actual), Figures(earlier.Static)) { Count = earlier.Actual.Count },
        ];
    }

    private static EndedRequests Ended(Bill bill) => bill.EndedRequests;

    private static EndedRequests Without(EndedRequests all, RequestBill one) => WithoutPart(all, one) with { Count = all.Count - 1 };

    private static EndedRequests WithoutPart(EndedRequests all, RequestBill part) => new(
        all.Count,
        Rest(all.ActiveGbSeconds, part.ActiveGbSeconds),
        Rest(all.ResidencyGbSeconds, part.ResidencyGbSeconds),
        Rest(all.Calls, part.Calls),
        Rest(all.Money, part.Money));

    /// <summary>What is left of a sum; a difference of its last bits is rounding.</summary>
    private static double Rest(double sum, double part) => sum - part is var rest && rest > 1e-12 * sum ? rest : 0;

    private static BillFigures Figures(EndedRequests requests) =>
        new(requests.ActiveGbSeconds, requests.ResidencyGbSeconds, requests.Money, requests.Calls);

    private static BillPart Part(string id, Compared<RequestBill> request, string state) =>
        new(id, RequestBills.Figures(request.Actual), RequestBills.Figures(request.Static)) { State = state };

    private IEnumerable<(string Id, Compared<RequestBill> Bill)> Running()
    {
        for (int i = 0; i < bill.Actual.Requests.Count; i++)
        {
            Compared<RequestBill> part = new(bill.Actual.Requests[i], bill.Static.Requests[i]);
            string id = part.Actual.Request;
            yield return (id, reading.Carried.TryGetValue(id, out Compared<RequestBill> before)
                ? before.With(part, (one, other) => one.Plus(other))
                : part);
        }
    }
}
