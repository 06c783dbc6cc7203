namespace DaprMoE.Gateway.Tests;

/// <summary>One device with one expert.</summary>
internal sealed class FakeInventory : IExpertInventory
{
    public IReadOnlyList<DeviceInventory> Devices() =>
        [new DeviceInventory("local-0", "cpu", Alive: true, BudgetBytes: 4 << 20, ResidentBytes: 221184, ReservedBytes: 442368, LoadingBytes: 0)];

    public ValueTask<ExpertInventory> ReadAsync(CancellationToken cancellationToken) => new(new ExpertInventory(
        "static",
        PlanVersion: 0,
        Devices(),
        [new ExpertInstance("L1.E2.R0", 1, 2, 0, "local-0", "warm", 221184, 0, Pinned: false, Planned: false, Load: 7, IdleLeftSeconds: 12.5)]));
}
