using DaprMoE.Dispatch;
using DaprMoE.Experts;
using DaprMoE.Inference;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>
/// Passes on what happens to experts and layers to whoever watches: metrics, views, bills. Those may come when the engine runs already.
/// </summary>
public sealed class ExpertEvents : IDispatchObserver, IResidencyListener, IForwardObserver
{
    private readonly Lock _gate = new();
    private volatile IDispatchObserver[] _observers = [];
    private volatile IResidencyListener[] _listeners = [];
    private volatile IForwardObserver[] _forward = [];

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

    /// <summary>Adds one that sees the engine's iterations, on the engine's thread.</summary>
    public void Watch(IForwardObserver observer)
    {
        lock (_gate)
        {
            _forward = [.. _forward, observer];
        }
    }

    /// <inheritdoc/>
    public void BeforeLayers(in ForwardRows rows)
    {
        foreach (IForwardObserver observer in _forward)
        {
            observer.BeforeLayers(in rows);
        }
    }

    /// <inheritdoc/>
    public void AfterAttention(int layer, ReadOnlySpan<float> hidden)
    {
        foreach (IForwardObserver observer in _forward)
        {
            observer.AfterAttention(layer, hidden);
        }
    }

    /// <inheritdoc/>
    public void BeforeGate(int layer, ReadOnlySpan<float> gateInput)
    {
        foreach (IForwardObserver observer in _forward)
        {
            observer.BeforeGate(layer, gateInput);
        }
    }

    /// <inheritdoc/>
    public void AfterGate(int layer, ReadOnlySpan<float> routerLogits, ReadOnlySpan<int> experts, ReadOnlySpan<float> weights)
    {
        foreach (IForwardObserver observer in _forward)
        {
            observer.AfterGate(layer, routerLogits, experts, weights);
        }
    }

    /// <inheritdoc/>
    public void AfterLayer(int layer, ReadOnlySpan<float> hidden)
    {
        foreach (IForwardObserver observer in _forward)
        {
            observer.AfterLayer(layer, hidden);
        }
    }

    /// <inheritdoc/>
    public void AfterLogits(int sequence, int position, ReadOnlySpan<float> logits)
    {
        foreach (IForwardObserver observer in _forward)
        {
            observer.AfterLogits(sequence, position, logits);
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
}
