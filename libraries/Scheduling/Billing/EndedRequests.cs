namespace DaprMoE.Scheduling;

/// <summary>The three meters of all requests that have ended, together.</summary>
/// <param name="Count">How many.</param>
/// <param name="ActiveGbSeconds">Their active memory.</param>
/// <param name="ResidencyGbSeconds">Their residency.</param>
/// <param name="Calls">Expert calls made for them.</param>
/// <param name="Money">What they cost.</param>
public readonly record struct EndedRequests(long Count, double ActiveGbSeconds, double ResidencyGbSeconds, double Calls, double Money)
{
    /// <summary>Figure by figure.</summary>
    public static EndedRequests operator +(EndedRequests left, EndedRequests right) => Add(left, right);

    /// <summary>Figure by figure.</summary>
    public static EndedRequests Add(EndedRequests left, EndedRequests right) => new(
        left.Count + right.Count,
        left.ActiveGbSeconds + right.ActiveGbSeconds,
        left.ResidencyGbSeconds + right.ResidencyGbSeconds,
        left.Calls + right.Calls,
        left.Money + right.Money);
}
