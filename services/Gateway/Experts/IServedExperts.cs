using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>The experts that an engine calls, wherever they are.</summary>
internal interface IServedExperts : IExpertInventory, IDisposable
{
    /// <summary>The way to their devices.</summary>
    IExpertTransport Transport { get; }

    /// <summary>Which device has which.</summary>
    Routes Routes { get; }

    /// <summary>Bytes of the experts that are resident on all devices.</summary>
    long ResidentBytes { get; }
}
