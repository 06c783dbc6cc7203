using DaprMoE.Ports;

namespace DaprMoE.Gateway;

/// <summary>
/// Tells devices the plan in force that do not follow one as new: those of a process or a host that was restarted. One caller at a time.
/// </summary>
/// <param name="control">The devices, their layers as plans number them.</param>
/// <param name="clock">The clock.</param>
internal sealed class PlanUpkeep(IExpertControl control, TimeProvider clock)
{
    // A host that was restarted between two looks shows in its answers only.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private string _told = "";
    private long _askedAt;

    /// <summary>Looks after the devices.</summary>
    /// <param name="plan">The plan in force.</param>
    /// <param name="devices">The devices as they are known without asking them.</param>
    /// <param name="cancellationToken">Ends waiting for answers.</param>
    /// <returns>What devices refused; empty when all is well or nothing was to be done.</returns>
    public async Task<IReadOnlyList<string>> LookAsync(
        PlanDocument plan, IReadOnlyList<DeviceInventory> devices, CancellationToken cancellationToken)
    {
        string now = $"{plan.Version} {string.Join(' ', devices.Where(device => device.Alive).Select(device => device.Name))}";
        if (now == _told && clock.GetElapsedTime(_askedAt) < Longest)
        {
            return [];
        }

        List<string> refusals = [];
        IReadOnlyList<DeviceSnapshot> found = await control.StateAsync(cancellationToken);
        for (int device = 0; device < found.Count; device++)
        {
            if (found[device].IsAlive && found[device].PlanVersion < plan.Version)
            {
                refusals.AddRange(await TellAsync(device, found[device].Name, plan, cancellationToken));
            }
        }

        (_told, _askedAt) = (now, clock.GetTimestamp());
        return refusals;
    }

    private Task<IReadOnlyList<string>> TellAsync(int device, string name, PlanDocument plan, CancellationToken cancellationToken) =>
        control.PlanAsync(
            device, plan.Version, plan.ReplicasOn(name), TimeSpan.FromMilliseconds(plan.KeepAliveMilliseconds), retained: [], cancellationToken);
}
