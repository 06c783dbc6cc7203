namespace DaprMoE.Experts;

/// <summary>Owns the devices of a process.</summary>
/// <param name="devices">The devices, by index; the host owns them.</param>
public sealed class ExpertHost(IReadOnlyList<ExpertDevice> devices) : IDisposable
{
    /// <summary>The devices, by index.</summary>
    public IReadOnlyList<ExpertDevice> Devices { get; } = devices;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ExpertDevice device in Devices)
        {
            device.Dispose();
        }
    }
}
