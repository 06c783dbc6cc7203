namespace DaprMoE.Scheduling;

/// <summary>The three meters of one request.</summary>
/// <param name="Request">The request.</param>
/// <param name="ActiveGbSeconds">Its share, by tokens, of the active memory of the runs it took part in.</param>
/// <param name="ResidencyGbSeconds">That and, in proportion to it, its share of all memory that no request's run had.</param>
/// <param name="Calls">Expert calls made for it; a part of those that it shared with others.</param>
/// <param name="Money">Memory money in proportion to residency, and its calls.</param>
public readonly record struct RequestBill(string Request, double ActiveGbSeconds, double ResidencyGbSeconds, double Calls, double Money)
{
    /// <summary>This and the same request's bill of another window.</summary>
    public RequestBill Plus(RequestBill other) => new(
        Request,
        ActiveGbSeconds + other.ActiveGbSeconds,
        ResidencyGbSeconds + other.ResidencyGbSeconds,
        Calls + other.Calls,
        Money + other.Money);
}
