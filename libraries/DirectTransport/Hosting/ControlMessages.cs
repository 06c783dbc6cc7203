using DaprMoE.DirectTransport.Control;
using DaprMoE.Experts;
using DaprMoE.Ports;

namespace DaprMoE.DirectTransport;

/// <summary>What a host says of itself, as messages.</summary>
internal static class ControlMessages
{
    public static Announcement Announcement(HostedExperts experts, bool draining)
    {
        HostDescription host = experts.Host;
        Announcement announcement = new()
        {
            Host = host.Name,
            Model = host.Model,
            FrameVersion = FrameFormat.Version,
            Incarnation = host.Incarnation,
            Backend = host.Backend,
            Dtype = host.DType,
            MaxTokens = host.Limits.MaxRows,
            Draining = draining,
        };
        announcement.Devices.AddRange(experts.Devices.Select(device => Device(device, host.ExpertBytes)));
        return announcement;
    }

    public static Device Device(IExpertDevice device, long expertBytes)
    {
        DeviceMemory memory = device.Memory;
        return new Device
        {
            Name = device.Name,
            BudgetBytes = memory.BudgetBytes ?? 0,
            ResidentBytes = memory.ResidentBytes,
            ReservedBytes = memory.ReservedBytes,
            ExpertBytes = expertBytes,
        };
    }
}
