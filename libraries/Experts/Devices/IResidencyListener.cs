using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// Hears what happens to a device's replicas, in order, one call at a time, on whatever thread made it happen and outside the device's
/// locks. It returns quickly and does not throw: calls wait for it.
/// </summary>
public interface IResidencyListener
{
    /// <summary>A replica changed its state.</summary>
    void Moved(in ResidencyTransition transition);

    /// <summary>A load failed; the calls that waited for it are refused.</summary>
    void LoadFailed(ReplicaId replica, Exception error);

    /// <summary>A device is lost, since its memory could not be given back or a listener threw; its calls are refused from now on.</summary>
    void DeviceFailed(string device, Exception error)
    {
    }
}
