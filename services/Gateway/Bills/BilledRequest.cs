using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>A request that has ended.</summary>
internal readonly record struct BilledRequest(string Id, Compared<RequestBill> Bill);

/// <summary>What a report is made of, taken at one moment.</summary>
/// <param name="Policy">The policy in force.</param>
/// <param name="Policies">The bills of all policies so far, each up to now; the open requests of the running window are in its bill.</param>
/// <param name="Carried">What open requests came to in windows that are over.</param>
/// <param name="Latest">The requests that ended last.</param>
internal sealed record BillReading(
    string Policy,
    IReadOnlyList<(string Policy, Compared<Bill> Bill)> Policies,
    IReadOnlyDictionary<string, Compared<RequestBill>> Carried,
    IReadOnlyList<BilledRequest> Latest);
