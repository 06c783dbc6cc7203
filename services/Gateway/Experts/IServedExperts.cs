using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>The experts that an engine calls, wherever they are.</summary>
internal interface IServedExperts : IExpertInventory, IDisposable
{
    /// <summary>The way to their devices.</summary>
    IExpertTransport Transport { get; }

    /// <summary>What is asked of their devices beside calls. Layers are those of the model.</summary>
    IExpertControl Control { get; }

    /// <summary>Bytes of the largest expert as the devices hold it.</summary>
    long ExpertBytes { get; }

    /// <summary>Which device has which.</summary>
    Routes Routes { get; }

    /// <summary>Bytes of the experts that are resident on all devices.</summary>
    long ResidentBytes { get; }
}
