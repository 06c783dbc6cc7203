using DaprMoE.Dispatch;

namespace DaprMoE.Gateway;

/// <summary>An inventory that names what decides where experts are.</summary>
internal sealed class DecidedInventory(IExpertInventory inner, FastLoop loop) : IExpertInventory
{
    public IReadOnlyList<DeviceInventory> Devices() => inner.Devices();

    public async ValueTask<ExpertInventory> ReadAsync(CancellationToken cancellationToken) =>
        await inner.ReadAsync(cancellationToken) with { Policy = loop.Policy, PlanVersion = loop.PlanVersion };
}
