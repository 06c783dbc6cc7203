namespace DaprMoE.Gateway;

/// <summary>Knows which experts are where. Reading it wakes none and resets no timer.</summary>
public interface IExpertInventory
{
    /// <summary>The devices, by number, as they are known without asking them.</summary>
    IReadOnlyList<DeviceInventory> Devices();

    /// <summary>What there is now; a device that does not answer in time is listed without its replicas.</summary>
    ValueTask<ExpertInventory> ReadAsync(CancellationToken cancellationToken);
}
