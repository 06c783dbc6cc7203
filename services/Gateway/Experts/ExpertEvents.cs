using DaprMoE.Dispatch;
using DaprMoE.Experts;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>
/// Passes on what happens to experts and layers to whoever watches: metrics, views, bills. Those may come when the engine runs already.
/// </summary>
public sealed class ExpertEvents : IDispatchObserver, IResidencyListener, IFastLoopObserver
{
    private readonly Lock _gate = new();
    private volatile IDispatchObserver[] _observers = [];
    private volatile IResidencyListener[] _listeners = [];
    private volatile IFastLoopObserver[] _decisions = [];

    /// <summary>Adds one that is told of each layer, on the engine's thread.</summary>
    public void Watch(IDispatchObserver observer)
    {
        lock (_gate)
        {
            _observers = [.. _observers, observer];
        }
    }

    /// <summary>Adds one that is told of each transition, on whatever thread made it.</summary>
    public void Watch(IResidencyListener listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners, listener];
        }
    }

    /// <summary>Adds one that is told of each decision of the fast loop, on the engine's thread.</summary>
    public void Watch(IFastLoopObserver observer)
    {
        lock (_gate)
        {
            _decisions = [.. _decisions, observer];
        }
    }

    /// <inheritdoc/>
    public void Decided(in LayerDecision decision)
    {
        foreach (IFastLoopObserver observer in _decisions)
        {
            observer.Decided(in decision);
        }
    }

    /// <inheritdoc/>
    public void LayerDone(in LayerDispatch layer)
    {
        foreach (IDispatchObserver observer in _observers)
        {
            observer.LayerDone(in layer);
        }
    }

    /// <inheritdoc/>
    public void Moved(in ResidencyTransition transition)
    {
        foreach (IResidencyListener listener in _listeners)
        {
            listener.Moved(in transition);
        }
    }

    /// <inheritdoc/>
    public void LoadFailed(ReplicaId replica, Exception error)
    {
        foreach (IResidencyListener listener in _listeners)
        {
            listener.LoadFailed(replica, error);
        }
    }

    /// <inheritdoc/>
    public void DeviceFailed(string device, Exception error)
    {
        foreach (IResidencyListener listener in _listeners)
        {
            listener.DeviceFailed(device, error);
        }
    }
}
