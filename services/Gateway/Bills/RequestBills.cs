using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>The bill of one request from its begin to its end. Disposing it ends it; that may be done more than once.</summary>
internal sealed class RequestBills : IDisposable
{
    private readonly BillBook _book;
    private Compared<RequestBill>? _bill;

    public RequestBills(BillBook book, string id)
    {
        (_book, Id) = (book, id);
        book.BeginRequest(id);
    }

    /// <summary>The request's id.</summary>
    public string Id { get; }

    /// <summary>Meters that are sampled instead of exact.</summary>
    public bool IsSampled => _book.SampledEverySeconds is not null;

    /// <summary>Ends the request, and says what it came to.</summary>
    public BillPart End()
    {
        Compared<RequestBill> bill = _bill ??= _book.EndRequest(Id);
        return new BillPart(Id, Figures(bill.Actual), Figures(bill.Static));
    }

    public void Dispose() => _bill ??= _book.EndRequest(Id);

    /// <summary>The meters of a request.</summary>
    public static BillFigures Figures(RequestBill request) =>
        new(request.ActiveGbSeconds, request.ResidencyGbSeconds, request.Money, request.Calls);
}
