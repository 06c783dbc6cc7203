using DaprMoE.Experts;
using DaprMoE.Scheduling;

namespace DaprMoE.ExpertHost;

/// <summary>Logs what goes wrong with the memory of experts.</summary>
internal sealed partial class ResidencyLog(ILogger logger) : IResidencyListener
{
    public void Moved(in ResidencyTransition transition)
    {
    }

    public void LoadFailed(ReplicaId replica, Exception error) => LogLoadFailed(error, replica);

    public void DeviceFailed(string device, Exception error) => LogDeviceFailed(error, device);

    [LoggerMessage(EventIds.LoadFailed, LogLevel.Error, "The weights of {Replica} could not be loaded; calls that waited for it are refused")]
    private partial void LogLoadFailed(Exception error, ReplicaId replica);

    [LoggerMessage(EventIds.DeviceFailed, LogLevel.Critical, "Device {Device} is lost, its calls are refused: restart this host")]
    private partial void LogDeviceFailed(Exception error, string device);
}
