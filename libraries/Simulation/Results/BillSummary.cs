using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>The bill of a run by three meters, and the parts of the second: loading + active + idle + non-expert = residency.</summary>
/// <param name="ActiveGbSeconds">A layer's replicas while the layer runs, GB·s.</param>
/// <param name="ResidencyGbSeconds">All memory that is held, GB·s.</param>
/// <param name="Money">Its price, USD.</param>
/// <param name="LoadingGbSeconds">Replicas whose weights are on their way, GB·s.</param>
/// <param name="IdleGbSeconds">Warm replicas whose layer does not run, GB·s.</param>
/// <param name="NonExpertGbSeconds">Everything that is no expert, on all devices, GB·s.</param>
public sealed record BillSummary(
    double ActiveGbSeconds,
    double ResidencyGbSeconds,
    double Money,
    double LoadingGbSeconds,
    double IdleGbSeconds,
    double NonExpertGbSeconds)
{
    internal static BillSummary Of(Bill bill) => new(
        bill.ActiveGbSeconds,
        bill.ResidencyGbSeconds,
        bill.Money,
        ByteTime.GbSeconds(bill.Memory.Loading),
        ByteTime.GbSeconds(bill.Memory.Idle),
        ByteTime.GbSeconds(bill.NonExpert));
}
