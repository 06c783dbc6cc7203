namespace DaprMoE.Scheduling;

/// <summary>How a window's residency is divided over its requests.</summary>
/// <param name="Requests">Those under way, in ordinal order.</param>
/// <param name="Ended">Those that ended.</param>
/// <param name="UnattributedGbSeconds">What no request ran in.</param>
/// <param name="UnattributedCalls">Calls for no request.</param>
/// <param name="UnattributedMoney">The price of both.</param>
internal readonly record struct RequestShares(
    RequestBill[] Requests, EndedRequests Ended, double UnattributedGbSeconds, long UnattributedCalls, double UnattributedMoney);
