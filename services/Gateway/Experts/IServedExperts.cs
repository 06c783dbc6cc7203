using DaprMoE.Dispatch;
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

    /// <summary>Which replicas hold memory where, as far as is known.</summary>
    LiveReplicas Replicas { get; }

    /// <summary>Tells the devices what is used next; null where they can not be told.</summary>
    IUseForecasts? Uses { get; }

    /// <summary>How warm-ups are asked for; null: by <see cref="Control"/>, from another thread.</summary>
    IWarmUps? WarmUps => null;

    /// <summary>Which device has which.</summary>
    Routes Routes { get; }

    /// <summary>Bytes of the experts that are resident on all devices.</summary>
    long ResidentBytes { get; }
}
